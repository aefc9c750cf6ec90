import type { Role } from './messages';

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

export function openRoom(wish: NewRoom): Promise<OpenedRoom> {
  return post('/api/rooms', wish, wish.language);
}

export function joinRoom(room: string, invite: string, name: string, language: string): Promise<JoinedRoom> {
  return post(`/api/rooms/${encodeURIComponent(room)}/join`, { invite, name }, language);
}

async function post<T>(path: string, body: object, language: string): Promise<T> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Accept-Language': language },
    body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer as T;
  throw new Problem(response.status, answer.code ?? 'unknown', answer.detail ?? answer.title ?? '');
}
