import { LANGUAGES, type Language, type Words } from './languages';

export type { Language, Words };

const STORED_AS = 'kern.language';

function first(): Language {
  const stored = localStorage.getItem(STORED_AS);
  if (stored === 'nl' || stored === 'en') return stored;
  return navigator.language.toLowerCase().startsWith('nl') ? 'nl' : 'en';
}

class Speech {
  language: Language = $state(first());
  /** The words in the language of the person in front of this screen. */
  words: Words = $derived(LANGUAGES[this.language]);

  choose(language: Language): void {
    this.language = language;
    localStorage.setItem(STORED_AS, language);
  }
}

export const speech = new Speech();
