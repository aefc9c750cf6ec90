import type { Clock } from '../wire/clock';

/** What comes one by one shows with the next frame; where much comes, it is gathered for so long. */
const GATHER_MS = 50;
/** While something is under one's hand, the board around it holds still for so long. */
const STILL_MS = 2000;
/** Drawing takes at most one part in so many of the time, but never rests for longer than this. */
const SHARE = 5;
const MOST_REST_MS = 1000;

/** When what came from the server is drawn: often enough to be live, seldom enough that the page stays free. */
export class Drawing {
  #clock: Clock;
  #draw: () => void;
  #still = false;
  #stop: (() => void) | null = null;
  #last = { at: Number.NEGATIVE_INFINITY, took: 0 };

  constructor(clock: Clock, draw: () => void) {
    this.#clock = clock;
    this.#draw = draw;
  }

  /** Something came that is not drawn yet. */
  get due(): boolean {
    return this.#stop !== null;
  }

  /** Whether something is under one's hand: a card that is being dragged. */
  set still(still: boolean) {
    this.#still = still;
    if (still || !this.due) return;
    this.stop();
    this.soon();
  }

  /** Draws with a frame soon, however many messages come until then. */
  soon(): void {
    if (this.due) return;
    const { at, took } = this.#last;
    const gap = Math.max(this.#still ? STILL_MS : GATHER_MS, Math.min(MOST_REST_MS, SHARE * took));
    const rest = at + gap - this.#clock.now();
    this.#stop = rest > 0 ? this.#clock.after(rest, () => this.now()) : this.#clock.frame(() => this.now());
  }

  now(): void {
    this.stop();
    const at = this.#clock.now();
    this.#draw();
    this.#last = { at, took: this.#clock.now() - at };
  }

  stop(): void {
    this.#stop?.();
    this.#stop = null;
  }
}
