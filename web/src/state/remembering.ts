import type { Clock } from '../wire/clock';

const RESTED_MS = 5000;
const AT_MOST_EVERY_MS = 60_000;

/**
 * When to keep the canvas on the device, to be shown at the next visit before the server answers. A
 * large one takes milliseconds to write: so not with every change, but once the room comes to rest,
 * each minute where it doesn't, and when the page goes out of sight. What is kept may be old, since
 * the next hello goes on from wherever it stands.
 */
export class Remembering {
  #clock: Clock;
  #keep: () => void;
  #since: number | null = null;
  #stopTimer: () => void = () => {};

  constructor(clock: Clock, keep: () => void) {
    this.#clock = clock;
    this.#keep = keep;
  }

  changed(): void {
    const now = this.#clock.now();
    this.#since ??= now;
    this.#stopTimer();
    this.#stopTimer = this.#clock.after(Math.max(0, Math.min(RESTED_MS, this.#since + AT_MOST_EVERY_MS - now)), () => this.now());
  }

  now(): void {
    if (this.#since !== null) this.#keep();
    this.forget();
  }

  /** What has changed is not to be kept. */
  forget(): void {
    this.#stopTimer();
    this.#since = null;
  }
}
