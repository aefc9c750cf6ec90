import * as catchUp from './catchUp';
import * as history from './history';
import { addWords } from './languages';
import * as takingBack from './takingBack';
import * as takingOut from './takingOut';
import * as verify from './verify';

/**
 * The words of what is not needed in a room's first second: they come with its other later parts (`views/later.ts`), and only
 * those may say them.
 */
const LATER = { catchUp, history, takingBack, takingOut, verify };

export type LaterWords = { [Part in keyof typeof LATER]: (typeof LATER)[Part]['en'] };

addWords(LATER);
