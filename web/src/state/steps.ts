import type { Activity, Canvas, Step } from './canvas';

/**
 * One's own list of steps on top of what others made of theirs in the meantime: what one left alone follows
 * them, what they added comes at the end, what they dropped goes.
 */
export function onTopOf(before: readonly Step[], mine: readonly Step[], now: readonly Step[]): Step[] {
  const was = new Map(before.map(({ id, name }) => [id, name]));
  const is = new Map(now.map(({ id, name }) => [id, name]));
  const kept = mine
    .filter(({ id }) => !was.has(id) || is.has(id))
    .map(({ id, name }) => ({ id, name: was.get(id) === name ? (is.get(id) ?? name) : name }));
  const added = now.filter(({ id }) => !was.has(id) && !mine.some((step) => step.id === id));
  return [...kept, ...added.map(({ id, name }) => ({ id, name }))];
}

/** The activities that stand at a step. */
export function standingAt(canvas: Canvas, step: string): Activity[] {
  return Object.values(canvas.activities).filter((activity) => activity.step === step);
}
