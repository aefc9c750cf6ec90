import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { setCustomNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/element/set-custom-native-drag-preview';
import { speech } from '../../i18n/words.svelte';
import type { Board } from '../../state/board.svelte';
import type { Lane, Place } from '../../wire/canvas';
import type { Spot } from './dropping';
import { settle } from './moving';

/** What a part of the board says of itself to what is dragged over it; the innermost says most. */
export type Aim = { row?: string; place?: Place; lane?: Lane; card?: string; cell?: string };

type Attached = (element: HTMLElement) => () => void;

/** A card that can be dragged, and dropped upon. Selected cards go along with each other. */
export function cardIn(board: Board, id: () => string): Attached {
  return (element) =>
    combine(
      draggable({
        element,
        canDrag: () => board.desk.mayEdit,
        getInitialData: () => ({ cards: board.desk.selection.has(id()) ? [...board.desk.selection] : [id()] }),
        onGenerateDragPreview: ({ source, nativeSetDragImage }) => preview(cardsOf(source.data), nativeSetDragImage),
      }),
      aim(() => ({ card: id() }))(element),
    );
}

/** A part of the board on which cards can be dropped. */
export function aim(data: () => Aim): Attached {
  return (element) => dropTargetForElements({ element, canDrop: ({ source }) => 'cards' in source.data, getData: () => ({ aim: data() }) });
}

/** Follows what is dragged over the board, shows where it would come to lie, and puts it there. */
export function watchDrags(board: Board): () => void {
  const line = new Line();
  const halves = new Halves();
  /** What was aimed at, read anew when it counts: others may have moved what lies around it. */
  let aimed: (() => Aimed | null) | null = null;
  let seen: { inner: Element | undefined; y: number } | null = null;
  const end = () => {
    line.clear();
    seen = null;
    aimed = null;
    mark([]);
    board.over = null;
    board.desk.room.holdStill(false);
  };
  const look = ({ location }: Moved) => {
    // While the pointer rests a list may scroll on under it: what was shown stays what is meant.
    const now = { inner: location.current.dropTargets[0]?.element, y: location.current.input.clientY };
    if (seen?.inner === now.inner && seen?.y === now.y) return;
    seen = now;
    const parts = location.current.dropTargets.map(({ element, data }) => ({ element, aim: data.aim as Aim }));
    const above = halves.above(now.inner, now.y);
    aimed = () => aimOf(parts, above);
    board.over = parts.find(({ aim }) => aim.cell !== undefined)?.aim.cell ?? null;
    line.show(aimed());
  };
  return combine(
    monitorForElements({
      canMonitor: ({ source }) => 'cards' in source.data,
      onDragStart: ({ source }) => {
        mark(cardsOf(source.data));
        board.desk.room.holdStill(true);
      },
      onDrag: look,
      onDropTargetChange: look,
      onDrop: ({ source, location }) => {
        look({ location });
        const there = aimed?.();
        end();
        if (there) settle(board.desk, cardsOf(source.data), there.spot);
      },
    }),
    halves.watch(),
    end,
  );
}

interface Moved {
  location: { current: { dropTargets: { element: Element; data: Record<string | symbol, unknown> }[]; input: { clientY: number } } };
}

interface Part {
  element: Element;
  aim: Aim;
}

interface Aimed {
  spot: Spot;
  /** What to mark, and at which edge. */
  element: Element;
  edge: 'before' | 'after' | 'in';
}

/** The place that is meant by these parts of the board, the innermost first; null outside of it. */
function aimOf(parts: readonly Part[], above: boolean): Aimed | null {
  const [inner] = parts;
  if (inner === undefined) return null;
  const { row = null, place = null, lane = null } = Object.assign({}, ...parts.map(({ aim }) => aim).reverse()) as Aim;
  const { element } = inner;
  if (inner.aim.card === undefined) return { spot: { row, place, lane, before: lane === null ? undefined : null }, element, edge: 'in' };
  const next = element.nextElementSibling as HTMLElement | null;
  return { spot: { row, place, lane, before: above ? inner.aim.card : (next?.dataset.card ?? null) }, element, edge: above ? 'before' : 'after' };
}

/**
 * Whether the pointer is in the upper half of a card. Measured as the event comes in, when the page was just laid
 * out for it: to measure in the frame, among the changes of others, would lay it out twice.
 */
class Halves {
  #card: Element | null = null;
  #middle = 0;

  watch(): () => void {
    const measure = (event: DragEvent) => {
      this.#card = (event.target as Element).closest?.('[data-card]') ?? null;
      if (this.#card) this.#middle = middleOf(this.#card);
    };
    document.addEventListener('dragover', measure, { capture: true, passive: true });
    return () => document.removeEventListener('dragover', measure, { capture: true });
  }

  above(card: Element | undefined, y: number): boolean {
    return card !== undefined && y < (card === this.#card ? this.#middle : middleOf(card));
  }
}

function middleOf(card: Element): number {
  const { top, height } = card.getBoundingClientRect();
  return top + height / 2;
}

/** The mark on the part where a drop would go: set on that one element, so that nothing else is drawn anew. */
class Line {
  #on: HTMLElement | null = null;

  show(aimed: Aimed | null): void {
    if (this.#on !== aimed?.element) this.clear();
    if (aimed === null) return;
    this.#on = aimed.element as HTMLElement;
    if (this.#on.dataset.drop !== aimed.edge) this.#on.dataset.drop = aimed.edge;
  }

  clear(): void {
    delete this.#on?.dataset.drop;
    this.#on = null;
  }
}

/** What is being dragged looks so: set on these cards alone, so that no other need ask whether it is one of them. */
function mark(cards: readonly string[]): void {
  for (const one of document.querySelectorAll<HTMLElement>('[data-dragged]')) delete one.dataset.dragged;
  for (const id of cards) for (const one of document.querySelectorAll<HTMLElement>(`#board [data-card="${id}"]`)) one.dataset.dragged = '';
}

function cardsOf(data: Record<string | symbol, unknown>): readonly string[] {
  return data.cards as string[];
}

/** Several cards are drawn as their number. */
function preview(cards: readonly string[], nativeSetDragImage: Parameters<typeof setCustomNativeDragPreview>[0]['nativeSetDragImage']): void {
  if (cards.length < 2) return;
  setCustomNativeDragPreview({
    nativeSetDragImage,
    render: ({ container }) => {
      const stack = document.createElement('p');
      stack.className = 'drag-stack';
      stack.textContent = speech.words.board.count(cards.length);
      container.append(stack);
    },
  });
}
