import { applyChanges } from '../src/state/patch';
import { preview } from '../src/state/previews';
import { textAt } from '../src/state/shown';
import { keyOf } from '../src/text/flows';
import { canonical, merge } from '../src/text/merge';
import type { Canvas } from '../src/wire/canvas';
import type { Socket } from '../src/wire/connection';
import type { Command, KernEvent, Receipt, ServerMessage } from '../src/wire/messages';
import type { TestClock } from './clock';

const LIMITS = { frame_bytes: 65_536, title: 200, details: 4000, note: 1000, comment: 1000, commands_per_second: 50 };

/**
 * As much of a server as a client can tell from outside, on lines whose delay and cuts a test controls:
 * commands become events once, texts are tidied and merged, refusals are what the test says they are.
 */
export class TestServer {
  canvas: Canvas;
  events: KernEvent[] = [];
  heard: Command[] = [];
  hellos: Record<string, unknown>[] = [];
  lines: Line[] = [];
  /** Set to refuse: a code for the commands that are not to be taken. */
  refuse: (command: Command) => Partial<Receipt> | null = () => null;
  /** Set to put off. */
  slowDown: (command: Command) => number | null = () => null;
  /** Set to have no place to store. */
  notStored: (command: Command) => number | null = () => null;
  /** Commands a second that are taken, two seconds' worth at once; 0 is no limit. */
  rate = 0;
  /** How often somebody was told to slow down. */
  putOff = 0;
  /** Every hello is answered with this close code. */
  closeAll: number | null = null;
  /** Nobody answers: new lines do not come about. */
  away = false;
  epoch = 'e1';
  #canvases: Canvas[];
  #left = { tokens: Number.POSITIVE_INFINITY, at: 0 };

  constructor(canvas: Canvas) {
    this.canvas = canvas;
    this.#canvases = [canvas];
  }

  get version(): number {
    return this.#canvases.length - 1;
  }

  open(clock: TestClock, delay: number, participant = 'p1'): Line {
    const line = new Line(this, clock, delay, participant);
    if (this.away) clock.after(delay, () => line.end(1006));
    else this.lines.push(line);
    return line;
  }

  /** An older backup takes the log's place. */
  restore(canvas: Canvas, epoch: string): void {
    Object.assign(this, { canvas, epoch, events: [] });
    this.#canvases = [canvas];
  }

  welcome(line: Line, hello: { since: number | null; epoch: string | null }): void {
    if (this.closeAll !== null) {
      line.end(this.closeAll);
      return;
    }
    this.hellos.push(hello);
    const you = { participant: line.participant, name: line.participant, role: 'participant' as const };
    const welcome = { type: 'welcome' as const, room: 'r', epoch: this.epoch, shape: '1', you, version: this.version, limits: { ...LIMITS, commands_per_second: this.rate }, people: [you] };
    const goesOn = hello.since !== null && hello.epoch === this.epoch && hello.since <= this.version;
    line.say(goesOn ? { ...welcome, events: this.events.slice(hello.since as number) } : { ...welcome, canvas: this.canvas });
  }

  /** Takes a command from a line, or (without one) from somebody who needs no answer. */
  do(command: Command, line: Line | null = null, by = line?.participant ?? 'p2'): void {
    this.heard.push(command);
    const answer = this.#tooFast(line) ? this.#later(command) : this.#answer(command, by);
    if (answer) line?.say(answer);
    else this.#take(this.#merged(command), line, by);
  }

  #tooFast(line: Line | null): boolean {
    if (line === null || this.rate === 0) return false;
    const { tokens, at } = this.#left;
    const now = line.now;
    this.#left = { tokens: Math.min(2 * this.rate, tokens + ((now - at) * this.rate) / 1000) - 1, at: now };
    return this.#left.tokens < 0;
  }

  #later({ id }: Command): ServerMessage {
    this.putOff += 1;
    return { type: 'slow_down', id, retry_after_ms: 1000 };
  }

  #answer(command: Command, by: string): ServerMessage | null {
    const { id } = command;
    const wait = this.slowDown(command);
    if (wait !== null) return { type: 'slow_down', id, retry_after_ms: wait };
    const full = this.notStored(command);
    if (full !== null) return { type: 'not_stored', id, retry_after_ms: full };
    const made = this.events.filter((event) => event.command === id);
    const versions = made.map(({ version }) => version);
    if (made.some((event) => event.by !== by)) return { type: 'receipt', id, outcome: 'rejected', code: 'command_reused', message: 'Used.' };
    if (versions.length) return { type: 'receipt', id, outcome: 'duplicate', versions };
    const refusal = this.refuse(command);
    return refusal ? { type: 'receipt', id, outcome: 'rejected', message: 'No.', ...refusal } : null;
  }

  #merged(command: Command): Command {
    const key = keyOf(command);
    if (!key) return command;
    if (Number(command.base) > this.version) throw new Error(`a base beyond the head: ${command.base}`);
    const base = textAt(this.#canvases[Number(command.base)] as Canvas, key) ?? '';
    return { ...command, text: merge(base, canonical(String(command.text)), textAt(this.canvas, key) ?? '').text };
  }

  #take(command: Command, line: Line | null, by: string): void {
    const key = keyOf(command);
    if (key && textAt(this.canvas, key) === command.text) {
      line?.say({ type: 'receipt', id: command.id, outcome: 'unchanged', versions: [] });
      return;
    }
    const changes = preview(this.canvas, command, by);
    this.canvas = applyChanges(this.canvas, changes);
    this.#canvases.push(this.canvas);
    const version = this.version;
    const event = { version, epoch: this.epoch, type: 'x', at: '', by, command: command.id, data: {}, changes, digest: `d${version}` };
    this.events.push(event);
    for (const one of this.lines) one.say({ type: 'events', from: version, to: version, events: [event] });
  }
}

/** One WebSocket between a client and the test's server. */
export class Line implements Socket {
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  participant: string;
  /** What is said on it gets lost, and what is said to the server does not. */
  deaf = false;
  #server: TestServer;
  #clock: TestClock;
  #delay: number;
  #greeted = false;
  #cut = false;

  constructor(server: TestServer, clock: TestClock, delay: number, participant: string) {
    this.#server = server;
    this.#clock = clock;
    this.#delay = delay;
    this.participant = participant;
    const away = server.away;
    clock.after(delay, () => this.#cut || away || this.onopen?.());
  }

  get now(): number {
    return this.#clock.now();
  }

  send(text: string): void {
    this.#later(() => this.#arrive(JSON.parse(text)));
  }

  say(message: ServerMessage): void {
    if (message.type === 'welcome') this.#greeted = true;
    if (this.#greeted) this.#later(() => this.deaf || this.onmessage?.({ data: JSON.stringify(message) }));
  }

  close(): void {
    this.cut();
  }

  /** The network goes: nothing more arrives on either side, and nobody is told. */
  cut(): void {
    this.#cut = true;
    this.#server.lines = this.#server.lines.filter((line) => line !== this);
  }

  /** The server closes the line; without a code it is gone and nobody is told. */
  end(code: number | null): void {
    this.cut();
    if (code !== null) this.onclose?.({ code });
  }

  #later(then: () => void): void {
    this.#clock.after(this.#delay, () => {
      if (!this.#cut) then();
    });
  }

  #arrive(message: { type: string; n: number }): void {
    if (message.type === 'hello') this.#server.welcome(this, message as never);
    else if (message.type === 'ping') this.say({ type: 'pong', n: message.n });
    else if (message.type === 'do') this.#server.do(message as unknown as Command, this);
  }
}
