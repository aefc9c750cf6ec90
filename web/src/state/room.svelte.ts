import { Flows, keyOf, type TextKey } from '../text/flows';
import type { Clock } from '../wire/clock';
import { Connection, type Socket, type Status } from '../wire/connection';
import { newId } from '../wire/ids';
import type { Command, KernEvent, Limits, Receipt, ServerMessage, Welcome, Whereabouts } from '../wire/messages';
import type { Canvas, Step } from './canvas';
import { Company } from './company.svelte';
import type { Keeper } from './keeper';
import { Misfit } from './patch';
import { PendingQueue } from './pending';
import { type Refusal, Refusals } from './refusals.svelte';
import { Replica } from './replica';
import { shown, textAt } from './shown';

const KEPT_WITHIN_MS = 1000;

interface Parts {
  token: string;
  language: () => string;
  open: () => Socket;
  clock: Clock;
  keeper: Keeper;
  otherTabs: () => Promise<Set<string>>;
}

/** One person's room: what the server confirmed, one's own changes on top, and the line between the two. */
export class Room {
  canvas: Canvas | null = $state.raw(null);
  /** Parts of the canvas that every card looks at and that seldom change: signals of their own. */
  steps: readonly Step[] = $state.raw([]);
  locked = $state(false);
  status: Status = $state.raw({ phase: 'connecting', because: null });
  limits: Limits | null = $state.raw(null);
  /** Changes of one's own that are not durable yet, and the things they touch. */
  waiting: readonly Command[] = $state.raw([]);
  /** Texts with words that have not gone out yet. */
  unsent: readonly TextKey[] = $state.raw([]);
  /** The newest events of others and one's own, for those who tell about them. */
  news: readonly KernEvent[] = $state.raw([]);

  readonly company = new Company();
  readonly refusals: Refusals;

