import { PRODUCT } from '../../state/arrangement';
import { type Activity, CATEGORIES, type Canvas, type Lane, laneOf, type Place, placeOf } from '../../state/canvas';

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
  const wishes: Wish[] = [];
  for (const activity of moving) {
    const one = { activity: activity.id };
    if (spot.row !== null && (activity.step ?? PRODUCT) !== spot.row) {
      wishes.push({ action: 'place_activity', fields: { ...one, step: spot.row === PRODUCT ? null : spot.row } });
    }
    const from = placeOf(activity);
    const to = spot.place ?? from;
    const rest = lists[to].filter((id) => id !== activity.id);
    const after = behind === undefined ? (from === to ? undefined : (rest.at(-1) ?? null)) : behind;
    if (after !== undefined) {
      const index = after === null ? 0 : rest.indexOf(after) + 1;
      if (from !== to || lists[to][index] !== activity.id) {
        wishes.push({ action: 'move_activity', fields: { ...one, category: to === 'unsorted' ? null : to, after } });
      }
      if (from !== to) lists[from] = lists[from].filter((id) => id !== activity.id);
      lists[to] = rest.toSpliced(index, 0, activity.id);
      if (behind !== undefined) behind = activity.id;
    }
    if (spot.lane !== null && laneOf(activity) !== spot.lane) {
      wishes.push({ action: 'judge_activity', fields: { ...one, judgement: spot.lane === 'unjudged' ? null : spot.lane } });
    }
  }
  return wishes;
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
  const lane = lying(canvas, spot.place, spot.lane, spot.row);
  const from = spot.before === null ? lane.length : lane.findIndex(({ id }) => id === spot.before);
  const next = from < 0 ? undefined : lane.slice(from).find(({ id }) => !moving.has(id));
  const list = canvas.categories[spot.place].filter((id) => !moving.has(id));
  if (next) return list[list.indexOf(next.id) - 1] ?? null;
  return lane.findLast(({ id }) => !moving.has(id))?.id;
}

function inOrder(canvas: Canvas, ids: readonly string[]): Activity[] {
  const wanted = new Set(ids);
  return [...CATEGORIES, 'unsorted' as const].flatMap((place) => canvas.categories[place]).flatMap((id) => (wanted.has(id) ? (canvas.activities[id] ?? []) : []));
}
