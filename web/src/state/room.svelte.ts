import { Flows, keyOf, type TextKey } from '../text/flows';
import type { Canvas, Step } from '../wire/canvas';
import type { Clock } from '../wire/clock';
import { Connection, type Socket, type Status } from '../wire/connection';
import { newId } from '../wire/ids';
import type { Command, KernEvent, Limits, Person, Receipt, ServerMessage, Welcome, Whereabouts } from '../wire/messages';
import { Company } from './company.svelte';
import { Drawing } from './drawing';
import { Heir } from './heir.svelte';
import type { Keeper } from './keeper';
import { Misfit } from './patch';
import { type Refusal, Refusals } from './refusals.svelte';
import { Remembering } from './remembering';
import { Replica } from './replica';
import { Sending } from './sending';
import { Shown, textAt } from './shown';
import { type Channel, Tabs } from './tabs';

interface Parts {
  token: string;
  language: () => string;
  open: () => Socket;
  clock: Clock;
  /** Of a tab with this name. */
  keeper: (tab: string) => Keeper;
  channel: Channel;
  /** The tab that was here before this page was loaded. */
  former?: string | undefined;
  /** Whether somebody looks at this page. */
  seen?: () => boolean;
  /** Between 0 and 1, for the pauses between tries. */
  random?: () => number;
}

/** A room as views see it: the one that goes on, or one at a moment of its past. */
export type RoomShown = Pick<Room, keyof Room>;

/** One person's room: what the server confirmed, one's own changes on top, and the line between the two. */
export class Room {
  canvas: Canvas | null = $state.raw(null);
  /** Parts of the canvas that every card looks at and that seldom change: signals of their own. */
  steps: readonly Step[] = $state.raw([]);
  locked = $state(false);
  /** How often all had to begin anew: what was typed before is not to come back. */
  resyncs = $state(0);
  status: Status = $state.raw({ phase: 'connecting', because: null });
  /** The server is there but can't store anything now. */
  notStored = $state(false);
  limits: Limits | null = $state.raw(null);
  /** Changes of one's own that are not durable yet, of all one's tabs. */
  waiting: readonly Command[] = $state.raw([]);
  /** Texts with words that have not gone out yet. */
  unsent: readonly TextKey[] = $state.raw([]);
  /** The newest events of others and one's own, for those who tell about them. */
  news: readonly KernEvent[] = $state.raw([]);

  readonly company = new Company();
  readonly refusals: Refusals;
  readonly tabs: Tabs;
  readonly heir: Heir;

  #parts: Parts;
  #keeper: Keeper;
  #replica = new Replica();
  #shown = new Shown();
  #flows: Flows;
  #sending: Sending;
  #connection: Connection;
  #remembering: Remembering;
  #asked = new Map<string, (receipt: Receipt | null) => void>();
  #blocks = new Map<string, string>();
  #fresh: KernEvent[] = [];
  #drawing: Drawing;
  #ahead = 0;

