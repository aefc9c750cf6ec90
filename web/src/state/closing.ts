/** What stands between an iteration and its end, as it looks from here: the server has the last word, and says it when asked. */

import type { Activity, Canvas } from '../wire/canvas';
import type { Blocker } from '../wire/messages';
import { inOrder } from './judging';

export type Need = Blocker['needs'][number];

/** One line of the list: what an activity needs, or that it has all by now. */
export interface ToDo {
  activity: Activity;
  needs: readonly Need[];
}

/** What the server named, and the activities as they were then: what was changed since may be mended. */
export interface Refused {
  blockers: readonly Blocker[];
  activities: Canvas['activities'];
}

/** A preview of the server's rule, for a list that follows while things are mended. */
export function seemsToNeed({ category, judgement, links }: Activity): Need[] {
  const needs = { category: category === null, judgement: judgement === null, value_proposition: judgement === 'must_do' && links.length === 0 };
  return (Object.keys(needs) as Need[]).filter((need) => needs[need]);
}

/** What is to be done, and of what was listed before, what is done. What left the board leaves the list. */
export function toDo(canvas: Canvas, listed: ReadonlySet<string>, refused: Refused | null): ToDo[] {
  return inOrder(canvas)
    .map((activity) => ({ activity, needs: needsOf(activity, refused) }))
    .filter(({ activity, needs }) => needs.length > 0 || listed.has(activity.id));
}

function needsOf(activity: Activity, refused: Refused | null): readonly Need[] {
  const named = refused?.activities[activity.id] === activity && refused.blockers.find((blocker) => blocker.activity === activity.id);
  return named ? named.needs : seemsToNeed(activity);
}

/** "Iteration 2", by counting on from those there are; a name that is taken is not proposed. */
export function nameFor(iterations: readonly { name: string }[], word: string): string {
  const taken = new Set(iterations.map(({ name }) => name));
  let n = iterations.length + 1;
  while (taken.has(`${word} ${n}`)) n += 1;
  return `${word} ${n}`;
}
