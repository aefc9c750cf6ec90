import { backoff } from './backoff';
import type { Clock } from './clock';
import { comesBack, type Ending, ending } from './close';
import type { ClientMessage, Hello, ServerMessage } from './messages';

const WELCOME_WITHIN_MS = 15_000;
const PING_EVERY_MS = 15_000;
const ANSWER_WITHIN_MS = 10_000;
/** After a sleep or a change of networks the line is dead more often than not. */
const ANSWER_AFTER_NUDGE_MS = 4000;
const STUCK_AFTER_MS = 2000;
/** Not at once: a room that can't be read, or a server that had too much of this person. */
const LATER_MS: Partial<Record<Ending, number>> = { damaged: 15_000, busy: 5000 };

/** As much of a browser's WebSocket as is needed. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((message: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  send(text: string): void;
  close(): void;
}

export type Phase = 'connecting' | 'live' | 'reconnecting' | 'ended';

export interface Status {
  phase: Phase;
  /** Why the last connection ended; null before that and while all is well. */
  because: Ending | null;
}

interface Parts {
  open: () => Socket;
  hello: () => Hello;
  /** Called for every message but pongs; a welcome is the first of each connection. */
  hear: (message: ServerMessage) => void;
  changed: (status: Status) => void;
  clock: Clock;
  random?: () => number;
}

/**
 * One person's line to the room. It comes back by itself after whatever is worth a retry, notices
 * a line that is dead but not closed, and stops for good where coming back makes no sense.
 */
export class Connection {
  status: Status = { phase: 'connecting', because: null };
  #parts: Parts;
  #socket: Socket | null = null;
  #started = false;
  #attempt = 0;
  #since = 0;
  #pings = 0;
  #stopTimer: () => void = () => {};

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  start(): void {
    this.#started = true;
    this.#connect();
  }

  /** Ends the line; nothing is heard any more. */
  stop(): void {
    this.#started = false;
    this.#drop();
    this.#stopTimer();
  }

  /** Starts afresh with a new hello: another language, or a canvas that has to be fetched whole. */
  restart(): void {
    if (!this.#started || this.status.phase === 'ended') return;
    this.#drop();
    this.#say({ phase: this.status.phase === 'connecting' ? 'connecting' : 'reconnecting', because: null });
    this.#connect();
  }

  /** The network or the machine seems to be back: looks at once rather than when the wait is over. */
  nudge(): void {
    if (!this.#started || this.status.phase === 'ended') return;
    if (this.status.phase === 'live') this.#ping(ANSWER_AFTER_NUDGE_MS);
    else if (this.#socket === null || this.#parts.clock.now() - this.#since > STUCK_AFTER_MS) {
      this.#drop();
      this.#connect();
    }
  }

  /** Whether it went out; what does not is sent again after the next welcome by who keeps it. */
  send(message: ClientMessage): boolean {
    if (this.status.phase !== 'live' || this.#socket === null) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  #connect(): void {
    this.#stopTimer();
    this.#since = this.#parts.clock.now();
    const socket = this.#parts.open();
    this.#socket = socket;
    socket.onopen = () => socket.send(JSON.stringify(this.#parts.hello()));
    socket.onmessage = ({ data }) => this.#take(JSON.parse(String(data)) as ServerMessage);
    socket.onclose = ({ code }) => this.#lost(ending(code));
    this.#wait(WELCOME_WITHIN_MS, () => this.#lost('retry'));
  }

  #take(message: ServerMessage): void {
    if (message.type === 'welcome') {
      this.#attempt = 0;
      this.#say({ phase: 'live', because: null });
    }
    if (this.status.phase === 'live') this.#wait(PING_EVERY_MS, () => this.#ping());
    if (message.type !== 'pong') this.#parts.hear(message);
  }

  #ping(within = ANSWER_WITHIN_MS): void {
    this.#pings += 1;
    this.send({ type: 'ping', n: this.#pings });
    this.#wait(within, () => this.#lost('retry'));
  }

  #lost(because: Ending): void {
    this.#drop();
    if (!comesBack(because)) {
      this.#stopTimer();
      this.#say({ phase: 'ended', because });
      return;
    }
    const pause = Math.max(LATER_MS[because] ?? 0, backoff(this.#attempt, this.#parts.random));
    this.#attempt += 1;
    this.#wait(pause, () => this.#connect());
    // What was said of the reason still holds while nobody answers.
    const said = this.status.because;
    this.#say({ phase: 'reconnecting', because: because === 'retry' && said !== null ? said : because });
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #wait(ms: number, then: () => void): void {
    this.#stopTimer();
    this.#stopTimer = this.#parts.clock.after(ms, then);
  }

  #say(status: Status): void {
    this.status = status;
    this.#parts.changed(status);
  }
}
