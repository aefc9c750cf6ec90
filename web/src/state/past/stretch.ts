import type { Canvas } from '../../wire/canvas';
import type { KernEvent } from '../../wire/messages';
import { applyChanges } from '../patch';
import { decisionAt, REACH, stopsOf } from './decisions';

/** A stretch has the versions of so many events, and knows what comes shortly after them. */
export const SIZE = 500;
/** So many versions lie between two canvases that are kept; what did not change is shared by all. */
const EVERY = 50;

/** A part of the past: a canvas, and what happened behind it. */
export class Stretch {
  readonly from: number;
  /** Whether everything that belongs to it had happened when it was fetched. */
  readonly whole: boolean;
  readonly stops: readonly number[];
  #events: readonly KernEvent[];
  #canvases = new Map<number, Canvas>();
  #last: { version: number; canvas: Canvas };

  constructor(from: number, canvas: Canvas, events: readonly KernEvent[]) {
    this.from = from;
    this.whole = events.length >= SIZE + REACH;
    this.#events = events;
    this.#last = { version: from, canvas };
    this.#canvases.set(from, canvas);
    this.stops = stopsOf(events).filter((version) => version <= from + SIZE);
  }

  /** The stretch in which a version lies. */
  static startOf(version: number): number {
    return Math.floor((version - 1) / SIZE) * SIZE;
  }

  has(version: number): boolean {
    return version > this.from && version <= this.from + Math.min(SIZE, this.#events.length);
  }

  event(version: number): KernEvent | undefined {
    return this.#events[version - this.from - 1];
  }

  /** The events of the decision that this version is part of, up to there. */
  decision(version: number): KernEvent[] {
    return decisionAt(this.#events.slice(0, version - this.from));
  }

  /** The canvas of a version in this stretch, or of the one before it. */
  canvas(version: number): Canvas {
    let { version: at, canvas } = this.#nearest(version);
    while (at < version) {
      const to = Math.min(version, at - (at % EVERY) + EVERY);
      canvas = applyChanges(canvas, this.#events.slice(at - this.from, to - this.from).flatMap(({ changes }) => changes));
      at = to;
      if (at % EVERY === 0) this.#canvases.set(at, canvas);
    }
    this.#last = { version, canvas };
    return canvas;
  }

  #nearest(version: number): { version: number; canvas: Canvas } {
    const kept = Math.max(this.from, version - (version % EVERY));
    if (this.#last.version <= version && this.#last.version >= kept) return this.#last;
    for (let at = kept; at >= this.from; at -= EVERY) {
      const canvas = this.#canvases.get(at);
      if (canvas) return { version: at, canvas };
    }
    throw new RangeError(`${version} lies before ${this.from}`);
  }
}
