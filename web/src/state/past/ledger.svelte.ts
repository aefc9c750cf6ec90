import type { RoomCalls } from '../../wire/http';
import type { Revision } from '../../wire/past';
import { Pages } from './pages.svelte';

/** Everything that one event changed. */
export interface Entry {
  version: number;
  revisions: readonly Revision[];
  undoneBy: number | null;
}

/** Which events: those of one person, type or card, within an iteration (its versions), with a text in their words. */
export interface Sought {
  participant: string;
  kind: string;
  activity: string;
  from: number;
  to: number;
  text: string;
}

const ROWS = 100;
const LIMIT = 400;

/**
 * Who changed what, the newest first, as much of it as is looked at. Every version has at least one revision, so without a
 * filter the row of each is known. With one, the server says which versions fit; their texts come as they are looked at.
 */
export class Ledger {
  /** Versions up to this one are shown: what comes meanwhile moves nothing under the eyes. */
  upto = $state(0);
  /** What fits is being sought. */
  seeking = $state(false);
  #unfound = $state(false);
  #calls: RoomCalls;
  #which: Sought = $state.raw({ participant: '', kind: '', activity: '', from: 1, to: 0, text: '' });
  /** Those that fit, ascending; null where all do. */
  #versions: readonly number[] | null = $state.raw(null);
  #pages = new Pages<Entry>(ROWS, (page) => this.#fetch(page));
  #turn = 0;

  constructor(calls: RoomCalls) {
    this.#calls = calls;
  }

  readonly sifts = $derived(Boolean(this.#which.participant || this.#which.kind || this.#which.activity || this.#which.text));
  readonly count = $derived(this.#versions ? this.#versions.length : Math.max(0, this.#which.to - this.#which.from + 1));
  readonly failed = $derived(this.#unfound || this.#pages.failed);

  /** Shows other events, or the same ones up to a newer version. */
  seek(which: Sought, upto: number): void {
    this.upto = upto;
    this.#which = { ...which, to: which.to || upto };
    this.#turn += 1;
    this.#unfound = false;
    this.#pages.clear();
    this.seeking = this.sifts;
    this.#versions = this.sifts ? [] : null;
    if (this.sifts) void this.#find(this.#turn);
  }

  /** The event of a row, where it is here. */
  at(row: number): Entry | undefined {
    return row < this.count ? this.#pages.at(row) : undefined;
  }

  /** Fetches what is not here of some rows, and of those that are likely to be looked at next. */
  want(first: number, last: number): void {
    if (this.count > 0) this.#pages.want(first, Math.min(last, this.count - 1), this.count);
  }

  again(): void {
    this.seek(this.#which, this.upto);
  }

  async #find(turn: number): Promise<void> {
    const { from, to, ...sought } = this.#which;
    try {
      const { versions } = await this.#calls.versions(sought);
      if (turn === this.#turn) this.#versions = versions.filter((version) => version >= from && version <= Math.min(to, this.upto));
    } catch {
      if (turn === this.#turn) this.#unfound = true;
    } finally {
      if (turn === this.#turn) this.seeking = false;
    }
  }

  /** The version of a row. */
  #versionAt(row: number): number {
    return this.#versions ? (this.#versions[this.#versions.length - 1 - row] as number) : this.#which.to - row;
  }

  /** The events of a page, by their rows. */
  async #fetch(page: number): Promise<readonly Entry[]> {
    const newest = page * ROWS;
    const oldest = Math.min(newest + ROWS, this.count) - 1;
    const versions = Array.from({ length: oldest - newest + 1 }, (_, at) => this.#versionAt(newest + at));
    const { participant, kind, activity } = this.#which;
    const sought = { participant, kind, activity, versions: this.#versions ? versions.join() : '', limit: LIMIT };
    const entries = await this.#between(sought, this.#versionAt(oldest) - 1, this.#versionAt(newest));
    return versions.map((version) => entries.get(version) ?? { version, revisions: [], undoneBy: null });
  }

  async #between(sought: Omit<Parameters<RoomCalls['revisions']>[0], 'after'>, after: number, upto: number): Promise<Map<number, Entry>> {
    const entries = new Map<number, { version: number; revisions: Revision[]; undoneBy: number | null }>();
    for (let at: number | null = after; at !== null && at < upto; ) {
      const page: Awaited<ReturnType<RoomCalls['revisions']>> = await this.#calls.revisions({ ...sought, after: at });
      for (const one of page.revisions) {
        if (one.version > upto) return entries;
        const entry = entries.get(one.version) ?? { version: one.version, revisions: [], undoneBy: page.undone?.[one.version] ?? null };
        entry.revisions.push(one);
        entries.set(one.version, entry);
      }
      at = page.next;
    }
    return entries;
  }
}
