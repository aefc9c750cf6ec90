import type { Canvas, Role } from './canvas';
import type { KernEvent } from './messages';
import type { CatchUp, Checkpoint, Comparison, Lifeline, RevisionsPage, Timeline } from './past';

/** An answer that is no success: `code` is for programs, the message for people. */
export class Problem extends Error {
  override name = 'Problem';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export interface Links {
  facilitator?: string;
  participant?: string;
  observer?: string;
}

export interface OpenedRoom {
  room: string;
  token: string;
  participant: string;
  links: Links;
  /** What participants may join by instead of a link. */
  code?: string;
}

export interface JoinedRoom {
  token: string;
  participant: string;
  role: Role;
  name: string;
}

export interface NewRoom {
  title: string;
  language: string;
  name?: string;
  template: string;
}

export interface Prompt {
  key: string;
  text: string;
  /** Whose question it is, where it is somebody's. */
  source?: string;
}

export interface Prompts {
  master: Prompt;
  general: Prompt[];
  production: Prompt[];
  problem_solving: Prompt[];
  platform_network: Prompt[];
}

/** The life of an activity in numbers. */
export interface Life {
  changes: number;
  since: string;
  last: string;
  by: string[];
}

export type DifferenceKind = 'added' | 'retired' | 'restored' | 'combined' | 'reworded' | 'moved' | 'placed' | 'judged' | 'linked' | 'unlinked';

/** What a command would change besides: `also` counts, by type, the events that no difference tells of. */
export interface Preview {
  differences: { activity: string; kind: DifferenceKind; field: string | null; before: unknown; after: unknown }[];
  skipped: { version: number; because: string }[];
  also?: Record<string, number>;
}

export function openRoom(wish: NewRoom): Promise<OpenedRoom> {
  return call('POST', '/api/rooms', { body: wish, language: wish.language });
}

/** A new room that starts with what stands in another, or stood there at a version; for who leads the other. */
export function copyRoom(from: string, token: string, wish: Omit<NewRoom, 'template'>, version?: number): Promise<OpenedRoom> {
  const copy = { room: from, ...(version === undefined ? {} : { version }) };
  return call('POST', '/api/rooms', { body: { ...wish, copy }, token, language: wish.language });
}

export function joinRoom(room: string, invite: string, name: string, language: string): Promise<JoinedRoom> {
  return call('POST', `${at(room)}/join`, { body: { invite, name }, language });
}

export function joinByCode(code: string, name: string, language: string): Promise<JoinedRoom & { room: string }> {
  return call('POST', '/api/join', { body: { code, name }, language });
}

export function prompts(language: string): Promise<Prompts> {
  return call('GET', `/api/prompts?language=${language}`, { language });
}

/** Calls of somebody who is in a room. */
export class RoomCalls {
  #room: string;
  #token: string;
  #language: () => string;

  constructor(room: string, token: string, language: () => string) {
    this.#room = room;
    this.#token = token;
    this.#language = language;
  }

  invites(): Promise<{ invites: { id: string; role: Role }[] }> {
    return this.#call('GET', '/invites');
  }

  /** The link is shown this once. */
  makeInvite(role: Role): Promise<{ invite: string; link: string }> {
    return this.#call('POST', '/invites', { role });
  }

  endInvite(invite: string): Promise<void> {
    return this.#call('DELETE', `/invites/${encodeURIComponent(invite)}`);
  }

  code(): Promise<{ code: string }> {
    return this.#call('GET', '/code');
  }

  renewCode(): Promise<{ code: string }> {
    return this.#call('POST', '/code', {});
  }

  rename(name: string): Promise<{ participant: string; name: string; role: Role }> {
    return this.#call('PATCH', '/people/me', { name });
  }

  eraseName(participant: string): Promise<void> {
    return this.#call('DELETE', `/people/${encodeURIComponent(participant)}/name`);
  }

  life(activity: string): Promise<Life> {
    return this.#call('GET', `/activities/${encodeURIComponent(activity)}/life`);
  }

