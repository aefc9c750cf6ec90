const FIRST_MS = 250;
const LONGEST_MS = 15_000;

/**
 * Milliseconds to wait before try number `attempt` (0 is the first). Doubles up to fifteen seconds;
 * half of it is chance, so that a room full of people does not come back in the same instant.
 */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const whole = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 20));
  return Math.round(whole / 2 + (whole / 2) * random());
}
