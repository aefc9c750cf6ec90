export const VIEWS = ['activities', 'canvas', 'judging'] as const;
/** Views of what was: they stand over the room, which goes on meanwhile. */
export const BACKWARD = ['replay', 'compare'] as const;
/** Views beside the work, which are no stop on its way. */
export const BESIDE = ['history'] as const;
export type View = (typeof VIEWS)[number] | (typeof BESIDE)[number] | (typeof BACKWARD)[number];

/** A moment of the room's past, and whether one looks at its canvas or at its activities. */
export interface Moment {
  version: number;
  drawn: boolean;
}

/** Two moments: each a version, or an iteration as it was closed. */
export interface Between {
  from: string;
  to: string;
}

/**
 * Where in a room one is: `#VIEW`, `#replay/VERSION`, `#replay/VERSION/canvas` or `#compare/X/Y`, each with or
 * without `/card/ID`. The same letters say it to others, and lead there for ever.
 */
export interface Placed {
  view: View;
  card: string | null;
  moment?: Moment;
  between?: Between;
}

export function placeOf(hash: string): Placed {
  const [first, ...rest] = hash.slice(1).split('/');
  if (first === 'replay' && /^[1-9]\d{0,15}$/.test(rest[0] ?? '')) {
    const drawn = rest[1] === 'canvas';
    return { view: first, card: cardIn(rest.slice(drawn ? 2 : 1)), moment: { version: Number(rest[0]), drawn } };
  }
  if (first === 'compare' && rest[0] && rest[1]) {
    return { view: first, card: cardIn(rest.slice(2)), between: { from: decoded(rest[0]), to: decoded(rest[1]) } };
  }
  return { view: [...VIEWS, ...BESIDE].find((one) => one === first) ?? 'activities', card: cardIn(rest) };
}

function cardIn([thing, id]: readonly string[]): string | null {
  return thing === 'card' && id ? decoded(id) : null;
}

/** What stands behind an address's escapes; letters that are none of an address stand for themselves. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function addressOf({ view, card, moment, between }: Placed): string {
  const when = moment ? `/${moment.version}${moment.drawn ? '/canvas' : ''}` : '';
  const what = between ? `/${encodeURIComponent(between.from)}/${encodeURIComponent(between.to)}` : '';
  return `#${view}${when}${what}${card === null ? '' : `/card/${encodeURIComponent(card)}`}`;
}

/**
 * The place that somebody else names: they are where they say only if this page would say it in the same
 * letters. Anything else is no place of ours, and nobody is led there.
 */
export function placeSaid(address: string | null | undefined): Placed | null {
  if (!address) return null;
  const place = placeOf(address);
  return addressOf(place) === address ? place : null;
}
