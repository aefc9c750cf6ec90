import type { Clock } from '../src/wire/clock';

/** A clock that stands still until it is told to go. */
export class TestClock implements Clock {
  #now = 0;
  #due: { at: number; then: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, then: () => void): () => void {
    const one = { at: this.#now + ms, then };
    this.#due.push(one);
    return () => {
      this.#due = this.#due.filter((other) => other !== one);
    };
  }

  frame(then: () => void): () => void {
    return this.after(16, then);
  }

  /** The machine sleeps: its clock goes on, its timers don't. */
  jump(ms: number): void {
    this.#now += ms;
  }

  /** Lets so much time pass, doing what falls due in its order. */
  pass(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#due = this.#due.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.at);
      next.then();
    }
    this.#now = end;
  }

  #next(end: number) {
    return this.#due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  }
}

/** Lets promises that are already resolved be heard. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
