import type { Clock } from '../wire/clock';

const EVERY_MS = 2000;
const SLEPT_MS = 10_000;

/** Tells when the machine seems to have slept: a lid that opens again sends no event of its own. */
export function watchSleep(clock: Clock, woke: () => void): () => void {
  let stop = () => {};
  let last = clock.now();
  const look = () => {
    const now = clock.now();
    if (now - last > SLEPT_MS) woke();
    last = now;
    stop = clock.after(EVERY_MS, look);
  };
  look();
  return () => stop();
}
