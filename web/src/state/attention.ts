import type { Clock } from '../wire/clock';
import type { Whereabouts } from '../wire/messages';

const AT_MOST_EVERY_MS = 100;
const TYPING_LASTS_MS = 2500;

interface Listener {
  attend(where: Whereabouts): void;
}

/**
 * Tells the others where one is: what one looks at, points at, has selected, writes in. Not with each
 * letter or each move of the pointer, and never after one has gone.
 */
export class Attention {
  #room: Listener;
  #clock: Clock;
  #where: Whereabouts = { focus: null, cursor: null, typing: false };
  #told = '';
  #stopSoon: (() => void) | null = null;
  #stopTyping: () => void = () => {};

  constructor(room: Listener, clock: Clock) {
    this.#room = room;
    this.#clock = clock;
  }

  /** One has a thing open, or writes in it. */
  at(focus: string | null, typing = false): void {
    this.#stopTyping();
    if (typing) this.#stopTyping = this.#clock.after(TYPING_LASTS_MS, () => this.at(this.#where.focus));
    this.#now({ focus, typing });
  }

  /** One points at a place in the view, in thousandths of it; null where one points nowhere. */
  point(cursor: [number, number] | null): void {
    this.#now({ cursor });
  }

  look(view: string): void {
    this.#now({ view, cursor: null });
  }

  select(selection: string[]): void {
    this.#now({ selection });
  }

  raise(hand: boolean): void {
    this.#now({ hand });
  }

  /** A new connection knows nothing of this person yet. */
  again(): void {
    this.#told = '';
    this.#tell();
  }

  stop(): void {
    this.#stopTyping();
    this.#stopSoon?.();
  }

  #now(part: Partial<Whereabouts>): void {
    this.#where = { ...this.#where, ...part };
    this.#stopSoon ??= this.#clock.after(AT_MOST_EVERY_MS, () => this.#tell());
  }

  #tell(): void {
    this.#stopSoon?.();
    this.#stopSoon = null;
    const { view, selection, hand, ...where } = this.#where;
    const now: Whereabouts = { ...where, ...(view ? { view } : {}), ...(selection?.length ? { selection } : {}), ...(hand ? { hand } : {}) };
    const said = JSON.stringify(now);
    if (said !== this.#told) this.#room.attend(now);
    this.#told = said;
  }
}
