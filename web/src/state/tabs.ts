import type { Clock } from '../wire/clock';
import { newId } from '../wire/ids';
import type { Receipt } from '../wire/messages';
import type { KeptCommand } from './outbox';

export const ANSWER_WITHIN_MS = 300;
const ASK_EVERY_MS = 2000;
const THERE_FOR_MS = 90_000;

/** What one tab says to the others of the same person in the same room. */
export type Said =
  | { kind: 'who'; tab: string }
  | { kind: 'here'; tab: string; sends: boolean; term: number; fit: number }
  | { kind: 'gone'; tab: string }
  | { kind: 'made'; tab: string; commands: KeptCommand[] }
  | { kind: 'answered'; tab: string; id: string; receipt: Receipt | null; version: number; to: string };

export type Channel = Pick<BroadcastChannel, 'onmessage' | 'postMessage' | 'close'>;

interface Port {
  channel: Channel;
  clock: Clock;
  /** How good it would be if this tab sent: whether its line is live, whether somebody looks at it. */
  fit(): number;
  /** Another tab made changes, or got answers. */
  hear(said: Said): void;
  /** The turn to send came, or went to another tab. */
  turned(): void;
}

/**
 * The tabs that one person has open in one room, of which one sends. Made of messages and patience
 * alone, since a page that came by plain http has no locks to ask for: who does not answer for a
 * second has lost its turn, be it closed, crashed or frozen by the phone; a tab that somebody looks
 * at takes it from one that nobody does.
 *
 * Nothing depends on its being right. Where two send at once, each command's id makes the second
 * sending harmless: the server answers `duplicate`. It only spares sending everything twice.
 */
export class Tabs {
  readonly id = newId();
  sends = false;
  #port: Port;
  #term = 0;
  #sender: { tab: string; at: number } | null = null;
  #there = new Map<string, number>();
  #asked = 0;
  #stopTimers: (() => void)[] = [];
  #closed = false;

  constructor(port: Port) {
    this.#port = port;
    port.channel.onmessage = ({ data }) => this.#hear(data as Said);
  }

  /** Asks who is there; resolves once they have had time to answer. */
  async join(): Promise<void> {
    this.#stop();
    this.#asked = this.#port.clock.now();
    this.say({ kind: 'who', tab: this.id });
    await new Promise<void>((resolve) => void this.#port.clock.after(ANSWER_WITHIN_MS, resolve));
    if (this.#closed) return; // gone again before the others could answer
    if (!this.#sender) this.#claim();
    this.#watch();
  }

  /** This tab goes: another takes its turn at once. */
  leave(): void {
    this.#stop();
    this.sends = false;
    this.#sender = null;
    this.say({ kind: 'gone', tab: this.id });
  }

  close(): void {
    this.leave();
    this.#closed = true;
    this.#port.channel.close();
  }

  say(said: Said): void {
    if (!this.#closed) this.#port.channel.postMessage(said);
  }

  /** Whether any tab but this one has been heard of lately. */
  get several(): boolean {
    return [...this.#there.keys()].some((tab) => this.isThere(tab));
  }

  /** Whether that tab has said something lately; hidden ones speak seldom. */
  isThere(tab: string): boolean {
    const at = this.#there.get(tab);
    return tab === this.id || (at !== undefined && this.#port.clock.now() - at < THERE_FOR_MS);
  }

  /** Whether the one that sends is still there; asked as well whenever somebody looks at this tab. One that
   * sends says so: it may have slept through another's taking its turn, who then tells it. */
  look(): void {
    if (this.sends) {
      this.#answer();
      return;
    }
    this.#asked = this.#port.clock.now();
    this.say({ kind: 'who', tab: this.id });
    this.#later(1000, () => {
      if (!this.sends && (this.#sender === null || this.#sender.at < this.#asked)) this.#claim();
    });
  }

  #watch(): void {
    this.#later(ASK_EVERY_MS, () => {
      if (!this.sends || this.several) this.look();
      this.#watch();
    });
  }

  #claim(): void {
    this.#term += 1;
    this.#sender = null;
    this.sends = true;
    this.#answer();
    this.#port.turned();
  }

  #hear(said: Said): void {
    if (said.tab === this.id) return;
    this.#there.set(said.tab, this.#port.clock.now());
    if (said.kind === 'who') this.#answer();
    else if (said.kind === 'here') this.#weigh(said);
    else if (said.kind === 'gone') this.#miss(said.tab);
    else this.#port.hear(said);
  }

  #answer(): void {
    this.say({ kind: 'here', tab: this.id, sends: this.sends, term: this.#term, fit: this.#port.fit() });
  }

  /** Of two that send, the later turn counts; of two of the same, the greater name. */
  #weigh({ tab, sends, term, fit }: Extract<Said, { kind: 'here' }>): void {
    if (!sends) return;
    const outranks = term > this.#term || (term === this.#term && (!this.sends || tab > this.id));
    if (!outranks) {
      if (this.sends) this.#answer();
      return;
    }
    const turned = this.sends || this.#sender?.tab !== tab;
    this.sends = false;
    this.#term = term;
    this.#sender = { tab, at: this.#port.clock.now() };
    if (turned) this.#port.turned();
    if (this.#port.fit() > fit) this.#claim();
  }

  #miss(tab: string): void {
    this.#there.delete(tab);
    this.#port.hear({ kind: 'gone', tab });
    if (this.#sender?.tab === tab) this.#claim();
  }

  #later(ms: number, then: () => void): void {
    const stop = this.#port.clock.after(ms, () => {
      this.#stopTimers = this.#stopTimers.filter((other) => other !== stop);
      then();
    });
    this.#stopTimers.push(stop);
  }

  #stop(): void {
    for (const stop of this.#stopTimers) stop();
    this.#stopTimers = [];
  }
}

/** Of a browser without channels each tab is on its own; the ids of its commands keep that harmless. */
export function channel(name: string): Channel {
  if (typeof BroadcastChannel !== 'undefined') return new BroadcastChannel(name);
  return { onmessage: null, postMessage: () => {}, close: () => {} };
}
