import { Keeper } from '../src/state/keeper';
import { MemoryOutbox } from '../src/state/outbox';
import { Room } from '../src/state/room.svelte';
import type { Channel } from '../src/state/tabs';
import type { Socket } from '../src/wire/connection';
import { settled, type TestClock } from './clock';
import type { TestServer } from './line';

interface Wishes {
  delay?: number;
  participant?: string;
  outbox?: MemoryOutbox;
  /** The air between the tabs of one person. */
  air?: Air;
  former?: Room | undefined;
  seen?: () => boolean;
  /** How often the screen is drawn. */
  frameMs?: number;
  random?: () => number;
}

/** What the tabs of one person hear of each other. A frozen one hears nothing and runs no timers. */
export class Air {
  #clock: TestClock;
  #channels: (Channel & { frozen: boolean })[] = [];

  constructor(clock: TestClock) {
    this.#clock = clock;
  }

  channel(): Channel & { frozen: boolean } {
    const one: Channel & { frozen: boolean } = {
      frozen: false,
      onmessage: null,
      postMessage: (said: unknown) => {
        if (one.frozen) return;
        const data = structuredClone(said);
        for (const other of this.#channels) {
          if (other !== one) this.#clock.after(1, () => other.frozen || other.onmessage?.call(other as unknown as BroadcastChannel, { data } as MessageEvent));
        }
      },
      close: () => {
        this.#channels = this.#channels.filter((other) => other !== one);
      },
    };
    this.#channels.push(one);
    return one;
  }
}

interface Serving {
  open(clock: TestClock, delay: number, participant?: string): Socket;
}

/** A room, in a tab that the phone may freeze. */
export type Tab = Room & { freeze(frozen?: boolean): void };

/** Somebody in the test's room, with one tab, welcomed and given the turn to send. */
export async function enter(server: TestServer, clock: TestClock, wishes: Wishes = {}): Promise<Tab> {
  const { delay = 5 } = wishes;
  const room = roomOf(server, clock, wishes);
  void room.start();
  await pass(clock, Math.max(delay * 3 + 10, 320));
  return room;
}

export function roomOf(server: Serving, clock: TestClock, wishes: Wishes = {}): Tab {
  const { delay = 5, participant = 'p1', outbox = new MemoryOutbox(), air = new Air(clock), former, seen, frameMs = 16, random = () => 0.5 } = wishes;
  const channel = air.channel();
  const own = new TabClock(clock, frameMs);
  const room = new Room({
    token: 't',
    language: () => 'en',
    open: () => server.open(clock, delay, participant),
    clock: own,
    keeper: (tab) => new Keeper(Promise.resolve(outbox), `r ${participant}`, tab, () => clock.now()),
    channel,
    random,
    former: former?.tabs.id,
    ...(seen ? { seen } : {}),
  });
  return Object.assign(room, {
    freeze: (frozen = true) => {
      channel.frozen = frozen;
      own.frozen = frozen;
    },
  });
}

/** The clock as one tab has it: while it is frozen nothing of it runs, and what fell due runs when it thaws. */
class TabClock {
  #frozen = false;
  #missed: (() => void)[] = [];
  #clock: TestClock;
  #frameMs: number;

  constructor(clock: TestClock, frameMs: number) {
    this.#clock = clock;
    this.#frameMs = frameMs;
  }

  set frozen(frozen: boolean) {
    this.#frozen = frozen;
    const missed = frozen ? [] : this.#missed.splice(0);
    for (const then of missed) then();
  }

  now(): number {
    return this.#clock.now();
  }

  after(ms: number, then: () => void): () => void {
    let off = false;
    const once = () => off || (this.#frozen ? this.#missed.push(once) : then());
    const stop = this.#clock.after(ms, once);
    return () => {
      off = true;
      stop();
    };
  }

  frame(then: () => void): () => void {
    return this.after(this.#frameMs, then);
  }
}

/** Lets time pass in small steps, so that what waits for a promise in between gets its turn. */
export async function pass(clock: TestClock, ms: number, step = 5): Promise<void> {
  for (let gone = 0; gone < ms; gone += step) {
    clock.pass(Math.min(step, ms - gone));
    await settled();
  }
}
