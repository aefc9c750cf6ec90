/** The wire's shapes: what the server says, and what this client says to it. */
import type { Canvas } from '../state/canvas';
import type { Change } from '../state/patch';

export type Role = 'facilitator' | 'participant' | 'observer';

export interface Person {
  participant: string;
  name: string;
  role: Role;
  removed?: boolean;
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
}

export interface Blocker {
  activity: string;
  needs: ('category' | 'judgement' | 'value_proposition')[];
}

export interface Presence extends Person {
  focus: string | null;
  cursor: [number, number] | null;
  typing: boolean;
}

export type ServerMessage =
  | Welcome
  | Receipt
  | { type: 'events'; from: number; to: number; events: KernEvent[] }
  | { type: 'presence'; people: Presence[]; gone: string[] }
  | { type: 'people'; people: Person[] }
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
  | { type: 'presence'; focus: string | null; cursor: [number, number] | null; typing: boolean }
  | { type: 'ping'; n: number };
