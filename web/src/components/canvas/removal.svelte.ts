import { tick } from 'svelte';
import { speech } from '../../i18n/words.svelte';
import type { Desk } from '../../state/desk.svelte';
import type { Activity, Note } from '../../wire/canvas';
import { shortened } from '../base/shortened';

/** Taking a note away: what that costs is said first, and what the server makes of it afterwards. */
export class Removal {
  /** The note that is asked about. */
  note: Note | null = $state.raw(null);
  /** Why the server leaves it where it is. */
  refused: string | null = $state(null);
  #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** The activities that would lose a link. */
  losing: readonly Activity[] = $derived.by(() => {
    const { note } = this;
    return note === null ? [] : Object.values(this.#desk.room.canvas?.activities ?? {}).filter(({ links }) => links.includes(note.id));
  });

  /** Where nothing hangs on it, undo is question enough. */
  begin(note: Note): void {
    this.refused = null;
    this.note = note;
    if (this.losing.length === 0) void this.go();
  }

  cancel(): void {
    this.note = null;
  }

  async go(): Promise<void> {
    const { note } = this;
    if (note === null) return;
    this.note = null;
    const answer = this.#desk.room.ask('remove_note', { note: note.id });
    await tick();
    if (document.activeElement === document.body) document.querySelector<HTMLElement>(`[data-adds="${note.block}"]`)?.focus();
    const receipt = await answer;
    if (receipt === null) {
      this.#desk.said = speech.words.canvas.removed(shortened(note.text));
      return;
    }
    this.note = note;
    this.refused = receipt.message ?? receipt.code ?? '';
  }
}
