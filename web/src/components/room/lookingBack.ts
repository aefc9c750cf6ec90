import type { Desk } from '../../state/desk.svelte';
import { router } from '../../views/route.svelte';

/** Leaves the room as it is for a moment, and looks at what happened; one begins at the newest. */
export function lookBack({ room }: Desk): void {
  const { view, card, moment } = router.place;
  if (room.canvas === null || room.version < 1 || moment) return;
  router.visit({ view: 'replay', card, moment: { version: room.version, drawn: view === 'canvas' } });
}
