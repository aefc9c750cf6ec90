import * as compare from './compare';
import { addWords } from './languages';
import * as replay from './replay';
import * as restore from './restore';

/** The words of who looks back; they come with those views (`views/backward.ts`). */
const BACKWARD = { compare, replay, restore };

export type BackwardWords = { [Part in keyof typeof BACKWARD]: (typeof BACKWARD)[Part]['en'] };

addWords(BACKWARD);
