import type { Language } from '../i18n/languages';

/** What a title reads like, where it does not read like something that one does. */
export type TitleHint = 'noun' | 'slogan';

const OPENING: Record<Language, RegExp> = {
  en: /^(the|a|an|our|their|more|better|new|good|great|best|high|strong|excellent)\s/i,
  nl: /^(de|het|een|onze|ons|hun|meer|betere?|nieuwe?|goede?|beste|hoge?|sterke?|uitstekende?)\s/i,
};

/** With one of these in front, the one word that follows is no infinitive, whatever it ends in. */
const DUTCH_ATTRIBUTE = /^(de|een|onze|hun|betere|nieuwe|goede|beste|hoge|sterke|uitstekende)\s\S+$/i;

/** Endings of words that name a thing or a quality; a Dutch infinitive elsewhere in the title outweighs them. */
const NAMING: Record<Language, RegExp> = {
  en: /(tion|sion|ment|ness|ity|\Bship|ance|ence|ism|ics|logy|ware)s?$/i,
  nl: /(ing|heid|teit|atie|schap|isme|ment|logie|\Bbeheer|beleid|kwaliteit)(en|s)?$/i,
};

/** Verbs that end like such a word: "Mention prices", "Spring over op hout". */
const DOING: Record<Language, RegExp> = {
  en: /^(auction|augment|advance|balance|beware|caution|cement|comment|commence|commission|complement|condition|document|enhance|envision|evidence|experiment|finance|function|harness|implement|influence|mention|partition|petition|position|provision|question|ration|reference|segment|sequence|station|supplement|transition|witness)$/i,
  nl: /^(be|ver|op|aan)?(dring|dwing|spring|wring|zing|ding)$/i,
};

const SLOGAN: Record<Language, RegExp> = {
  en: /^(the )?(customer|client|user|people|quality|safety|service|planet)s?( comes?| always)? first$|^\S+ (is king|matters)$/i,
  nl: /^((de|het|elke|iedere|onze) )?\S+ (staat )?(centraal|voorop)$|^((de|het) )?\S+ is koning$/i,
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
  if (shouts(text) || SLOGAN[language].test(text)) return 'slogan';
  if (language === 'nl' && DUTCH_ATTRIBUTE.test(text)) return 'noun';
  const words = text.split(/\s+/);
  if (language === 'nl' && words.some((word, index) => DUTCH_INFINITIVE.test(word) && (index === words.length - 1 || index > 0))) return null;
  if (OPENING[language].test(text)) return 'noun';
  return words.length <= 2 && names(words, language) ? 'noun' : null;
}

function shouts(text: string): boolean {
  return text.endsWith('!') || (/\p{Lu}{4,}/u.test(text) && text === text.toUpperCase() && /\s/.test(text));
}

/** Whether its first word names a thing; alone, what ends in -ing does in either language ("Marketing"). */
function names(words: readonly string[], language: Language): boolean {
  const [first = ''] = words;
  if (DOING[language].test(first)) return false;
  return NAMING[language].test(first) || (words.length === 1 && /ing$/i.test(first) && first.length > 6);
}
