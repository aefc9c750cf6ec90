import { merge } from './merge';

const RESTS_AFTER_MS = 1000;
const MOST = 100;

/** One's own change of a text: what the field held before and after it. */
interface Edit {
  from: string;
  to: string;
}

/** What the field holds now, and where the caret goes. */
export interface Turned {
  text: string;
  caret: number;
}

/**
 * Undo and redo of what one typed into a field oneself. The browser forgets its own as soon as a script puts
 * somebody else's letters into the field, and would take those back too. An edit is taken back by merging:
 * what others changed since stays as it is.
 */
export class Undoing {
  #done: Edit[] = [];
  #undone: Edit[] = [];
  #last = { at: Number.NEGATIVE_INFINITY, end: 0, grows: true };

  /** The field held `from`, one typed, now it holds `to`. Letters one after the other are one edit. */
  typed(from: string, to: string, at: number): void {
    if (from === to) return;
    const [start, end] = changed(from, to);
    const grows = to.length > from.length;
    const top = this.#done.at(-1);
    const where = grows ? [start] : [start, changed(to, from)[1]]; // Delete takes what is behind the caret, Backspace what is before it
    const goesOn = at - this.#last.at < RESTS_AFTER_MS && grows === this.#last.grows && where.includes(this.#last.end);
    if (top && goesOn && top.to === from) top.to = to;
    else this.#done.push({ from, to });
    if (this.#done.length > MOST) this.#done.shift();
    this.#undone = [];
    this.#last = { at, end, grows };
  }

  /** Lets go of all of it: what was typed is not to come back. */
  forget(): void {
    this.#done = [];
    this.#undone = [];
  }

  /** Takes back one's last edit that still shows; null where there is none. */
  undo(now: string): Turned | null {
    return this.#turn(this.#done, this.#undone, now);
  }

  redo(now: string): Turned | null {
    return this.#turn(this.#undone, this.#done, now);
  }

  #turn(out: Edit[], into: Edit[], now: string): Turned | null {
    this.#last.at = Number.NEGATIVE_INFINITY;
    for (let edit = out.pop(); edit; edit = out.pop()) {
      const { text, place } = merge(edit.to, edit.from, now);
      if (text === now) continue; // the canvas's undo, or somebody else, took it back already
      into.push({ from: now, to: text });
      return { text, caret: place(changed(edit.to, edit.from)[1]) };
    }
    return null;
  }
}

/** Where `to` differs from `from`: the part between what they have in common at both ends, in offsets of `to`. */
function changed(from: string, to: string): [start: number, end: number] {
  const shorter = Math.min(from.length, to.length);
  let head = 0;
  while (head < shorter && from[head] === to[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && from.at(-1 - tail) === to.at(-1 - tail)) tail += 1;
  if (halved(to, to.length - tail)) tail -= 1;
  return [head, to.length - tail];
}

/** Whether this offset lies within a letter that takes two units. */
function halved(text: string, offset: number): boolean {
  return /[\uDC00-\uDFFF]/.test(text.charAt(offset)) && /[\uD800-\uDBFF]/.test(text.charAt(offset - 1));
}

/** What a key asks for, of a text or of the canvas. */
export function turnOf(event: KeyboardEvent): 'undo' | 'redo' | null {
  const letter = event.key.toLowerCase();
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return null;
  if (letter === 'y') return 'redo';
  return letter === 'z' ? (event.shiftKey ? 'redo' : 'undo') : null;
}
