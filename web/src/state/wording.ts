import type { Language } from '../i18n/languages';

/** What a title reads like, where it does not read like something that one does. */
export type TitleHint = 'noun' | 'slogan';

const OPENING: Record<Language, RegExp> = {
  en: /^(the|a|an|our|their|more|better|new|good|great|best|high|strong|excellent)\s/i,
  nl: /^(de|het|een|onze|ons|hun|meer|betere?|nieuwe?|goede?|beste|hoge?|sterke?|uitstekende?)\s/i,
};

/** Endings of words that name a thing or a quality; a Dutch infinitive elsewhere in the title outweighs them. */
const NAMING: Record<Language, RegExp> = {
  en: /(tion|sion|ment|ness|ity|ship|ance|ence|ism|logy|ware)s?$/i,
  nl: /(ing|heid|teit|atie|schap|isme|ment|logie|beheer|beleid|kwaliteit)(en|s)?$/i,
};

const DUTCH_INFINITIVE = /[a-zà-ÿ]{2,}en$/i;
const FEWEST_LETTERS = 4;

/**
 * Whether a title looks like a noun or a slogan rather than an action. A guess from its form alone, which
 * rather stays silent than be wrong: one word that names a thing, an article in front, an exclamation mark.
 */
export function titleHint(title: string, language: Language): TitleHint | null {
  const text = title.trim();
  if (text.length < FEWEST_LETTERS) return null;
  if (/!$/.test(text) || (/\p{Lu}{4,}/u.test(text) && text === text.toUpperCase() && /\s/.test(text))) return 'slogan';
  const words = text.split(/\s+/);
  if (language === 'nl' && words.some((word, index) => DUTCH_INFINITIVE.test(word) && (index === words.length - 1 || index > 0))) return null;
  if (OPENING[language].test(text)) return 'noun';
  const names = NAMING[language].test(words[0] ?? '') || (words.length === 1 && /ing$/i.test(text) && text.length > 6);
  return words.length <= 2 && names ? 'noun' : null;
}
