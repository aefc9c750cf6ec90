import { LANGUAGES, type Language } from './languages';
import * as compare from './compare';
import * as replay from './replay';
import * as takingBack from './takingBack';
import * as takingOut from './takingOut';
import * as verify from './verify';

/**
 * The words of what is not needed in a room's first second: they come with its other later parts (`views/later.ts`), and only
 * those may say them.
 */
const LATER = { compare, replay, takingBack, takingOut, verify };

export type LaterWords = { [Part in keyof typeof LATER]: (typeof LATER)[Part]['en'] };

for (const language of Object.keys(LANGUAGES) as Language[]) {
  for (const [part, words] of Object.entries(LATER)) Object.assign(LANGUAGES[language], { [part]: words[language] });
}
