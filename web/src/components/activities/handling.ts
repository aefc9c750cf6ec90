import { speech } from '../../i18n/words.svelte';
import type { Board } from '../../state/board.svelte';
import type { Judgement } from '../../wire/canvas';
import { neighbour } from './arrows';

const LONG_PRESS_MS = 450;
const STILL_PX = 10;

/** What letters do; on a card: the one that has the focus. */
export function letters(board: Board): Record<string, () => void> {
  const { desk } = board;
  const judging = (judgement: Judgement | null) => () => judge(board, judgement);
  return {
    '/': () => document.querySelector<HTMLElement>('#board [data-control="search"]')?.focus(),
    n: () => toAdding(),
    m: () => pressed('move'),
    x: () => pressed('select'),
    c: () => {
      if (desk.selection.size > 1 && desk.mayEdit) desk.dialog = 'combine';
    },
    1: judging('must_do'),
    2: judging('not_now'),
    0: judging(null),
  };
}

/** Enter, Escape and the arrows, on the board. */
export function keys(board: Board, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const target = event.target as HTMLElement;
  if (target.dataset.control === 'card') {
    if (onCard(board, target, event.key)) event.preventDefault();
    return;
  }
  const card = target.closest<HTMLElement>('[data-card]');
  if (card && target instanceof HTMLTextAreaElement && !target.matches(':focus') && (event.key === 'Enter' || event.key === 'Escape')) {
    card.querySelector<HTMLElement>('[data-control="card"]')?.focus(); // the text was left: on with the card
    event.preventDefault();
  } else if (event.key === 'Escape' && !event.defaultPrevented) clear(board);
}

function onCard(board: Board, card: HTMLElement, key: string): boolean {
  const id = card.closest<HTMLElement>('[data-card]')?.dataset.card ?? null;
  if (key === 'Enter') board.desk.card = id;
  else if (key === 'Escape' && board.desk.past) return false; // from there it leads back to now
  else if (key === 'Escape') clear(board);
  else {
    const next = neighbour(card, key);
    if (next) next.focus();
    else return key.startsWith('Arrow');
  }
  return true;
}

export function clear(board: Board): void {
  board.selecting = false;
  board.desk.selection.clear();
}

function judge({ desk }: Board, judgement: Judgement | null): void {
  const activity = desk.room.canvas?.activities[atHand()?.dataset.card ?? ''];
  if (!activity || !desk.mayEdit || activity.judgement === judgement) return;
  desk.room.do('judge_activity', { activity: activity.id, judgement });
  desk.said = speech.words.news.judgeDone(activity.title, judgement ? speech.words.lanes[judgement] : speech.words.judge.none);
}

function pressed(control: string): void {
  atHand()?.querySelector<HTMLElement>(`[data-control="${control}"]`)?.click();
}

function atHand(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>('#board [data-card]') ?? null;
}

/** To the field of the column that one is in, else the first. */
function toAdding(): void {
  const place = document.activeElement?.closest<HTMLElement>('[data-cell]')?.dataset.cell?.split('/')[1];
  const fields = [...document.querySelectorAll<HTMLElement>('#board [data-add]')];
  (fields.find((field) => field.dataset.add === place) ?? fields[0])?.focus();
}

/** A finger that rests on a card selects it; then a tap on any other does too. */
export function pressing(board: Board): (element: HTMLElement) => () => void {
  return (element) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let from = { x: 0, y: 0 };
    let swallow = false;
    const stop = () => clearTimeout(timer);
    const down = (event: PointerEvent) => {
      const target = event.target as HTMLElement;
      const card = target.closest<HTMLElement>('[data-card]');
      // A press into a text is for writing there; with a finger one scrolls: neither drags the card.
      if (card) card.draggable = board.desk.mayEdit && event.pointerType !== 'touch' && !target.closest('textarea');
      stop();
      swallow = false;
      if (!card || event.pointerType !== 'touch' || !board.desk.mayEdit || target.closest('textarea:focus, button')) return;
      from = { x: event.clientX, y: event.clientY };
      timer = setTimeout(() => {
        swallow = true;
        board.selecting = true;
        board.toggle(card.dataset.card as string);
        navigator.vibrate?.(10);
      }, LONG_PRESS_MS);
    };
    const move = (event: PointerEvent) => {
      if (Math.hypot(event.clientX - from.x, event.clientY - from.y) > STILL_PX) stop();
    };
    const click = (event: MouseEvent) => {
      const target = event.target as HTMLElement;
      const card = target.closest<HTMLElement>('[data-card]');
      const tapped = board.selecting && board.narrow && card && !target.closest('button');
      if (!swallow && !tapped) return;
      event.preventDefault();
      event.stopPropagation();
      if (!swallow && card) board.toggle(card.dataset.card as string);
      swallow = false;
    };
    const menu = (event: Event) => swallow && event.preventDefault();
    const listen = { down, move, up: stop, cancel: stop } as const;
    for (const [name, listener] of Object.entries(listen)) element.addEventListener(`pointer${name}`, listener as EventListener, { passive: true });
    element.addEventListener('click', click, true);
    element.addEventListener('contextmenu', menu);
    return () => {
      stop();
      for (const [name, listener] of Object.entries(listen)) element.removeEventListener(`pointer${name}`, listener as EventListener);
      element.removeEventListener('click', click, true);
      element.removeEventListener('contextmenu', menu);
    };
  };
}
