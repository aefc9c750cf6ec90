/** The wire's shapes: what the server says, and what this client says to it. */

import type { Change } from '../state/patch';
import type { Canvas, Role } from './canvas';


export interface Person {
  participant: string;
  name: string;
  role: Role;
  removed?: boolean;
  /** Their name was erased; this number stands for it. */
  former?: number;
}

export interface KernEvent {
  version: number;
  epoch: string;
  type: string;
  at: string;
  by: string | null;
  command: string | null;
  data: Record<string, unknown>;
  changes: Change[];
  digest: string;
  /** Where in `data` what people wrote stands, as pointers. */
  words?: readonly string[];
}

export interface Limits {
  frame_bytes: number;
  title: number;
  details: number;
  note: number;
  comment: number;
  commands_per_second: number;
}

/** One command: sent as it is, never changed once it was sent. */
export interface Command {
  type: 'do';
  id: string;
  action: string;
  [field: string]: unknown;
}

export interface Welcome {
  type: 'welcome';
  room: string;
  epoch: string;
  shape?: string;
  you: Person;
  version: number;
  /** The server's clock, as events have it. */
  now?: string;
  limits: Limits;
  people: Person[];
  canvas?: Canvas;
  events?: KernEvent[];
}

export interface Receipt {
  type: 'receipt';
  id: string;
  outcome: 'duplicate' | 'unchanged' | 'rejected';
  versions?: number[];
  code?: string;
  message?: string;
  blockers?: Blocker[];
  /** With `activity_retired`: into which it was combined. */
  into?: string;
  /** With a text that is too long: which, and how long it may be. */
  field?: string;
  limit?: number;
}

export interface Blocker {
  activity: string;
  needs: ('category' | 'judgement' | 'value_proposition')[];
}

/** Where somebody is. Nothing of it is stored; what has its default may be absent. */
export interface Whereabouts {
  /** The thing that they have open or write in. */
  focus: string | null;
  /** In thousandths of the view they look at. */
  cursor: [number, number] | null;
  typing: boolean;
  view?: string | null;
  /** The things they have selected. */
  selection?: string[];
  /** "I'm done." */
  hand?: boolean;
}

export interface Presence extends Person, Whereabouts {}

export type ServerMessage =
  | Welcome
  | Receipt
  | { type: 'events'; from: number; to: number; events: KernEvent[] }
  | { type: 'presence'; people: Presence[]; gone: string[] }
  | { type: 'people'; people: Person[] }
  | { type: 'summon'; view: string; by: string }
  | { type: 'not_stored' | 'slow_down'; id: string; retry_after_ms: number }
  | { type: 'resync' }
  | { type: 'error'; code: string; message: string }
  | { type: 'pong'; n: number };

export interface Hello {
  type: 'hello';
  protocol: 1;
  token: string;
  since: number | null;
  epoch: string | null;
  digest?: string;
  shape?: string;
  language: string;
}

export type ClientMessage =
  | Hello
  | Command
  | ({ type: 'presence' } & Whereabouts)
  | { type: 'summon'; view: string }
  | { type: 'ping'; n: number };
