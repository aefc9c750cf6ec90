import type { Canvas } from '../../wire/canvas';
import type { Clock } from '../../wire/clock';
import type { KernEvent } from '../../wire/messages';
import { type Gone, type Mark, recent } from './marks';
import { pauseBefore } from './pace';
import type { Reel } from './reel';
import { SIZE, type Stretch } from './stretch';

/** A moment, with what had just been done. */
export interface Shown {
  version: number;
  at: string;
  canvas: Canvas;
  before: Canvas;
  /** The events of the decision that led to it. */
  decision: readonly KernEvent[];
  marks: ReadonlyMap<string, Mark>;
  gone: readonly Gone[];
}

export type Pace = 'decisions' | 'time';
export const SPEEDS = [1, 2, 4, 8] as const;
/** A slider that is drawn along asks for what it rests at. */
const REST_MS = 90;
/** Near the end of a stretch the next one is fetched. */
const NEAR = SIZE / 4;

/** Goes through a room's past: by hand, or by itself. */
export class Player {
  /** The moment that is shown; null until the first is here. */
  shown: Shown | null = $state.raw(null);
  /** The version that is asked for: that of `shown`, unless it is still on its way. */
  version = $state(0);
  head = $state(0);
  playing = $state(false);
  pace: Pace = $state('decisions');
  speed: number = $state(1);
  failed = $state(false);
  #reel: Reel;
  #clock: Clock;
  #asked = 0;
  #stopNext: (() => void) | null = null;

  constructor(reel: Reel, clock: Clock) {
    this.#reel = reel;
    this.#clock = clock;
    this.head = reel.head;
  }

  get coming(): boolean {
    return this.version !== this.shown?.version;
  }

  /** To a version; `gently` where others may follow at once, as from a slider. */
  async go(version: number, gently = false): Promise<void> {
    this.version = Math.max(1, Math.min(version, this.head));
    this.#asked += 1;
    const asked = this.#asked;
    const wanted = this.version;
    if (this.#reel.here(wanted) === null && gently) await new Promise<void>((resolve) => this.#clock.after(REST_MS, resolve));
    if (asked !== this.#asked) return;
    try {
      const stretch = this.#reel.here(wanted) ?? (await this.#reel.at(wanted));
      if (asked === this.#asked) this.#show(stretch, wanted);
    } catch {
      if (asked !== this.#asked) return;
      this.failed = true;
      this.pause();
    }
  }

  /** One decision on, or back. */
  async step(by: 1 | -1): Promise<void> {
    this.pause();
    await this.#follow(() => (by > 0 ? this.#reel.next(this.version) : this.#reel.previous(this.version)));
  }

  /** There are newer versions. */
  extend(head: number): void {
    this.head = Math.max(this.head, head);
    this.#reel.head = this.head;
  }

  play(): void {
    if (this.version >= this.head) this.version = 0; // from the end, from the beginning
    this.playing = true;
    void this.#onward();
  }

  pause(): void {
    this.playing = false;
    this.#stopNext?.();
    this.#stopNext = null;
  }

  stop(): void {
    this.pause();
    this.#asked += 1;
  }

  async #onward(): Promise<void> {
    if (!this.playing) return;
    await this.#follow(() => (this.pace === 'decisions' ? this.#reel.next(this.version) : this.#moved()));
    if (!this.playing) return;
    if (this.version >= this.head) this.pause();
    else this.#stopNext = this.#clock.after(await this.#pause(), () => void this.#onward());
  }

  /** In real time: the next version, or more where they came too fast to be seen. */
  async #moved(): Promise<number> {
    const stretch = await this.#reel.at(this.version + 1);
    let version = this.version + 1;
    while (version < this.head && stretch.has(version + 1) && pauseBefore(stretch.event(version), stretch.event(version + 1), this.speed) === 0) version += 1;
    return version;
  }

  async #pause(): Promise<number> {
    if (this.pace === 'decisions') return pauseBefore(undefined, undefined, this.speed);
    const next = await this.#reel.at(Math.min(this.version + 1, this.head));
    const now = this.#reel.here(this.version)?.event(this.version);
    return pauseBefore(now, next.event(this.version + 1), this.speed);
  }

  async #follow(find: () => Promise<number>): Promise<void> {
    try {
      await this.go(await find());
    } catch {
      this.failed = true;
      this.pause();
    }
  }

  #show(stretch: Stretch, version: number): void {
    const { marks, gone } = recent(stretch, version);
    const decision = stretch.decision(version);
    const first = decision[0]?.version ?? version;
    this.shown = {
      version,
      at: stretch.event(version)?.at ?? '',
      before: stretch.canvas(Math.max(first - 1, stretch.from)),
      canvas: stretch.canvas(version),
      decision,
      marks,
      gone,
    };
    this.failed = false;
    const within = version - stretch.from;
    if (within > SIZE - NEAR && version + NEAR <= this.head) this.#ahead(version + NEAR);
    if (within < NEAR && stretch.from > 0) this.#ahead(stretch.from);
  }

  /** Fetched while nobody waits for it; where that fails, whoever comes there hears of it. */
  #ahead(version: number): void {
    this.#reel.at(version).catch(() => {});
  }
}
