import type { Doorkey } from '../../state/doorkeys';
import type { RoomShown } from '../../state/room.svelte';

/** Up to where somebody saw a room on this device, and when. */
export interface Seen {
  version: number;
  at: number | null;
}

const AWAY_MS = 5 * 60_000;

function storedAs({ room, participant }: Doorkey): string {
  return `kern.seen ${room} ${participant}`;
}

/**
 * Where to begin to tell: where they left, if they were away for some minutes; at the beginning for who comes to
 * what others have begun;
 * null where there is nothing to tell.
 */
export function lastSeen(key: Doorkey, now: number, works: boolean): Seen | null {
  try {
    const stored = JSON.parse(localStorage.getItem(storedAs(key)) ?? 'null') as Partial<Seen> | null;
    if (stored === null) return works ? { version: 0, at: null } : null;
    if (typeof stored.version !== 'number' || typeof stored.at !== 'number') return null;
    return now - stored.at < AWAY_MS ? null : { version: stored.version, at: stored.at };
  } catch {
    return null;
  }
}

/** Remembers up to where the room was seen. */
export function left(key: Doorkey, seen: Seen): void {
  try {
    localStorage.setItem(storedAs(key), JSON.stringify(seen));
  } catch {
    // A device without room tells everything once more.
  }
}

/** Whether others have put something on the canvas, which a newcomer may want to be told of. */
export function othersWork({ canvas, company }: Pick<RoomShown, 'canvas' | 'company'>): boolean {
  const me = company.you?.participant;
  return Object.values(canvas?.activities ?? {}).some(({ by }) => by !== null && by !== me);
}

interface Room {
  version: number;
  now: () => number;
}

/** Remembers it whenever the page is left, or put away; answers how to stop. */
export function rememberLeaving(key: Doorkey, room: Room): () => void {
  const remember = () => room.version > 0 && left(key, { version: room.version, at: room.now() });
  const away = () => document.visibilityState === 'hidden' && remember();
  document.addEventListener('visibilitychange', away);
  return () => {
    document.removeEventListener('visibilitychange', away);
    remember();
  };
}
