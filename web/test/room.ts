import { Keeper } from '../src/state/keeper';
import { MemoryOutbox } from '../src/state/outbox';
import { Room } from '../src/state/room.svelte';
import { settled, type TestClock } from './clock';
import type { TestServer } from './line';

interface Wishes {
  delay?: number;
  participant?: string;
  outbox?: MemoryOutbox;
  tab?: string;
  others?: string[];
}

/** Somebody in the test's room, welcomed. */
export async function enter(server: TestServer, clock: TestClock, wishes: Wishes = {}): Promise<Room> {
  const { delay = 5, participant = 'p1', outbox = new MemoryOutbox(), tab = 't1', others = [] } = wishes;
  const room = new Room({
    token: 't',
    language: () => 'en',
    open: () => server.open(clock, delay, participant),
    clock,
    keeper: new Keeper(Promise.resolve(outbox), `r ${participant}`, tab),
    otherTabs: async () => new Set(others),
  });
  await room.start();
  await pass(clock, delay * 3);
  return room;
}

/** Lets time pass in small steps, so that what waits for a promise in between gets its turn. */
export async function pass(clock: TestClock, ms: number, step = 5): Promise<void> {
  for (let gone = 0; gone < ms; gone += step) {
    clock.pass(Math.min(step, ms - gone));
    await settled();
  }
}
