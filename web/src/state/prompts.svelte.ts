import type { Language } from '../i18n/languages';
import type { Canvas, Category } from '../wire/canvas';
import { type Prompt, type Prompts, prompts } from '../wire/http';

const STORED_AS = 'kern.prompts';

/** The method's questions, in the languages that were asked for; kept on the device for who is offline. */
class PromptBook {
  #books: Partial<Record<Language, Prompts>> = $state.raw({});
  #asked = new Set<Language>();

  /** The questions in a language; null until they are here. */
  in(language: Language): Prompts | null {
    void this.fetch(language);
    return this.#books[language] ?? null;
  }

  /** Asks for the questions in a language, once; where that failed, again when it is next called. */
  async fetch(language: Language): Promise<void> {
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
      this.#asked.delete(language);
    }
  }
}

export const promptBook = new PromptBook();

/** A question to be answered with an activity: what the card remembers, and what people read. */
export interface Question {
  id: string;
  /** What `add_activity` gets as its `prompt`. */
  prompt: string;
  text: string;
  source?: string;
}

/**
 * The questions that belong to no category: the room's own, else those that everyone has. One of these that a
 * room took over stays what it is: everybody reads it in their own language, with whose it is. `books`: the
 * languages in which it may stand there.
 */
export function generalQuestions(canvas: Canvas, book: Prompts | null, books: readonly (Prompts | null)[] = []): Question[] {
  const everyones = book?.general.map(asked) ?? [];
  if (canvas.questions === null) return everyones;
  const known = new Map([book, ...books].flatMap((one) => one?.general.map(({ key, text }) => [text, key] as const) ?? []));
  return canvas.questions.map(({ id, text }) => {
    const one = everyones.find(({ prompt }) => prompt === known.get(text));
    return one ? { ...one, id } : { id, prompt: text, text };
  });
}

export function questionsOf(category: Category, book: Prompts | null): Question[] {
  return book?.[category].map(asked) ?? [];
}

/** How many activities answer each question. */
export function answers(canvas: Canvas): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { origin } of Object.values(canvas.activities)) {
    if (origin?.kind === 'prompt') counts.set(origin.prompt, (counts.get(origin.prompt) ?? 0) + 1);
  }
  return counts;
}

/** The words of the question that a card remembers: a key of the method's, or the question itself. */
export function questionIn(book: Prompts | null, prompt: string): string {
  if (!book) return prompt;
  const all = [book.master, ...book.general, ...book.production, ...book.problem_solving, ...book.platform_network];
  return all.find(({ key }) => key === prompt)?.text ?? prompt;
}

function asked({ key, text, source }: Prompt): Question {
  return { id: key, prompt: key, text, ...(source ? { source } : {}) };
}

function read(language: Language): Prompts | null {
  try {
    return JSON.parse(localStorage.getItem(`${STORED_AS}.${language}`) ?? 'null') as Prompts | null;
  } catch {
    return null;
  }
}