  #parts: Parts;
  #replica = new Replica();
  #queue = new PendingQueue();
  #flows: Flows;
  #connection: Connection;
  #asked = new Map<string, (receipt: Receipt | null) => void>();
  #leftDrafts: Awaited<ReturnType<Keeper['takeUp']>>['drafts'] = new Map();
  #stopHold: () => void = () => {};
  #ahead = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.refusals = new Refusals(parts.keeper);
    this.#flows = new Flows({
      clock: parts.clock,
      text: (key) => textAt(this.#replica.canvas, key),
      version: () => this.#replica.version,
      limit: (key) => this.limits?.[key.startsWith('note/') ? 'note' : key.endsWith('title') ? 'title' : 'details'] ?? Number.POSITIVE_INFINITY,
      reword: ({ action, ...fields }) => this.do(String(action), fields),
      keepDraft: (key, draft) => parts.keeper.draft(key, draft),
    });
    this.#connection = new Connection({
      open: parts.open,
      hello: () => ({ type: 'hello', protocol: 1, token: parts.token, ...this.#replica.position(), language: parts.language() }),
      hear: (message) => this.#hear(message),
      changed: (status) => {
        this.status = status;
      },
      clock: parts.clock,
    });
  }

  /** Takes up what an earlier visit left, then connects. */
  async start(): Promise<void> {
    const { commands, drafts } = await this.#parts.keeper.takeUp(this.#parts.otherTabs);
    for (const { command, refusal } of commands) {
      if (refusal) this.refusals.bringBack({ command, receipt: refusal });
      else this.#queue.add(command, true);
    }
    this.#leftDrafts = drafts;
    this.#connection.start();
  }

  stop(): void {
    this.#flows.flush();
    this.#connection.stop();
    this.#stopHold();
  }

  /** The page comes to the fore, or the network is back. */
  nudge(): void {
    this.#connection.nudge();
  }

  /** Another language was chosen: the server's sentences follow with the next hello. */
  hailAgain(): void {
    this.#connection.restart();
  }

  /** Words that wait for a pause in the typing go out now. */
  flush(): void {
    this.#flows.flush();
  }

  /** Makes a change: shown at once, kept on this device, then sent. Answers its id. */
  do(action: string, fields: Record<string, unknown> = {}): string {
    const command: Command = { ...fields, type: 'do', id: newId(), action };
    this.#enqueue(command);
    return command.id;
  }

  /** Makes a change and waits for the server's word: null once it is durable, else the refusal. */
  ask(action: string, fields: Record<string, unknown> = {}): Promise<Receipt | null> {
    return new Promise((resolve) => this.#asked.set(this.do(action, fields), resolve));
  }

  /** Sends a refused change once more; a rewording now starts from the text as it stands. */
  tryAgain({ command }: Refusal): void {
    this.refusals.dismiss(command.id);
    if (keyOf(command)) this.do(command.action, { ...fieldsOf(command), base: this.#replica.version });
    else this.#enqueue(command);
  }

  /** The flow of a text whose field is entered. */
  enter(key: TextKey) {
    return this.#flows.open(key);
  }

  leave(key: TextKey): void {
    this.#flows.leave(key);
    this.#show();
  }

  /** Words were typed: everything else on the page that shows the text follows. */
  typed(): void {
    this.#show();
  }

  /** Says where one is; only the latest counts, and it is not kept. */
  attend(where: Whereabouts): void {
    this.#connection.send({ type: 'presence', ...where });
  }

  /** Calls everyone to a view; facilitators only. */
  summon(view: string): void {
    this.#connection.send({ type: 'summon', view });
  }

  /** The server's time in milliseconds since 1970: devices' clocks are minutes off. */
  now(): number {
    return this.#parts.clock.now() + this.#ahead;
  }

  #enqueue(command: Command): void {
    const tooLarge = this.limits && new TextEncoder().encode(JSON.stringify(command)).length > this.limits.frame_bytes;
    if (tooLarge) {
      this.#refuse(command, { type: 'receipt', id: command.id, outcome: 'rejected', code: 'text_too_long' });
      return;
    }
    this.#queue.add(command);
    const go = () => {
      this.#queue.keep(command.id);
      this.#pump();
    };
    void this.#parts.keeper.command(command).then(go);
    this.#parts.clock.after(KEPT_WITHIN_MS, go); // a device that can't keep it must not hold it back
    this.#show();
  }

  #hear(message: ServerMessage): void {
    try {
      if (message.type === 'welcome') this.#welcome(message);
      else if (message.type === 'events') this.#events(message.events);
      else if (message.type === 'receipt') this.#receipt(message);
      else if (message.type === 'slow_down' || message.type === 'not_stored') this.#putOff(message.id, message.retry_after_ms);
      else if (message.type === 'people') this.company.meet(message.people);
      else if (message.type === 'presence') this.company.see(message.people, message.gone);
      else if (message.type === 'summon') this.company.summons = { view: message.view, by: message.by };
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      this.#replica.forget(); // what is held is not what the server holds: fetch it whole
      this.#connection.restart();
    }
    this.#show();
  }

  #welcome(message: Welcome): void {
    this.company.welcome(message.you, message.people);
    this.limits = message.limits;
    if (message.now) this.#ahead = Date.parse(message.now) - this.#parts.clock.now();
    const events = this.#replica.welcome(message, this.#watcher());
    this.#flows.refresh();
    this.#done(this.#queue.settle(events));
    this.news = events;
    this.#flows.restore(this.#queue.items.map(({ command }) => command), this.#leftDrafts);
    this.#leftDrafts = new Map();
    this.#queue.sendAgain();
    this.#pump();
  }

  #events(events: KernEvent[]): void {
    this.#replica.take(events, this.#watcher());
    this.#done(this.#queue.settle(events));
    this.news = events;
    this.#pump();
  }

  #receipt(message: Receipt): void {
    const command = this.#queue.receipt(message);
    if (command === null) return;
    const refused = message.outcome === 'rejected';
    const latest = this.#flows.receipt(command.id, refused);
    if (!refused) this.#done([command]);
    else this.#refuse(latest === null ? command : { ...command, text: latest }, message);
    this.#pump();
  }

  #done(commands: Command[]): void {
    for (const { id } of commands) {
      this.#parts.keeper.drop(id);
      this.#answer(id, null);
    }
  }

  /** Whoever asked hears of it; else it is for the list of refusals. */
  #refuse(command: Command, receipt: Receipt): void {
    if (this.#answer(command.id, receipt)) this.#parts.keeper.drop(command.id);
    else this.refusals.add({ command, receipt });
  }

  #answer(id: string, receipt: Receipt | null): boolean {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    asked?.(receipt);
    return asked !== undefined;
  }

  #putOff(id: string, ms: number): void {
    this.#queue.putOff(id, ms, this.#parts.clock.now());
    this.#stopHold();
    this.#stopHold = this.#parts.clock.after(ms, () => this.#pump());
  }

  #pump(): void {
    if (this.status.phase !== 'live') return;
    for (const command of this.#queue.take(this.#parts.clock.now())) this.#connection.send(command);
  }

  #watcher(): ((event: KernEvent) => void) | undefined {
    return this.#flows.any ? (event) => this.#flows.step(event.command) : undefined;
  }

  #show(): void {
    const words = this.#flows.ahead();
    this.waiting = same(this.waiting, this.#queue.items.map(({ command }) => command));
    this.unsent = same(this.unsent, words.map(([key]) => key));
    if (this.#replica.canvas === null) return;
    const canvas = shown(this.#replica.canvas, this.waiting, words, this.company.you?.participant ?? '');
    this.canvas = canvas;
    this.steps = canvas.steps;
    this.locked = canvas.locked;
  }
}

/** The list that was there before, where the new one holds the same: then nothing is drawn anew. */
function same<T>(before: readonly T[], now: readonly T[]): readonly T[] {
  return before.length === now.length && before.every((one, index) => one === now[index]) ? before : now;
}

function fieldsOf(command: Command): Record<string, unknown> {
  const { type: _type, id: _id, action: _action, ...fields } = command;
  return fields;
}
