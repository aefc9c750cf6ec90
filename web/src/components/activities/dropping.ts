import { PRODUCT } from '../../state/arrangement';
import { type Activity, CATEGORIES, type Canvas, type Lane, laneOf, type Place, placeOf } from '../../wire/canvas';

/** Where cards are to lie. What is null stays as it is for each of them. */
export interface Spot {
  row: string | null;
  place: Place | null;
  lane: Lane | null;
  /** The card above which they come to lie; null: below all of the lane; undefined: no wish. */
  before?: string | null | undefined;
}

export interface Wish {
  action: 'place_activity' | 'move_activity' | 'judge_activity';
  fields: Record<string, unknown>;
}

/** What must be changed so that these cards lie there; nothing for what lies there already, or is gone. */
export function wishesFor(canvas: Canvas, ids: readonly string[], spot: Spot): Wish[] {
  const moving = inOrder(canvas, ids);
  const lists = { ...canvas.categories };
  let behind = behindOf(canvas, spot, new Set(moving.map(({ id }) => id)));
  return moving.flatMap((activity) => {
    const order = reorder(lists, activity, spot.place ?? placeOf(activity), behind);
    if (behind !== undefined) behind = activity.id;
    return [...place(activity, spot.row), ...order, ...judge(activity, spot.lane)];
  });
}

function place(activity: Activity, row: string | null): Wish[] {
  if (row === null || (activity.step ?? PRODUCT) === row) return [];
  return [{ action: 'place_activity', fields: { activity: activity.id, step: row === PRODUCT ? null : row } }];
}

function judge(activity: Activity, lane: Lane | null): Wish[] {
  if (lane === null || laneOf(activity) === lane) return [];
  return [{ action: 'judge_activity', fields: { activity: activity.id, judgement: lane === 'unjudged' ? null : lane } }];
}

/** Takes the card to its list, behind another (null: first; undefined: last, and only where it is another list). */
function reorder(lists: Record<Place, string[]>, activity: Activity, to: Place, behind: string | null | undefined): Wish[] {
  const { id } = activity;
  const from = placeOf(activity);
  if (behind === undefined && from === to) return [];
  const rest = lists[to].filter((other) => other !== id);
  const after = behind === undefined ? (rest.at(-1) ?? null) : behind;
  const index = after === null ? 0 : rest.indexOf(after) + 1;
  const unchanged = from === to && lists[to][index] === id;
  lists[from] = lists[from].filter((other) => other !== id);
  lists[to] = rest.toSpliced(index, 0, id);
  return unchanged ? [] : [{ action: 'move_activity', fields: { activity: id, category: to === 'unsorted' ? null : to, after } }];
}

/** The cards of a lane of a cell, in order; of all rows where none is named. */
export function lying(canvas: Canvas, place: Place, lane: Lane | null, row: string | null): Activity[] {
  return canvas.categories[place]
    .flatMap((id) => canvas.activities[id] ?? [])
    .filter((one) => (lane === null || laneOf(one) === lane) && (row === null || place === 'unsorted' || (one.step ?? PRODUCT) === row));
}

/** The card behind which to put the first of those that move: null for the very first place, undefined for no wish. */
function behindOf(canvas: Canvas, spot: Spot, moving: ReadonlySet<string>): string | null | undefined {
  if (spot.before === undefined || spot.place === null) return undefined;
  const lane = lying(canvas, spot.place, spot.lane, spot.row).map(({ id }) => id);
  const from = spot.before === null ? -1 : lane.indexOf(spot.before);
  const next = from < 0 ? undefined : lane.slice(from).find((id) => !moving.has(id));
  if (lieThere(lane, moving, next)) return undefined;
  const list = canvas.categories[spot.place].filter((id) => !moving.has(id));
  if (next !== undefined) return list[list.indexOf(next) - 1] ?? null;
  return lane.findLast((id) => !moving.has(id));
}

/** As one sees it: in the lane, all together, and above `next` (undefined: at its end). */
function lieThere(lane: readonly string[], moving: ReadonlySet<string>, next: string | undefined): boolean {
  const end = next === undefined ? lane.length : lane.indexOf(next);
  const above = lane.slice(Math.max(0, end - moving.size), end);
  return above.length === moving.size && above.every((id) => moving.has(id));
}

function inOrder(canvas: Canvas, ids: readonly string[]): Activity[] {
  const wanted = new Set(ids);
  return [...CATEGORIES, 'unsorted' as const].flatMap((place) => canvas.categories[place]).flatMap((id) => (wanted.has(id) ? (canvas.activities[id] ?? []) : []));
}
