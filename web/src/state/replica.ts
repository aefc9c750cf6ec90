import type { Canvas } from '../wire/canvas';
import type { KernEvent, Welcome } from '../wire/messages';
import { applyChanges, Misfit } from './patch';

/** A canvas, and where in which log it stands. */
export interface Held {
  canvas: Canvas;
  version: number;
  epoch: string;
  digest: string | undefined;
  shape: string | undefined;
}

/**
 * The room as the server has confirmed it: a canvas, the version it stands at, and what a hello
 * needs to go on from there.
 */
export class Replica {
  canvas: Canvas | null = null;
  version = 0;
  #epoch: string | null = null;
  #digest: string | undefined;
  #shape: string | undefined;

  /** What is held, to be kept; null where nothing is, or where it is not to be gone on from. */
  get held(): Held | null {
    if (this.canvas === null || this.#epoch === null) return null;
    return { canvas: this.canvas, version: this.version, epoch: this.#epoch, digest: this.#digest, shape: this.#shape };
  }

  /** Goes on from what was kept. */
  hold({ canvas, version, epoch, digest, shape }: Held): void {
    this.canvas = canvas;
    this.version = version;
    this.#epoch = epoch;
    this.#digest = digest;
    this.#shape = shape;
  }

  /** Whether a welcome is of another log than what is held: a backup was restored. */
  another(message: Welcome): boolean {
    return this.#epoch !== null && message.canvas !== undefined && this.#epoch !== message.epoch;
  }

  /** Takes a welcome. Answers the events that came with it; none where it brought the whole canvas. */
  welcome(message: Welcome, each?: (event: KernEvent) => void): KernEvent[] {
    if (message.canvas) {
      this.canvas = message.canvas;
      this.version = message.version;
      this.#digest = undefined;
    }
    this.#epoch = message.epoch;
    this.#shape = message.shape;
    const events = message.events ?? [];
    this.take(events, each);
    if (this.version !== message.version) throw new Misfit(`a welcome to ${message.version} ended at ${this.version}`);
    return events;
  }

  /** Applies events in order. With `each`, the canvas stands at each event's version when it is called. */
  take(events: readonly KernEvent[], each?: (event: KernEvent) => void): void {
    if (this.canvas === null) throw new Misfit('events before a canvas');
    const last = events.at(-1);
    if (last === undefined) return;
    events.forEach((event, index) => {
      if (event.version !== this.version + 1 + index) throw new Misfit(`after ${this.version + index} came ${event.version}`);
    });
    if (each) for (const event of events) this.#step(event, each);
    else this.canvas = applyChanges(this.canvas, events.flatMap((event) => event.changes));
    this.version = last.version;
    this.#digest = last.digest;
    this.#epoch = last.epoch ?? this.#epoch;
  }

  /** Lets go of what is held, so that the next hello asks for the canvas. */
  forget(): void {
    this.#epoch = null;
    this.#digest = undefined;
  }

  /** The hello's members that say where this replica stands. */
  position(): { since: number | null; epoch: string | null; digest?: string; shape?: string } {
    if (this.#epoch === null) return { since: null, epoch: null };
    return {
      since: this.version,
      epoch: this.#epoch,
      ...(this.#digest === undefined ? {} : { digest: this.#digest }),
      ...(this.#shape === undefined ? {} : { shape: this.#shape }),
    };
  }

  #step(event: KernEvent, each: (event: KernEvent) => void): void {
    this.canvas = applyChanges(this.canvas as Canvas, event.changes);
    this.version = event.version;
    each(event);
  }
}
