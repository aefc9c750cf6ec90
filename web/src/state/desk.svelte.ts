import { getContext, setContext } from 'svelte';
import type { TextKey } from '../text/flows';
import { wallClock } from '../wire/clock';
import { Attention } from './attention';
import type { Doorkey } from './doorkeys';
import type { Room } from './room.svelte';

/** What lies open on one person's screen; nobody else sees it. */
export class Desk {
  room: Room;
  doorkey: Doorkey;
  attention: Attention;
  /** The activity whose details are open. */
  card: string | null = $state(null);
  /** Which step is looked at: all, the end product (null), or one step's id. */
  step: 'all' | null | string = $state('all');
  dialog: 'retired' | 'invite' | 'steps' | 'open_iteration' | 'close_iteration' | 'people' | null = $state(null);
  /** Something to say to who can't see what just happened. */
  said = $state('');

  constructor(room: Room, doorkey: Doorkey) {
    this.room = room;
    this.doorkey = doorkey;
    this.attention = new Attention(room, wallClock);
  }

  get leads(): boolean {
    return this.room.company.you?.role === 'facilitator';
  }

  get mayEdit(): boolean {
    return this.room.company.you?.role !== 'observer' && (this.leads || !this.room.locked);
  }

  /** The things with changes that are not durable yet. */
  unsaved: ReadonlySet<string> = $derived.by(() => {
    const named = this.room.waiting.flatMap(({ activity, note, into }) => [activity, note, into].filter((id) => typeof id === 'string'));
    return new Set([...named, ...this.room.unsent.map((key: TextKey) => key.split('/')[1] as string)]);
  });

  /** For each thing, who is there, and whether they write. */
  near: ReadonlyMap<string, { typing: string[]; here: string[] }> = $derived.by(() => {
    const near = new Map<string, { typing: string[]; here: string[] }>();
    for (const { focus, typing, name, participant } of this.room.company.presence.values()) {
      if (focus === null || participant === this.room.company.you?.participant) continue;
      const at = near.get(focus) ?? { typing: [], here: [] };
      at[typing ? 'typing' : 'here'].push(name);
      near.set(focus, at);
    }
    return near;
  });
}

export function layDesk(desk: Desk): void {
  setContext('desk', desk);
}

export function useDesk(): Desk {
  return getContext('desk');
}
