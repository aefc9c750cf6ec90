export const VIEWS = ['activities', 'canvas', 'judging'] as const;
export type View = (typeof VIEWS)[number];

/** Where in a room one is: `#VIEW` or `#VIEW/card/ID`. The same letters say it to others. */
export interface Placed {
  view: View;
  card: string | null;
}

export function placeOf(hash: string): Placed {
  const [view, thing, id] = hash.slice(1).split('/');
  return { view: VIEWS.find((one) => one === view) ?? 'activities', card: thing === 'card' && id ? decoded(id) : null };
}

/** What stands behind an address's escapes; letters that are none of an address stand for themselves. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function addressOf({ view, card }: Placed): string {
  return card === null ? `#${view}` : `#${view}/card/${encodeURIComponent(card)}`;
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
