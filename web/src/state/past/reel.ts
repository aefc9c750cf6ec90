import type { Canvas } from '../../wire/canvas';
import type { KernEvent } from '../../wire/messages';
import { REACH } from './decisions';
import { SIZE, Stretch } from './stretch';

/** Of a long past only the stretches around where one is are held. */
const HELD = 6;

interface Source {
  canvasAt(version: number): Promise<{ canvas: Canvas }>;
  events(after: number, limit: number): Promise<{ events: KernEvent[] }>;
}

/** The past of a room, fetched a stretch at a time. */
export class Reel {
  /** The newest version that is looked at. */
  head: number;
  #source: Source;
  #held = new Map<number, Stretch>();
  #coming = new Map<number, Promise<Stretch>>();

  constructor(source: Source, head: number) {
    this.#source = source;
    this.head = head;
  }

  /** The stretch of a version, where it is here already. */
  here(version: number): Stretch | null {
    const stretch = this.#held.get(Stretch.startOf(version));
    return stretch && this.#fresh(stretch, version) ? stretch : null;
  }

  async at(version: number): Promise<Stretch> {
    const here = this.here(version);
    if (here) {
      this.#held.delete(here.from); // the one used last is let go of last
      this.#held.set(here.from, here);
      return here;
    }
    const from = Stretch.startOf(version);
    const coming = this.#coming.get(from) ?? this.#fetch(from);
    this.#coming.set(from, coming);
    try {
      return await coming;
    } finally {
      this.#coming.delete(from);
    }
  }

  /** The version at which the next decision was complete. */
  async next(version: number): Promise<number> {
    if (version >= this.head) return this.head;
    const stretch = await this.at(version + 1);
    const stop = stretch.stops.find((one) => one > version);
    if (stop !== undefined) return Math.min(stop, this.head);
    const end = stretch.from + SIZE;
    return end < this.head ? this.next(end) : this.head;
  }

  /** The version at which the decision before was complete; the first one at the beginning. */
  async previous(version: number): Promise<number> {
    if (version <= 1) return 1;
    const stretch = await this.at(version - 1);
    const stop = stretch.stops.findLast((one) => one < version);
    if (stop !== undefined) return stop;
    return stretch.from > 0 ? this.previous(stretch.from + 1) : 1;
  }

  async #fetch(from: number): Promise<Stretch> {
    const [{ canvas }, { events }] = await Promise.all([this.#source.canvasAt(from), this.#source.events(from, SIZE + REACH)]);
    const stretch = new Stretch(from, canvas, events);
    this.#held.delete(from);
    this.#held.set(from, stretch);
    for (const oldest of [...this.#held.keys()].slice(0, -HELD)) this.#held.delete(oldest);
    return stretch;
  }

  /** The newest stretch is fetched anew once there is more of it. */
  #fresh(stretch: Stretch, version: number): boolean {
    return stretch.has(version) && (stretch.whole || stretch.has(Math.min(this.head, stretch.from + SIZE)));
  }
}
