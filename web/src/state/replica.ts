import type { KernEvent, Welcome } from '../wire/messages';
import type { Canvas } from './canvas';
import { applyChanges, Misfit } from './patch';

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