  constructor(parts: Parts) {
    const { clock } = parts;
    this.#parts = parts;
    this.tabs = new Tabs({
      channel: parts.channel,
      clock,
      fit: () => (this.status.phase === 'live' ? 2 : 0) + ((parts.seen?.() ?? true) ? 1 : 0),
      hear: (said) => (said.kind === 'gone' ? this.heir.tabGone() : this.#sending.hear(said)),
      turned: () => this.#sending.turned(),
    });
    this.#drawing = new Drawing(clock, () => this.#show());
    this.#keeper = parts.keeper(this.tabs.id);
    this.refusals = new Refusals(this.#keeper);
    this.#flows = this.#makeFlows();
    this.#sending = this.#makeSending();
    this.heir = this.#makeHeir();
    this.#remembering = new Remembering(clock, () => this.#remember());
    this.#connection = new Connection({
      open: parts.open,
      hello: () => ({ type: 'hello', protocol: 1, token: parts.token, ...this.#replica.position(), language: parts.language() }),
      hear: (message) => this.#hear(message),
      changed: (status) => this.#turn(status),
      clock,
      ...(parts.random ? { random: parts.random } : {}),
    });
  }

  /** Shows what an earlier visit left, connects, and sees which other tabs are there. */
  async start(): Promise<void> {
    const [kept, left] = await Promise.all([this.#keeper.room().catch(() => undefined), this.#keeper.look()]);
    if (kept) {
      this.#replica.hold(kept.held);
      this.company.welcome(kept.you, kept.people);
      this.limits = kept.limits;
    }
    this.heir.begin(left, this.#parts.former);
    this.#show();
    this.#connection.start();
    await this.tabs.join();
    await this.heir.goOn();
  }

  stop(): void {
    this.#flows.flush();
    this.rest();
    this.#connection.stop();
    this.#sending.stop();
    this.tabs.close();
    this.heir.stop();
    this.#drawing.stop();
  }

  /** The page goes out of sight, perhaps for good: everything is kept, and what waits goes out. */
  rest(): void {
    this.#flows.flush();
    this.#remembering.now();
  }

  /** The page comes to the fore, the network is back, the machine woke up. */
  nudge(): void {
    this.#connection.nudge();
    this.tabs.look();
    void this.#sending.reconcile();
  }

  /** Another language was chosen: the server's sentences follow with the next hello. */
  hailAgain(): void {
    this.#connection.restart();
  }

  /** Makes a change: shown at once, kept on this device, then sent. Answers its id. */
  do(action: string, fields: Record<string, unknown> = {}): string {
    const command: Command = { ...fields, type: 'do', id: newId(), action };
    this.#make(command);
    return command.id;
  }

  /** Makes a change and waits for the server's word: null once it is durable, else the refusal. */
  ask(action: string, fields: Record<string, unknown> = {}): Promise<Receipt | null> {
    return new Promise((resolve) => this.#asked.set(this.do(action, fields), resolve));
  }

  /** Sends a refused change once more, as it was or with other fields; a rewording starts from the text as it stands. */
  tryAgain({ command, receipt }: Refusal, other: Record<string, unknown> = {}): void {
    this.refusals.dismiss(command.id);
    const { type: _type, id: _id, action, ...fields } = { ...command, ...other };
    if (keyOf(command) && action === command.action) this.do(action, { ...fields, base: this.#replica.version });
    else if (Object.keys(other).length === 0 && receipt.code !== 'command_reused') this.#make(command);
    else this.do(String(action), Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)));
  }

  /** The block that a note stood in when it was last reworded here: it may be gone by now. */
  blockOf(note: string): string | undefined {
    return this.#blocks.get(note);
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

  /** Words that wait, with their texts: for who can't send them any more. */
  get words(): [TextKey, string][] {
    return this.#flows.ahead();
  }

  /** Says where one is; only the latest counts, and it is not kept. */
  attend(where: Whereabouts): void {
    this.#connection.send({ type: 'presence', ...where });
  }

  /** Calls everyone to a view; facilitators only. */
  summon(view: string): void {
    this.#connection.send({ type: 'summon', view });
  }

  /** While a card is dragged, what others change comes in gathered: what one aims at stays where it is. */
  holdStill(still: boolean): void {
    this.#drawing.still = still;
  }

  /** The version at which the server confirmed what is shown. */
  get version(): number {
    return this.#replica.version;
  }

  /** The server's time in milliseconds since 1970: devices' clocks are minutes off. */
  now(): number {
    return this.#parts.clock.now() + this.#ahead;
  }

  #makeFlows(): Flows {
    return new Flows({
      clock: this.#parts.clock,
      text: (key) => textAt(this.#replica.canvas, key),
      version: () => this.#replica.version,
      limit: (key) => this.limits?.[key.startsWith('note/') ? 'note' : key.endsWith('title') ? 'title' : 'details'] ?? Number.POSITIVE_INFINITY,
      reword: ({ action, ...fields }) => this.do(String(action), fields),
      keepDraft: (key, draft) => this.#keeper.draft(key, draft),
    });
  }

  #makeSending(): Sending {
    return new Sending({
      clock: this.#parts.clock,
      keeper: this.#keeper,
      tabs: this.tabs,
      live: () => this.status.phase === 'live',
      send: (command) => this.#connection.send(command),
      doubt: () => this.#connection.nudge(),
      version: () => this.#replica.version,
      ended: (command, receipt, tell) => this.#ended(command, receipt, tell),
      changed: () => this.#changed(),
    });
  }

  #makeHeir(): Heir {
    return new Heir({
      clock: this.#parts.clock,
      keeper: this.#keeper,
      tabs: this.tabs,
      sending: this.#sending,
      flows: this.#flows,
      refusals: this.refusals,
      stands: () => (this.#replica.canvas === null ? null : { version: this.#replica.version, live: this.status.phase === 'live' }),
      changed: () => this.#changed(),
    });
  }

  #make(command: Command): void {
    const tooLarge = this.limits && new TextEncoder().encode(JSON.stringify(command)).length > this.limits.frame_bytes;
    if (tooLarge) this.#refuse(command, { type: 'receipt', id: command.id, outcome: 'rejected', code: 'text_too_long' });
    else this.#sending.make(command);
    const note = command.action === 'reword_note' ? this.canvas?.notes[String(command.note)] : undefined;
    if (note) this.#blocks.set(note.id, note.block);
    this.#show();
  }

  #turn(status: Status): void {
    this.status = status;
    if (status.because === 'no_access' || status.because === 'no_room') {
      this.#remembering.forget();
      this.#keeper.dropRoom(); // who may not see the room any more does not keep it
    }
  }

  #hear(message: ServerMessage): void {
    try {
      this.#take(message);
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      this.#replica.forget(); // what is held is not what the server holds: fetch it whole
      this.#keeper.dropRoom();
      this.#connection.restart();
    }
  }

  #take(message: ServerMessage): void {
    if (message.type === 'welcome') this.#welcome(message);
    else if (message.type === 'events') this.#events(message.events);
    else if (message.type === 'receipt') this.#sending.receipt(message);
    else if (message.type === 'slow_down' || message.type === 'not_stored') this.#putOff(message);
    else if (message.type === 'people') this.#meet(message.people);
    else if (message.type === 'presence') this.company.see(message.people, message.gone);
    else if (message.type === 'summon') this.company.summons = { view: message.view, by: message.by };
    else if (message.type === 'resync') this.#resync();
    this.#drawing.soon();
  }

  #meet(people: readonly Person[]): void {
    this.company.meet(people);
    this.#remembering.changed(); // an erased name does not stay on this device
  }

  /** Something that stood there is not to be kept, and not to be brought back. */
  #resync(): void {
    this.#keeper.dropRoom();
    this.resyncs += 1;
  }

