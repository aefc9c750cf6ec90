import type { KernEvent } from '../wire/messages';
import type { RoomShown } from './room.svelte';

/** The texts that say what a workshop is: written by facilitators, whole and not letter by letter. */
export type Described = 'title' | 'goal' | 'subject';

/** One of them while somebody writes it. What somebody else makes of it meanwhile is shown, never overwritten unseen. */
export class Describing {
  editing = $state(false);
  text = $state('');
  /** Who changed it last, while one was writing. */
  by: string | null = $state(null);
  #before = $state('');
  #room: RoomShown;
  #field: Described;

  constructor(room: RoomShown, field: Described) {
    this.#room = room;
    this.#field = field;
  }

  /** The text as it stands. */
  get now(): string {
    return this.#room.canvas?.[this.#field] ?? '';
  }

  /** What somebody else made of it since one began; null where it is as it was. */
  get theirs(): string | null {
    return this.editing && this.now !== this.#before && this.now !== this.text.trim() ? this.now : null;
  }

  begin(): void {
    this.text = this.now;
    this.#before = this.now;
    this.by = null;
    this.editing = true;
  }

  /** To be called with what happened last: where nothing was written yet, the text follows. */
  follow(news: readonly KernEvent[]): void {
    const change = news.findLast(({ type, data }) => type === 'WorkshopDescribed' && typeof data[this.#field] === 'string');
    if (change) this.by = change.by;
    if (this.editing && this.text === this.#before) this.take();
  }

  /** What the other wrote goes on from here. */
  take(): void {
    this.text = this.now;
    this.#before = this.now;
  }

  /** Saves, unless somebody else's change has not been looked at: `anyway` is the word of who has. Answers whether it did. */
  save(anyway = false): boolean {
    if (this.theirs !== null && !anyway) return false;
    this.editing = false;
    if (this.text.trim() !== this.now) this.#room.do('describe_workshop', { [this.#field]: this.text });
    return true;
  }

  cancel(): void {
    this.editing = false;
  }
}
