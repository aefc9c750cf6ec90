import type { Activity, Canvas } from '../wire/canvas';

/** The activities that stand at a step. */
export function standingAt(canvas: Canvas, step: string): Activity[] {
  return Object.values(canvas.activities).filter((activity) => activity.step === step);
}
