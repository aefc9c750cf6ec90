import type { Role } from '../wire/canvas';
import type { Links } from '../wire/http';

const STORED_AS = 'kern.rooms';

/** What lets this device into a room again. */
export interface Doorkey {
  room: string;
  token: string;
  participant: string;
  role: Role;
  name: string;
  title: string;
  links: Links;
  /** It no longer opens the room; what was written with it may still lie on this device. */
  lost?: boolean;
  /** The code one joined by, as it was typed, or that the room was opened with. */
  code?: string;
  /** When it was last used, in milliseconds since 1970. */
  at: number;
}

/** The rooms of this device, the latest first. */
export function doorkeys(): Doorkey[] {
  try {
    const stored = JSON.parse(localStorage.getItem(STORED_AS) ?? '[]') as Doorkey[];
    return stored.sort((a, b) => b.at - a.at);
  } catch {
    return [];
  }
}

export function doorkey(room: string): Doorkey | undefined {
  return doorkeys().find((key) => key.room === room);
}

/** The room that this device came into by such a code. */
export function doorkeyByCode(code: string): Doorkey | undefined {
  return doorkeys().find((key) => key.code !== undefined && plainCode(key.code) === plainCode(code));
}

/** However it was typed: in capitals or not, in groups or not. */
export function plainCode(code: string): string {
  return code.replace(/[\s-]/g, '').toUpperCase();
}

export function keepDoorkey(key: Doorkey): void {
  store([key, ...doorkeys().filter(({ room }) => room !== key.room)]);
}

export function dropDoorkey(room: string): void {
  store(doorkeys().filter((key) => key.room !== room));
}

function store(keys: Doorkey[]): void {
  localStorage.setItem(STORED_AS, JSON.stringify(keys));
}
