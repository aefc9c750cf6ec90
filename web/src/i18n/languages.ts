import type { BackwardWords } from './backward';
import * as blockHints from './blockHints';
import * as blocks from './blocks';
import * as board from './board';
import * as canvas from './canvas';
import * as card from './card';
import * as categories from './categories';
import * as categoryHints from './categoryHints';
import * as company from './company';
import * as copying from './copying';
import * as filter from './filter';
import * as invite from './invite';
import * as iteration from './iteration';
import * as join from './join';
import * as judge from './judge';
import * as judging from './judging';
import * as keys from './keys';
import * as lanes from './lanes';
import * as language from './language';
import type { LaterWords } from './later';
import * as marks from './marks';
import * as news from './news';
import * as people from './people';
import * as phase from './phase';
import * as preferences from './preferences';
import * as prompts from './prompts';
import * as refused from './refused';
import * as retired from './retired';
import * as roles from './roles';
import * as room from './room';
import * as select from './select';
import * as start from './start';
import * as state from './state';
import * as steps from './steps';
import * as theme from './theme';
import * as value from './value';
import * as views from './views';

/** A file for each part of the interface; in each, both languages side by side. Those in `later.ts` and `backward.ts` come later. */
const PARTS = {
  blockHints,
  blocks,
  board,
  canvas,
  card,
  categories,
  categoryHints,
  company,
  copying,
  filter,
  invite,
  iteration,
  join,
  judge,
  judging,
  keys,
  lanes,
  language,
  marks,
  news,
  people,
  phase,
  preferences,
  prompts,
  refused,
  retired,
  roles,
  room,
  select,
  start,
  state,
  steps,
  theme,
  value,
  views,
};

/** Every sentence of the interface; each language has all of them. */
export type Words = { [Part in keyof typeof PARTS]: (typeof PARTS)[Part]['en'] } & LaterWords & BackwardWords;
export type Language = 'nl' | 'en';

function spoken(language: Language): Words {
  return Object.fromEntries(Object.entries(PARTS).map(([part, words]) => [part, words[language]])) as unknown as Words;
}

export const LANGUAGES: Record<Language, Words> = { nl: spoken('nl'), en: spoken('en') };

/** Adds the words of parts that come later: only what comes with them may say them. */
export function addWords(parts: Record<string, Record<Language, object>>): void {
  for (const [language, words] of Object.entries(LANGUAGES) as [Language, Words][]) {
    for (const [part, both] of Object.entries(parts)) Object.assign(words, { [part]: both[language] });
  }
}