  /** What a command would change, and what it would leave as it is; nothing happens. */
  preview(action: string, fields: object): Promise<Preview> {
    return this.#call('POST', '/preview', { action, ...fields });
  }

  /** The version that was the newest at a time. */
  async versionAt(time: Date): Promise<number> {
    const { version } = await this.#call<{ version: number }>('GET', `/canvas?at=${time.toISOString()}`);
    return version;
  }

  /** The canvas as it was. */
  canvasAt(version: number): Promise<{ canvas: Canvas }> {
    return this.#call('GET', `/canvas?version=${version}`);
  }

  events(after: number, limit: number): Promise<{ events: KernEvent[] }> {
    return this.#call('GET', `/events?after=${after}&limit=${limit}`);
  }

  timeline(): Promise<Timeline> {
    return this.#call('GET', '/timeline');
  }

  /** The iterations, each with the version that it went on from. */
  iterations(): Promise<{ iterations: { iteration: string | null; since: number }[] }> {
    return this.#call('GET', '/iterations');
  }

  lifeline(activity: string): Promise<Lifeline> {
    return this.#call('GET', `/activities/${encodeURIComponent(activity)}/lifeline`);
  }

  /** What lies between two moments, each a version or an iteration, in words. */
  compare(from: string, to: string): Promise<Comparison> {
    return this.#call('GET', `/compare?${new URLSearchParams({ from, to, language: this.#language() })}`);
  }

  /** Who changed what, in order, behind a version; a filter that is empty leaves nothing out. */
  revisions(sought: { participant: string; kind: string; activity: string; versions: string; after: number; limit: number }): Promise<RevisionsPage> {
    return this.#call('GET', `/revisions?${given(sought)}`);
  }

  /** The versions of all events that fit, by the words that people read too. */
  versions(sought: { participant: string; kind: string; activity: string; text: string }): Promise<{ version: number; versions: number[] }> {
    return this.#call('GET', `/revisions/versions?${given({ ...sought, language: this.#language() })}`);
  }

  catchUp(since: number): Promise<CatchUp> {
    return this.#call('GET', `/catch-up?since=${since}&language=${this.#language()}`);
  }

  checkpoints(after: number): Promise<{ checkpoints: Checkpoint[]; next: number | null }> {
    return this.#call('GET', `/checkpoints?after=${after}`);
  }

  /** Signs the newest version. */
  makeCheckpoint(): Promise<Checkpoint> {
    return this.#call('POST', '/checkpoints', {});
  }

  key(): Promise<{ key: string; former: string[] }> {
    return call('GET', '/api/key', { language: this.#language() });
  }

  /** A file of this room, by the path below it. */
  async file(path: string): Promise<{ content: Blob; name: string }> {
    const response = await fetch(at(this.#room) + path, { headers: { Authorization: `Bearer ${this.#token}`, 'Accept-Language': this.#language() } });
    if (!response.ok) throw new Problem(response.status, 'unknown', '');
    const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
    return { content: await response.blob(), name: name ?? 'kern' };
  }

  #call<T>(method: string, path: string, body?: object): Promise<T> {
    return call(method, at(this.#room) + path, { token: this.#token, language: this.#language(), ...(body ? { body } : {}) });
  }
}

/** What is empty leaves nothing out. */
function given(parameters: Record<string, string | number>): URLSearchParams {
  return new URLSearchParams(Object.entries(parameters).flatMap(([name, value]) => (value === '' ? [] : [[name, String(value)]])));
}

function at(room: string): string {
  return `/api/rooms/${encodeURIComponent(room)}`;
}

async function call<T>(method: string, path: string, { body, token, language }: { body?: object; token?: string; language: string }): Promise<T> {
  const response = await fetch(path, {
    method,
    headers: {
      'Accept-Language': language,
      ...(body ? { 'Content-Type': 'application/json' } : {}),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer as T;
  throw new Problem(response.status, answer.code ?? 'unknown', answer.detail ?? answer.title ?? '');
}