  #welcome(message: Welcome): void {
    this.company.welcome(message.you, message.people);
    this.limits = message.limits;
    if (message.now) this.#ahead = Date.parse(message.now) - this.#parts.clock.now();
    const another = this.#replica.another(message);
    const events = this.#replica.welcome(message, this.#watcher());
    this.#flows.refresh();
    this.#fresh.push(...events);
    this.#sending.settle(events);
    this.heir.resume();
    this.#sending.replace(this.#flows.startOver((id) => another || Number(this.#sending.queue.get(id)?.command.base ?? 0) > this.#replica.version));
    this.#sending.welcomed(message.limits.commands_per_second);
    this.#remembering.changed();
    this.#drawing.now();
  }

  #events(events: KernEvent[]): void {
    this.#replica.take(events, this.#watcher());
    this.#fresh.push(...events);
    this.#sending.settle(events);
    this.#sending.pump();
    this.#remembering.changed();
    this.#drawing.soon();
  }

  #putOff({ type, id, retry_after_ms }: { type: string; id: string; retry_after_ms: number }): void {
    this.notStored = type === 'not_stored';
    this.#sending.putOff(id, retry_after_ms);
  }

  #ended(command: Command, receipt: Receipt | null, tell: boolean): void {
    this.notStored = false;
    const latest = this.#flows.receipt(command.id, receipt !== null);
    if (receipt === null) this.#answer(command.id, null);
    else if (tell) this.#refuse(latest === null ? command : { ...command, text: latest }, receipt);
    else this.#answer(command.id, receipt);
    this.#drawing.soon();
  }

  /** Whoever asked hears of it; else it is for the list of refusals. */
  #refuse(command: Command, receipt: Receipt): void {
    if (this.#answer(command.id, receipt)) this.#keeper.drop(command.id);
    else this.refusals.add({ command, receipt });
  }

  #answer(id: string, receipt: Receipt | null): boolean {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    asked?.(receipt);
    return asked !== undefined;
  }

  #remember(): void {
    const { held } = this.#replica;
    const { you, people } = this.company;
    if (held && you && this.limits && this.status.phase !== 'ended') this.#keeper.keepRoom({ held, you, people, limits: this.limits });
  }

  #watcher(): ((event: KernEvent) => void) | undefined {
    return this.#flows.any ? (event) => this.#flows.step(event.command) : undefined;
  }

  /** What waits is told at once, its drawing follows. */
  #changed(): void {
    this.#count(this.#flows.ahead());
    this.#drawing.soon();
  }

  #count(words: readonly [TextKey, string][]): void {
    this.waiting = same(this.waiting, this.#sending.queue.items.map(({ command }) => command));
    this.unsent = same(this.unsent, words.map(([key]) => key));
  }

  /** What one does oneself shows at once: on the canvas as it was drawn last, where another is about to be. */
  #show(): void {
    const words = this.#flows.ahead();
    this.#count(words);
    if (this.#replica.canvas === null) return;
    const drawn = this.#drawing.due ? this.#shown.more(this.waiting, words) : null;
    const canvas = drawn ?? this.#shown.canvas(this.#replica.canvas, this.waiting, words, this.company.you?.participant ?? '');
    this.canvas = canvas;
    this.steps = canvas.steps;
    this.locked = canvas.locked;
    if (this.#drawing.due) return;
    if (this.#fresh.length) this.news = this.#fresh;
    this.#fresh = [];
  }
}

/** The list that was there before, where the new one holds the same: then nothing is drawn anew. */
function same<T>(before: readonly T[], now: readonly T[]): readonly T[] {
  return before.length === now.length && before.every((one, index) => one === now[index]) ? before : now;
}
