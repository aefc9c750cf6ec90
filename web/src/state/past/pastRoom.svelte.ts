import type { Canvas, Step } from '../../wire/canvas';
import type { Status } from '../../wire/connection';
import type { Receipt } from '../../wire/messages';
import type { Standing } from '../arrangement';
import { Company } from '../company.svelte';
import { Desk } from '../desk.svelte';
import type { RoomShown } from '../room.svelte';
import { withGhosts } from './ghosts';
import type { Gone, Mark } from './marks';

const SEEN: Status = { phase: 'live', because: null };

/**
 * A room at a moment of its past: what views ask of a room, answered from then. Nothing can be done in it, and
 * where the others are now is not told in it.
 */
export class PastRoom implements RoomShown {
  canvas: Canvas | null = $state.raw(null);
  steps: readonly Step[] = $state.raw([]);
  readonly status = SEEN;
  readonly locked = false;
  readonly resyncs = 0;
  readonly notStored = false;
  readonly waiting = [];
  readonly unsent = [];
  readonly news = [];
  readonly words = [];
  readonly company = new Company();
  #live: RoomShown;

  constructor(live: RoomShown) {
    this.#live = live;
    this.meet();
  }

  show(canvas: Canvas): void {
    this.canvas = canvas;
    this.steps = canvas.steps;
  }

  /** People are called what they are called now. */
  meet(): void {
    this.company.you = this.#live.company.you;
    this.company.people = this.#live.company.people;
  }

  get version(): number {
    return this.#live.version;
  }
  get limits() {
    return this.#live.limits;
  }
  get refusals() {
    return this.#live.refusals;
  }
  get tabs() {
    return this.#live.tabs;
  }
  get heir() {
    return this.#live.heir;
  }

  now(): number {
    return this.#live.now();
  }

  do(action: string): string {
    throw new Error(`${action}: nothing is done in the past`);
  }
  ask(action: string): Promise<Receipt | null> {
    throw new Error(`${action}: nothing is done in the past`);
  }
  tryAgain(): void {
    throw new Error('nothing is done in the past');
  }
  enter(): never {
    throw new Error('nothing is written in the past');
  }
  blockOf(): undefined {
    return undefined;
  }
  async start(): Promise<void> {}
  stop(): void {}
  rest(): void {}
  nudge(): void {}
  hailAgain(): void {}
  leave(): void {}
  typed(): void {}
  holdStill(): void {}
  attend(): void {}
  summon(): void {}
}

/** What lies open on the screen of somebody who looks back; what they unfold is forgotten when they go on. */
export class PastDesk extends Desk {
  override readonly past = true;
  declare room: PastRoom;
  /** The room as it is now, for who wants something back from then. */
  readonly live: Desk;
  /** Which moment it is; null where it is not one moment that is looked at. */
  moment: { version: number; at: string } | null = $state.raw(null);
  /** What had just been done then, in words. */
  told = $state('');
  /** To another version, where one can go to others. */
  go: ((version: number) => void) | null = null;
  #ghosts: Canvas | null = $state.raw(null);

  constructor(live: Desk) {
    super(new PastRoom(live.room), live.doorkey, { getItem: () => null, setItem: () => {} });
    this.live = live;
  }

  show(canvas: Canvas, marks: ReadonlyMap<string, Mark>, gone: readonly Gone[]): void {
    this.room.show(canvas);
    this.marks = marks;
    this.newest = [...marks].find(([, { age }]) => age === 0)?.[0] ?? null;
    this.#ghosts = withGhosts(canvas, gone);
  }

  override get drawn(): Canvas | null {
    return this.#ghosts;
  }

  override get stands(): Standing {
    const { marks } = this;
    return (id) => !marks.get(id)?.gone;
  }

  override get mayEdit(): boolean {
    return false;
  }

  override get leads(): boolean {
    return false;
  }
}
