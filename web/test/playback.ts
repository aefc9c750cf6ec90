import { applyChanges } from '../src/state/patch';
import type { Canvas } from '../src/wire/canvas';
import type { Socket } from '../src/wire/connection';
import type { Command, KernEvent, Receipt, ServerMessage } from '../src/wire/messages';
import type { TestClock } from './clock';

export interface Recorded {
  me: string;
  start: Canvas;
  events: KernEvent[];
  /** What `me` sent, in order, and the answer. */
  own: { command: Command; answer: Omit<Partial<Receipt>, 'outcome'> & { outcome: string } }[];
  canvas: Canvas;
}

const LIMITS = { frame_bytes: 65_536, title: 200, details: 4000, note: 1000, comment: 1000, commands_per_second: 50 };

/** Chance that a seed repeats: mulberry32. */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * A server that plays a recorded log: others' events come as time goes on, one's own when they are
 * asked for, each at the version it had. Its lines are as bad as a server may be and no worse: they
 * break at any moment, a welcome brings events or the canvas, resyncs and refusals to take anything
 * come as they please; but the events of a line are in order, each once.
 */
export class Playback {
  head: number;
  lines: PlaybackLine[] = [];
  heard = new Map<string, number>();
  /** Of two tabs one may overtake the other's command, which then is in the log before it was heard. */
  overtaken = new Set<string>();
  #recorded: Recorded;
  #clock: TestClock;
  #random: () => number;
  #canvases: Canvas[];

  constructor(recorded: Recorded, clock: TestClock, random: () => number) {
    this.#recorded = recorded;
    this.#clock = clock;
    this.#random = random;
    this.#canvases = [recorded.start];
    for (const { changes } of recorded.events) this.#canvases.push(applyChanges(this.#canvases.at(-1) as Canvas, changes));
    this.head = recorded.events.findIndex(({ command }) => command !== null && this.#isOwn(command));
  }

  get over(): boolean {
    return this.head === this.#recorded.events.length;
  }

  get canvas(): Canvas {
    return this.#canvases[this.head] as Canvas;
  }

  open(): PlaybackLine {
    const line = new PlaybackLine(this, this.#clock, this.#random);
    this.lines.push(line);
    return line;
  }

  /** Somebody else does something; where it is one's own turn, nothing happens until one takes it. */
  goOn(): void {
    const next = this.#recorded.events[this.head];
    if (next && !(next.command && this.#isOwn(next.command))) this.#release(this.#endOf(this.head));
  }

  welcome(line: PlaybackLine, since: number | null): void {
    const { me } = this.#recorded;
    const you = { participant: me, name: 'Ben', role: 'participant' as const };
    const welcome = { type: 'welcome' as const, room: 'r', epoch: this.#recorded.events[0]?.epoch ?? '', shape: '1', you, version: this.head, limits: LIMITS, people: [you] };
    const events = since !== null && this.#random() < 0.8 ? { events: this.#recorded.events.slice(since, this.head) } : { canvas: this.canvas };
    line.say({ ...welcome, ...events });
  }

  take(command: Command, line: PlaybackLine): void {
    this.heard.set(command.id, (this.heard.get(command.id) ?? 0) + 1);
    const luck = this.#random();
    if (luck < 0.04) line.say({ type: luck < 0.02 ? 'slow_down' : 'not_stored', id: command.id, retry_after_ms: 50 + Math.floor(this.#random() * 400) });
    else this.#answer(command, line);
  }

  /** Now and then the server has to say: drop what you hold. */
  resync(): void {
    for (const line of this.lines) {
      line.say({ type: 'resync' });
      this.welcome(line, null);
    }
  }

  #answer(command: Command, line: PlaybackLine): void {
    const { id } = command;
    const own = this.#recorded.own.find((one) => one.command.id === id);
    if (own === undefined) throw new Error(`not in the recording: ${JSON.stringify(command)}`);
    const { outcome, ...rest } = own.answer;
    const at = this.#recorded.events.findIndex((event) => event.command === id);
    if (outcome !== 'accepted') line.sayLate({ ...rest, type: 'receipt', id, outcome: outcome as Receipt['outcome'], versions: [] });
    else if (at < this.head) line.sayLate({ type: 'receipt', id, outcome: 'duplicate', versions: [at + 1] });
    else this.#release(this.#endOf(at));
  }

  #isOwn(command: string): boolean {
    return this.#recorded.own.some((one) => one.command.id === command);
  }

  /** The events of one command come together. */
  #endOf(from: number): number {
    const { events } = this.#recorded;
    let end = from + 1;
    while (end < events.length && events[end]?.command !== null && events[end]?.command === events[from]?.command) end += 1;
    return end;
  }

  #release(end: number): void {
    const events = this.#recorded.events.slice(this.head, end);
    this.head = end;
    for (const { command } of events) if (command && !this.heard.has(command)) this.overtaken.add(command);
    for (const line of this.lines) line.say({ type: 'events', from: end - events.length + 1, to: end, events });
  }
}

/** One line, on which nothing overtakes but receipts, which may come late. */
export class PlaybackLine implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  #server: Playback;
  #clock: TestClock;
  #random: () => number;
  #greeted = false;
  #cut = false;
  #arrives = { up: 0, down: 0 };

  constructor(server: Playback, clock: TestClock, random: () => number) {
    this.#server = server;
    this.#clock = clock;
    this.#random = random;
    clock.after(this.#delay(), () => this.#cut || this.onopen?.());
  }

  send(text: string): void {
    this.#inOrder('up', () => this.#arrive(JSON.parse(text)));
  }

  say(message: ServerMessage): void {
    if (message.type === 'welcome') this.#greeted = true;
    if (this.#greeted) this.#inOrder('down', () => this.onmessage?.({ data: JSON.stringify(message) }));
  }

  /** After everything that was said before it, and perhaps after some of what is said later. */
  sayLate(message: ServerMessage): void {
    const late = this.#arrives.down - this.#clock.now() + Math.floor(this.#random() * 80) + 1;
    this.#clock.after(Math.max(1, late), () => this.#cut || this.onmessage?.({ data: JSON.stringify(message) }));
  }

  close(): void {
    this.#cut = true;
    this.#server.lines = this.#server.lines.filter((line) => line !== this);
  }

  /** The line breaks: with a word, or without one. */
  end(code: number | null): void {
    this.close();
    if (code !== null) this.onclose?.({ code });
  }

  #delay(): number {
    return 1 + Math.floor(this.#random() * 60);
  }

  #inOrder(way: 'up' | 'down', then: () => void): void {
    const at = Math.max(this.#clock.now() + this.#delay(), this.#arrives[way] + 1);
    this.#arrives[way] = at;
    this.#clock.after(at - this.#clock.now(), () => this.#cut || then());
  }

  #arrive(message: { type: string; n: number; since: number | null }): void {
    if (message.type === 'hello') this.#server.welcome(this, message.since);
    else if (message.type === 'ping') this.say({ type: 'pong', n: message.n });
    else if (message.type === 'do') this.#server.take(message as unknown as Command, this);
  }
}
