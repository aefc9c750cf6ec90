import { type Activity, activitiesAt, CATEGORIES, type Canvas, type Category, type Lane, laneOf } from '../../wire/canvas';

export const LANES: readonly Lane[] = ['must_do', 'not_now', 'unjudged'];

/** How many activities each category has of each judgement, and how many have no category yet. */
export interface Tally {
  all: number;
  unsorted: number;
  of: Readonly<Record<Category, Readonly<Record<Lane, number>>>>;
}

export function tally(canvas: Canvas): Tally {
  const count = (category: Category) => {
    const lanes: Record<Lane, number> = { must_do: 0, not_now: 0, unjudged: 0 };
    for (const id of canvas.categories[category]) lanes[laneOf(canvas.activities[id] as Activity)] += 1;
    return lanes;
  };
  const [production, problem_solving, platform_network] = CATEGORIES.map(count) as [Record<Lane, number>, Record<Lane, number>, Record<Lane, number>];
  return {
    all: Object.keys(canvas.activities).length,
    unsorted: activitiesAt(canvas, 'unsorted').length,
    of: { production, problem_solving, platform_network },
  };
}
