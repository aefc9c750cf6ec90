import type { Language } from '../i18n/languages';
import { type Prompt, prompts, type Prompts } from '../wire/http';
import type { Canvas, Category } from './canvas';

const STORED_AS = 'kern.prompts';

/** The method's questions, in the languages that were asked for; kept on the device for who is offline. */
class PromptBook {
  #books: Partial<Record<Language, Prompts>> = $state.raw({});
  #asked = new Set<Language>();

  /** The questions in a language; null until they are here. Asks for them once. */
  in(language: Language): Prompts | null {
    void this.#fetch(language);
    return this.#books[language] ?? null;
  }

  async #fetch(language: Language): Promise<void> {
    if (this.#asked.has(language)) return;
    this.#asked.add(language);
    await Promise.resolve(); // not while a view is being drawn
    const kept = read(language);
    if (kept) this.#books = { ...this.#books, [language]: kept };
    try {
      const fresh = await prompts(language);
      this.#books = { ...this.#books, [language]: fresh };
      localStorage.setItem(`${STORED_AS}.${language}`, JSON.stringify(fresh));
    } catch {
      this.#asked.delete(language); // asked again when a view next needs it
    }
  }
}

export const promptBook = new PromptBook();

/** A question to be answered with an activity: what the card remembers, and what people read. */
export interface Question {
  /** What `add_activity` gets as its `prompt`. */
  prompt: string;
  text: string;
  source?: string;
}

/** The questions that belong to no category: the room's own, else those that everyone has. */
export function generalQuestions(canvas: Canvas, book: Prompts | null): Question[] {
  if (canvas.questions) return canvas.questions.map(({ text }) => ({ prompt: text, text }));
  return book?.general.map(asked) ?? [];
}

export function questionsOf(category: Category, book: Prompts | null): Question[] {
  return book?.[category].map(asked) ?? [];
}

/** The words of the question that a card remembers: a key of the method's, or the question itself. */
export function questionIn(book: Prompts | null, prompt: string): string {
  if (!book) return prompt;
  const all = [book.master, ...book.general, ...book.production, ...book.problem_solving, ...book.platform_network];
  return all.find(({ key }) => key === prompt)?.text ?? prompt;
}

function asked({ key, text, source }: Prompt): Question {
  return { prompt: key, text, ...(source ? { source } : {}) };
}

function read(language: Language): Prompts | null {
  try {
    return JSON.parse(localStorage.getItem(`${STORED_AS}.${language}`) ?? 'null') as Prompts | null;
  } catch {
    return null;
  }
}
