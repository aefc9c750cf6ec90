import { getContext, setContext } from 'svelte';
import { MediaQuery, SvelteMap } from 'svelte/reactivity';
import { CATEGORIES, type Place } from '../wire/canvas';
import { type Arrangement, Arranger, isFilled, PRODUCT, type Row } from './arrangement';
import type { Desk } from './desk.svelte';

/** The focus view as one person has it before them. */
export class Board {
  readonly desk: Desk;
  /** On a narrow screen one category is shown at a time. */
  column: Place = $state('unsorted');
  /** The card that is being written in: nothing takes it out of sight. */
  held: string | null = $state(null);
  /** The cell that something is dragged over. */
  over: string | null = $state(null);
  /** On a phone: a press on a card selects it. */
  selecting = $state(false);
  /** For each cell, the card at which Tab stops. */
  readonly stops = new SvelteMap<string, string>();

  #narrow = new MediaQuery('(max-width: 60rem)', false);
  #arranger = new Arranger();

  constructor(desk: Desk) {
    this.desk = desk;
  }

  arrangement: Arrangement | null = $derived.by(() => {
    const canvas = this.desk.drawn;
    return canvas && this.#arranger.arrange(canvas, (activity) => activity.id === this.held || this.desk.filter.shows(activity), this.desk.stands);
  });

  rows = $derived(this.arrangement?.rows ?? []);
  at = $derived(this.arrangement?.at ?? { production: 0, problem_solving: 0, platform_network: 0, unsorted: 0 });

  /** Rows have heads where there is more than one. */
  headed = $derived(this.rows.length > 1);

  /** Before a value proposition stands, nothing can be added. */
  valued: boolean = $derived.by(() => (this.desk.room.canvas?.blocks.value_propositions?.length ?? 0) > 0);

  get narrow(): boolean {
    return this.#narrow.current;
  }

  /** The columns that are shown, apart from the tray. */
  get columns(): readonly Exclude<Place, 'unsorted'>[] {
    return this.narrow ? CATEGORIES.filter((category) => category === this.column) : CATEGORIES;
  }

  isOpen(row: Row): boolean {
    return !this.headed || row.id === this.#heldRow || this.desk.rows.isOpen(row.id, (this.desk.filter.active || this.desk.past) && isFilled(row));
  }

  #heldRow: string | null = $derived.by(() => {
    const held = this.held === null ? undefined : this.desk.room.canvas?.activities[this.held];
    return held ? (held.step ?? PRODUCT) : null;
  });

  toggle(id: string): void {
    const { selection } = this.desk;
    if (!selection.delete(id)) selection.add(id);
  }
}

export function layBoard(board: Board): void {
  setContext('board', board);
}

export function useBoard(): Board {
  return getContext('board');
}
