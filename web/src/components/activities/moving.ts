import { speech } from '../../i18n/words.svelte';
import { PRODUCT } from '../../state/arrangement';
import type { Desk } from '../../state/desk.svelte';
import { type Activity, CATEGORIES, laneOf, type Place, placeOf } from '../../wire/canvas';
import type { Choice } from '../base/choice';
import { lying, type Spot, wishesFor } from './dropping';

export const PLACES: readonly Place[] = [...CATEGORIES, 'unsorted'];
const KEEP: Spot = { row: null, place: null, lane: null };

/** Puts cards where one wants them, and says so. Those that are gone meanwhile are passed over. */
export function settle(desk: Desk, ids: readonly string[], spot: Spot): void {
  const { canvas } = desk.room;
  if (canvas === null || !desk.mayEdit) return;
  const here = ids.flatMap((id) => canvas.activities[id] ?? []);
  const [first] = here;
  if (first === undefined) {
    if (ids.length > 0) desk.said = speech.words.card.gone;
    return;
  }
  const wishes = wishesFor(canvas, ids, spot);
  for (const { action, fields } of wishes) desk.room.do(action, fields);
  if (wishes.length === 0) return;
  const what = here.length === 1 ? first.title : speech.words.board.count(here.length);
  desk.said = speech.words.news.moveDone(what, named(desk, spot, first));
}

/** Puts an activity into a column: at its end. */
export function moveTo(desk: Desk, activity: Activity, place: Place): void {
  settle(desk, [activity.id], { ...KEEP, place });
}

/** The list from which a keyboard or a thumb moves cards: where to, and for one alone its place among the others. */
export function moves(desk: Desk, ids: readonly string[]): Choice[] {
  const { canvas } = desk.room;
  const cards = canvas ? ids.flatMap((id) => canvas.activities[id] ?? []) : [];
  const [only] = cards;
  if (canvas === null || only === undefined) return [];
  const { words } = speech;
  const all = (same: (activity: Activity) => boolean) => cards.every(same);
  const columns: Choice[] = PLACES.map((place) => ({
    group: words.card.column,
    word: words.categories[place],
    icon: place,
    checked: all((one) => placeOf(one) === place),
    do: () => settle(desk, ids, { ...KEEP, place }),
  }));
  const rows = canvas.steps.length === 0 ? [] : [{ id: PRODUCT, name: words.board.product }, ...canvas.steps];
  const steps: Choice[] = rows.map(({ id, name }) => ({
    group: words.board.step,
    word: name,
    checked: all((one) => (one.step ?? PRODUCT) === id),
    do: () => settle(desk, ids, { ...KEEP, row: id }),
  }));
  return [...columns, ...steps, ...(cards.length === 1 ? within(desk, only) : [])];
}

/** First, up, down and last among those with which it is seen. */
function within(desk: Desk, activity: Activity): Choice[] {
  const { words } = speech;
  const { canvas } = desk.room;
  const there = { row: activity.step ?? PRODUCT, place: placeOf(activity), lane: laneOf(activity) };
  const lane = canvas ? lying(canvas, there.place, there.lane, there.row).map(({ id }) => id) : [];
  const at = lane.indexOf(activity.id);
  const put = (word: string, before: string | null, possible: boolean): Choice => ({
    group: words.board.order,
    word,
    disabled: !possible,
    do: () => {
      settle(desk, [activity.id], { ...there, before });
      desk.said = words.news.orderDone(activity.title, word);
    },
  });
  return [
    put(words.card.toTop, lane[0] ?? null, at > 0),
    put(words.card.up, lane[at - 1] ?? null, at > 0),
    put(words.card.down, lane[at + 2] ?? null, at < lane.length - 1),
    put(words.card.toBottom, null, at < lane.length - 1),
  ];
}

/** In words, where that is. */
function named(desk: Desk, { row, place, lane }: Spot, first: Activity): string {
  const { words } = speech;
  const step = row === null ? null : row === PRODUCT ? words.board.product : desk.room.steps.find(({ id }) => id === row)?.name;
  const at = [place ?? (row === null ? placeOf(first) : null)].flatMap((one) => (one ? words.categories[one] : []));
  const headed = desk.room.steps.length > 0;
  return [...at, ...(step && headed ? [step] : []), ...(lane ? [words.lanes[lane]] : [])].join(', ');
}
