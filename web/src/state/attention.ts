import type { Clock } from '../wire/clock';
import type { Room } from './room.svelte';

const AT_MOST_EVERY_MS = 200;
const TYPING_LASTS_MS = 2500;

/** Tells the others where one is and whether one types: not with each letter, and never after one has gone. */
export class Attention {
  #room: Room;
  #clock: Clock;
  #focus: string | null = null;
  #typing = false;
  #told = '';
  #stopSoon: (() => void) | null = null;
  #stopTyping: () => void = () => {};

  constructor(room: Room, clock: Clock) {
    this.#room = room;
    this.#clock = clock;
  }

  at(focus: string | null, typing = false): void {
    this.#focus = focus;
    this.#typing = typing;
    this.#stopTyping();
    if (typing) this.#stopTyping = this.#clock.after(TYPING_LASTS_MS, () => this.at(this.#focus));
    this.#stopSoon ??= this.#clock.after(AT_MOST_EVERY_MS, () => this.#tell());
  }

  /** A new connection knows nothing of this person yet. */
  again(): void {
    this.#told = '';
    if (this.#focus !== null) this.#tell();
  }

  stop(): void {
    this.#stopTyping();
    this.#stopSoon?.();
  }

  #tell(): void {
    this.#stopSoon?.();
    this.#stopSoon = null;
    const now = `${this.#focus} ${this.#typing}`;
    if (now !== this.#told) this.#room.attend(this.#focus, this.#typing);
    this.#told = now;
  }
}
