/** What a closed connection means for the person in front of it. */
export type Ending =
  | 'retry' // a lost network, a busy server: come back by itself
  | 'slow' // this line could not keep up with what is said in the room
  | 'busy' // more came from this person than the server takes
  | 'draining' // the server is going down in good order and will be back
  | 'damaged' // the room can't be read; others go on, so ask again, slowly
  | 'no_access' // removed, or the token no longer holds
  | 'no_room' // no such room, or not for this token
  | 'outdated'; // this page and the server do not speak the same protocol

const ENDINGS: Record<number, Ending> = {
  1011: 'damaged',
  1013: 'slow',
  4400: 'outdated',
  4401: 'no_access',
  4403: 'no_access',
  4404: 'no_room',
  4409: 'outdated',
  4413: 'outdated',
  4429: 'busy',
  4503: 'draining',
};

/** The meaning of a WebSocket close code; whatever is not known is worth a retry. */
export function ending(code: number): Ending {
  return ENDINGS[code] ?? 'retry';
}

const FOR_GOOD: ReadonlySet<Ending> = new Set(['no_access', 'no_room', 'outdated']);

/** Whether coming back by itself makes sense. */
export function comesBack(what: Ending): boolean {
  return !FOR_GOOD.has(what);
}
