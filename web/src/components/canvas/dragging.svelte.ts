import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements, type ElementEventBasePayload, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import type { Desk } from '../../state/desk.svelte';
import type { Block, Note } from '../../wire/canvas';
import { moveNote } from './moving';

/** Where a dragged note would come to lie: in a block, before or behind one of its notes, or at its end. */
interface Spot {
  block: Block;
  note: string | null;
  behind: boolean;
}

/** Notes dragged with a mouse: a shortcut, since a note's menu does the same for everyone. */
export class NoteDrag {
  note: string | null = $state(null);
  spot: Spot | null = $state.raw(null);
  #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** For as long as the view is there; the answer ends it. */
  watch(): () => void {
    return monitorForElements({
      canMonitor: ({ source }) => source.data.kind === 'note',
      onDragStart: ({ source }) => {
        this.note = String(source.data.note);
      },
      onDrag: ({ location }) => this.#look(location),
      onDropTargetChange: ({ location }) => this.#look(location),
      onDrop: ({ location }) => {
        this.#look(location);
        this.#drop();
      },
    });
  }

  /** A note can be taken, and another laid before or behind it. A press into a text one writes in selects letters. */
  held(note: () => Note): (element: HTMLElement) => () => void {
    return (element) =>
      combine(
        draggable({
          element,
          canDrag: () => this.#desk.mayEdit && !element.contains(document.activeElement?.closest('textarea') ?? null),
          getInitialData: () => ({ kind: 'note', note: note().id }),
        }),
        dropTargetForElements({
          element,
          canDrop: ({ source }) => source.data.kind === 'note',
          getData: () => ({ block: note().block, note: note().id }),
        }),
      );
  }

  taking(block: Block): (element: HTMLElement) => () => void {
    return (element) => dropTargetForElements({ element, canDrop: ({ source }) => source.data.kind === 'note', getData: () => ({ block, note: null }) });
  }

  #look({ current }: ElementEventBasePayload['location']): void {
    const target = current.dropTargets[0];
    if (target === undefined) {
      this.spot = null;
      return;
    }
    const { top, height } = target.element.getBoundingClientRect();
    const spot: Spot = { block: target.data.block as Block, note: target.data.note as string | null, behind: current.input.clientY > top + height / 2 };
    if (JSON.stringify(spot) !== JSON.stringify(this.spot)) this.spot = spot;
  }

  #drop(): void {
    const { note: id, spot } = this;
    this.note = null;
    this.spot = null;
    const { canvas } = this.#desk.room;
    const note = canvas?.notes[id ?? ''];
    if (!canvas || !note || spot === null || !this.#desk.mayEdit) return;
    const others = (canvas.blocks[spot.block] ?? []).filter((other) => other !== note.id);
    if (spot.note === note.id) return;
    const at = spot.note === null ? others.length : others.indexOf(spot.note) + (spot.behind ? 1 : 0);
    moveNote(this.#desk, note, spot.block, others[at - 1] ?? null);
  }
}
