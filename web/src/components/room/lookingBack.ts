import type { Desk } from '../../state/desk.svelte';
import { router } from '../../views/route.svelte';

/** Leaves the room as it is for a moment, and looks at what happened; one begins at the newest. */
export function lookBack({ room }: Desk): void {
  const { view, card, moment } = router.place;
  if (room.canvas === null || room.version < 1 || moment) return;
  router.visit({ view: 'replay', card, moment: { version: room.version, drawn: view === 'canvas' } });
}

/** What changed since the newest iteration was closed; where none was, since the beginning. */
export function compareNow({ room }: Desk): void {
  const closed = room.canvas?.iterations.findLast(({ to }) => to !== null);
  router.visit({ view: 'compare', card: null, between: { from: closed?.id ?? '0', to: String(room.version) } });
}
