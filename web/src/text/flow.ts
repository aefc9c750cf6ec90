import type { Clock } from '../wire/clock';
import { newId } from '../wire/ids';
import { canonical, merge } from './merge';

const PAUSE_MS = 400;
const AT_LEAST_EVERY_MS = 1000;
const STROKE_ENDS_AFTER_MS = 4000;

/** What has to be kept of a text that is being written, so that a closed tab loses none of it. */
export interface Draft {
  draft: string;
  baseText: string;
  baseVersion: number;
  underWay: { id: string; text: string } | null;
}

export interface FlowPort {
  clock: Clock;
  /** Makes a rewording a pending command; answers its id. */
  reword(text: string, base: number, stroke: string): string;
  /** Keeps the draft, or lets go of it. */
  keep(draft: Draft | null): void;
  /** A text that may not be empty waits, empty, until something stands there. */
  required: boolean;
  /** Code points the server takes; what is longer waits. */
  limit: () => number;
}

/**
 * One text while it is being written. One rewording is under way at a time; what is typed meanwhile
 * waits, is merged with the answer, and becomes the next one. The writer's own spelling stays: the
 * server's tidying of blanks is never brought back under the caret.
 */
export class TextFlow {
  /** Told when somebody else's change went into the draft; `place` moves a caret along. */
  onmerged: ((text: string, place: (offset: number) => number) => void) | null = null;
  #port: FlowPort;
  #state: Draft;
  #stroke = '';
  #lastTyped = Number.NEGATIVE_INFINITY;
  #unsentSince: number | null = null;
  #due = false; // its time came while a rewording was under way
  #refused = false; // and nothing was typed since
  #stopTimer: () => void = () => {};

  constructor(port: FlowPort, state: Draft) {
    this.#port = port;
    this.#state = state;
  }

  get draft(): string {
    return this.#state.draft;
  }

  get underWay(): string | null {
    return this.#state.underWay?.id ?? null;
  }

  /** Something stands here that the server has not been told. */
  get dirty(): boolean {
    return canonical(this.#state.draft) !== (this.#state.underWay?.text ?? this.#state.baseText);
  }

  /** How many characters the draft is longer than the server takes; 0 where it fits. */
  get excess(): number {
    return Math.max(0, [...canonical(this.#state.draft)].length - this.#port.limit());
  }

  /** What others than the field may show of it: null where that is the server's own text. */
  get ahead(): string | null {
    const waits = this.dirty && !this.#refused && !this.#blank;
    return waits ? canonical(this.#state.draft) : null;
  }

  /** Nothing under way and nothing that waits: once its field is left, it can go. */
  get idle(): boolean {
    return this.#state.underWay === null && this.ahead === null;
  }

  get #blank(): boolean {
    return this.#port.required && canonical(this.#state.draft) === '';
  }

  /** The writer's text now; `seen` is the draft that the field showed when it was typed into. */
  type(text: string, seen: string): void {
    const now = this.#port.clock.now();
    if (this.#stroke === '' || now - this.#lastTyped > STROKE_ENDS_AFTER_MS) this.#stroke = newId();
    this.#lastTyped = now;
    this.#refused = false;
    this.#state.draft = seen === this.#state.draft ? text : merge(seen, text, this.#state.draft).text;
    this.#unsentSince ??= now;
    this.#keep();
    const pause = Math.min(PAUSE_MS, Math.max(0, this.#unsentSince + AT_LEAST_EVERY_MS - now));
    this.#wait(pause);
  }

  /** Sends what is there, unless a rewording is under way: then the answer sends it. */
  flush(): void {
    this.#stopTimer();
    this.#due = this.#state.underWay !== null;
    if (this.#due || this.#blank || this.excess > 0 || this.#refused) return;
    this.#unsentSince = null;
    if (!this.dirty) return;
    const { draft, baseVersion } = this.#state;
    if (this.#stroke === '') this.#stroke = newId();
    this.#state.underWay = { id: this.#port.reword(draft, baseVersion, this.#stroke), text: canonical(draft) };
    this.#keep();
  }

  /** The rewording under way was answered: the text stands like this at this version. */
  answered(text: string, version: number): void {
    const sent = this.#state.underWay;
    if (sent === null) return;
    this.#state.underWay = null;
    this.#rebase(sent.text, text, version);
    if (this.#due) this.flush();
  }

  /** Somebody else changed the text. While a rewording is under way its answer will bring that along. */
  changed(text: string, version: number): void {
    if (this.#state.underWay === null) this.#rebase(this.#state.baseText, text, version);
  }

  /** The rewording under way was refused; what is in the field stays there until it is left. */
  refused(): void {
    this.#state.underWay = null;
    this.#stopTimer();
    this.#unsentSince = null;
    this.#refused = true;
    this.#port.keep(null);
  }

  /** The log is another one, so the base means nothing in it: the words start from the text as it stands there. */
  startOver(text: string, version: number): void {
    this.#state.underWay = null;
    this.#rebase(this.#state.baseText, text, version);
    this.flush();
  }

  /** A draft that was kept over a reload goes on where it was. */
  resume(): void {
    if (this.dirty) this.flush();
  }

  #rebase(from: string, text: string, version: number): void {
    const before = this.#state.draft;
    const merged = merge(from, before, text);
    this.#state.draft = merged.text;
    this.#state.baseText = text;
    this.#state.baseVersion = version;
    this.#keep();
    if (merged.text !== before) this.onmerged?.(merged.text, merged.place);
  }

  #keep(): void {
    this.#port.keep(this.dirty ? structuredClone(this.#state) : null);
  }

  #wait(ms: number): void {
    this.#stopTimer();
    this.#stopTimer = this.#port.clock.after(ms, () => this.flush());
  }
}
