const MOST = 40;
const AT_ONCE = 2;

/**
 * Rows of a long list, fetched by the page as they are looked at. What is wanted last comes first: whoever drags over a
 * hundred pages waits for that one alone where they let go. Pages that lie far away are let go, so memory stays small.
 */
export class Pages<Row> {
  failed = $state(false);
  #size: number;
  #fetch: (page: number) => Promise<readonly Row[]>;
  #here: ReadonlyMap<number, readonly Row[]> = $state.raw(new Map());
  #wanted: readonly number[] = [];
  #coming = new Set<number>();
  #first = 0;
  #turn = 0;

  constructor(size: number, fetch: (page: number) => Promise<readonly Row[]>) {
    this.#size = size;
    this.#fetch = fetch;
  }

  at(row: number): Row | undefined {
    return this.#here.get(Math.floor(row / this.#size))?.[row % this.#size];
  }

  /** Forgets all; what is under way is not taken in. */
  clear(): void {
    this.#turn += 1;
    this.#here = new Map();
    this.#coming = new Set();
    this.#wanted = [];
    this.failed = false;
  }

  /** Wants the pages of some rows among `count`, those in sight first, then what lies ahead, then what lies behind. */
  want(first: number, last: number, count: number): void {
    const [from, to, end] = [first, last, count - 1].map((row) => Math.floor(row / this.#size)) as [number, number, number];
    const seen = Array.from({ length: to - from + 1 }, (_, at) => from + at);
    const around = first < this.#first ? [from - 1, to + 1] : [to + 1, from - 1];
    this.#first = first;
    this.#wanted = [...seen, ...around.filter((page) => page >= 0 && page <= end)];
    this.#go();
  }

  #go(): void {
    for (const page of this.#wanted) {
      if (this.#coming.size >= AT_ONCE) return;
      if (!this.#here.has(page) && !this.#coming.has(page)) void this.#take(page, this.#turn);
    }
  }

  async #take(page: number, turn: number): Promise<void> {
    const coming = this.#coming;
    coming.add(page);
    try {
      const rows = await this.#fetch(page);
      if (turn !== this.#turn) return;
      this.#keep(page, rows);
      this.failed = false;
      coming.delete(page);
      this.#go();
    } catch {
      coming.delete(page);
      if (turn === this.#turn) this.failed = true; // nothing is asked for again by itself, but by the next look elsewhere
    }
  }

  #keep(page: number, rows: readonly Row[]): void {
    const middle = this.#wanted[0] ?? page;
    const kept = [...this.#here].sort(([one], [other]) => Math.abs(one - middle) - Math.abs(other - middle)).slice(0, MOST - 1);
    this.#here = new Map([...kept, [page, rows]]);
  }
}
