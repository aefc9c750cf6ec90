import type { RoomShown } from '../../state/room.svelte';
import { remaining } from './remaining';

const LOOK_EVERY_MS = 250;

/** How much of the phase's time is left by the server's clock; to be made while a component is set up. */
export class Countdown {
  #now = $state(0);
  #endsAt: string | null;
  /** Milliseconds; null where there is no end. */
  left: number | null;

  constructor(room: RoomShown) {
    this.#now = room.now();
    this.#endsAt = $derived(room.canvas?.phase?.ends_at ?? null);
    this.left = $derived(remaining(this.#endsAt, this.#now));
    $effect(() => {
      if (this.#endsAt === null) return;
      this.#now = room.now();
      const timer = setInterval(() => (this.#now = room.now()), LOOK_EVERY_MS);
      return () => clearInterval(timer);
    });
  }

  get over(): boolean {
    return this.left === 0;
  }
}
