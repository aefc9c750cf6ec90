import type { Desk } from '../../state/desk.svelte';
import { router } from '../../views/route.svelte';

/** Leaves the room as it is for a moment, and looks at what happened; one begins at the newest. */
export function lookBack({ room }: Desk): void {
  const { view, card, moment } = router.place;
  if (room.canvas === null || room.version < 1 || moment) return;
  router.visit({ view: 'replay', card, moment: { version: room.version, drawn: view === 'canvas' } });
}

/**
 * What changed since the newest iteration was closed; where it was closed just now, what it changed itself. Before the first one
 * is the beginning.
 */
export function compareNow({ room }: Desk): void {
  const closed = (room.canvas?.iterations ?? []).filter(({ to }) => to !== null);
  const last = closed.at(-1);
  const between =
    last?.to === room.version ? { from: closed.at(-2)?.id ?? '0', to: last.id } : { from: last?.id ?? '0', to: String(room.version) };
  router.visit({ view: 'compare', card: null, between });
}
