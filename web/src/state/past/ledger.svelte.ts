import type { RoomCalls } from '../../wire/http';
import type { Revision } from '../../wire/past';

const PAGE = 200;
const MOST_PAGES = 40;
const STRETCH = 5_000;
const LIMIT = 1_000;

/** Everything that one event changed. */
export interface Entry {
  version: number;
  revisions: readonly Revision[];
  undoneBy: number | null;
}

/** Which events: those of one person, type or card, within an iteration (its versions), with a text in them. */
export interface Sought {
  participant: string;
  kind: string;
  activity: string;
  from: number;
  to: number;
  matches: ((revision: Revision) => boolean) | null;
}

/**
 * Who changed what, the newest first, as much of it as is looked at. Every version has at least one revision, so without a
 * filter the row of each is known, and any page can be fetched by itself. With one, what fits is sought backwards.
 */
export class Ledger {
  /** Versions up to this one are shown: what comes meanwhile moves nothing under the eyes. */
  upto = $state(0);
  failed = $state(false);
  /** Down to which version was sought; null where nothing is being sought. */
  sought: number | null = $state(null);
  #calls: RoomCalls;
  #which: Sought = $state.raw({ participant: '', kind: '', activity: '', from: 1, to: 0, matches: null });
  #pages: ReadonlyMap<number, ReadonlyMap<number, Entry>> = $state.raw(new Map());
  #found: readonly Entry[] = $state.raw([]);
  #coming = new Set<number>();
  #turn = 0;

  constructor(calls: RoomCalls) {
    this.#calls = calls;
  }

  readonly sifts = $derived(Boolean(this.#which.participant || this.#which.kind || this.#which.activity || this.#which.matches));
  readonly count = $derived(this.sifts ? this.#found.length : Math.max(0, this.#which.to - this.#which.from + 1));

  /** Shows other events, or the same ones up to a newer version. */
  seek(which: Sought, upto: number): void {
    this.upto = upto;
    this.#which = { ...which, to: which.to || upto };
    this.#turn += 1;
    this.#coming.clear();
    this.failed = false;
    this.#found = [];
    this.#pages = new Map();
    this.sought = null;
    if (this.sifts) void this.#sift(this.#turn);
  }

  /** The event of a row, where it is here. */
  at(row: number): Entry | undefined {
    if (this.sifts) return this.#found[row];
    const version = this.#which.to - row;
    return this.#pages.get(pageOf(version))?.get(version);
  }

  /** Fetches what is not here of some rows. */
  want(first: number, last: number): void {
    if (this.sifts || this.count === 0) return;
    for (let page = pageOf(this.#which.to - Math.min(last, this.count - 1)); page <= pageOf(this.#which.to - first); page += 1) {
      if (!this.#pages.has(page) && !this.#coming.has(page)) void this.#fetch(page, this.#turn);
    }
  }

  again(): void {
    this.seek(this.#which, this.upto);
  }

  async #fetch(page: number, turn: number): Promise<void> {
    this.#coming.add(page);
    try {
      const entries = await this.#between(page * PAGE, Math.min((page + 1) * PAGE, this.upto));
      if (turn !== this.#turn) return;
      const kept = [...this.#pages].sort(([one], [other]) => Math.abs(one - page) - Math.abs(other - page)).slice(0, MOST_PAGES - 1);
      this.#pages = new Map([...kept, [page, new Map(entries.map((entry) => [entry.version, entry]))]]);
      this.failed = false;
    } catch {
      if (turn === this.#turn) this.failed = true;
    } finally {
      this.#coming.delete(page);
    }
  }

  async #sift(turn: number): Promise<void> {
    const { from, to, matches } = this.#which;
    this.sought = to;
    try {
      for (let last = Math.min(to, this.upto); last >= from; last -= STRETCH) {
        const entries = await this.#between(Math.max(from - 1, last - STRETCH), last);
        if (turn !== this.#turn) return;
        const fitting = matches ? entries.filter(({ revisions }) => revisions.some(matches)) : entries;
        if (fitting.length) this.#found = [...this.#found, ...fitting.reverse()];
        this.sought = Math.max(from, last - STRETCH);
      }
      this.sought = null;
    } catch {
      if (turn === this.#turn) this.failed = true;
    }
  }

  async #between(after: number, upto: number): Promise<Entry[]> {
    const { participant, kind, activity } = this.#which;
    const entries = new Map<number, { version: number; revisions: Revision[]; undoneBy: number | null }>();
    for (let at: number | null = after; at !== null && at < upto; ) {
      const page: Awaited<ReturnType<RoomCalls['revisions']>> = await this.#calls.revisions({ participant, kind, activity, after: at, limit: LIMIT });
      for (const one of page.revisions) {
        if (one.version > upto) return [...entries.values()];
        const entry = entries.get(one.version) ?? { version: one.version, revisions: [], undoneBy: page.undone?.[one.version] ?? null };
        entry.revisions.push(one);
        entries.set(one.version, entry);
      }
      at = page.next;
    }
    return [...entries.values()];
  }
}

function pageOf(version: number): number {
  return Math.floor((version - 1) / PAGE);
}
