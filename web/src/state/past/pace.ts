import type { KernEvent } from '../../wire/messages';

/** How long a decision stands before the next one comes. */
const DECISION_MS = 1400;
/** A silence that lasts longer is over after this. */
const LONGEST_MS = 2500;
/** What follows sooner than this can't be told apart. */
const SHORTEST_MS = 80;

/** How long to wait between two events when time passes as it did; without them, between two decisions. */
export function pauseBefore(now: KernEvent | undefined, next: KernEvent | undefined, speed: number): number {
  if (now === undefined || next === undefined) return DECISION_MS / speed;
  const wait = Math.min(Date.parse(next.at) - Date.parse(now.at), LONGEST_MS) / speed;
  return wait < SHORTEST_MS ? 0 : wait;
}
