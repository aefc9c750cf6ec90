import { getContext, type Snippet, setContext } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import { speech } from '../i18n/words.svelte';
import type { TextKey } from '../text/flows';
import { router } from '../views/route.svelte';
import type { Canvas } from '../wire/canvas';
import { wallClock } from '../wire/clock';
import { RoomCalls } from '../wire/http';
import type { Presence } from '../wire/messages';
import { always, PRODUCT, type Standing } from './arrangement';
import { Attention } from './attention';
import type { Doorkey } from './doorkeys';
import { Filter } from './filter.svelte';
import { Kept } from './kept.svelte';
import type { Mark } from './past/marks';
import type { RoomShown } from './room.svelte';
import { Rows, type Store } from './rows.svelte';
import { steady } from './steady';

const NO_MARKS: ReadonlyMap<string, Mark> = new Map();

/** What may lie over the view. */
export type DialogName =
  | 'retired'
  | 'invite'
  | 'steps'
  | 'open_iteration'
  | 'close_iteration'
  | 'people'
  | 'questions'
  | 'phase'
  | 'combine'
  | 'keys'
  | 'preferences'
  | 'copy';

/** What lies open on one person's screen; nobody else sees it. */
export class Desk {
  room: RoomShown;
  doorkey: Doorkey;
  attention: Attention;
  /** What is asked over HTTP rather than on the line. */
  calls: RoomCalls;
  /** Which rows of the focus view are open. */
  readonly rows: Rows;
  dialog: DialogName | null = $state(null);
  /** Which cards the focus view shows. */
  readonly filter = new Filter();
  /** The activities that are selected, to be combined or moved together. */
  readonly selection = new SvelteSet<string>();
  /** What one has unfolded, and which hints one has dismissed: for this room, on this device. */
  readonly unfolded: Kept;
  readonly dismissed: Kept;
  /** The activity whose life the history is to begin with. */
  lifeOf: string | null = $state(null);
  /** Whom one goes along with. */
  following: string | null = $state(null);
  /** "I'm done", as the facilitator sees it. */
  hand = $state(false);
  /** Whether one looks at what was, where nothing can be changed. */
  readonly past: boolean = false;
  /** What happened to which thing, where one looks at that. */
  marks: ReadonlyMap<string, Mark> = $state.raw(NO_MARKS);
  /** The thing that the newest of it happened to. */
  newest: string | null = $state(null);
  /** What stands at the top of a card's sheet, where one looks at what was. */
  sheet: Snippet<[id: string]> | null = $state.raw(null);
  /** Something to say to who can't see what just happened. */
  said = $state('');

  constructor(room: RoomShown, doorkey: Doorkey, store: Store = localStorage) {
    this.room = room;
    this.doorkey = doorkey;
    this.attention = new Attention(room, wallClock);
    this.unfolded = new Kept(`kern.unfolded ${doorkey.room}`);
    this.dismissed = new Kept(`kern.dismissed ${doorkey.room} ${doorkey.participant}`);
    this.rows = new Rows(store, doorkey.room, doorkey.participant);
    this.calls = new RoomCalls(doorkey.room, doorkey.token, () => speech.language);
  }

  /** The activity whose details are open: it stands in the address, so Back closes it. */
  get card(): string | null {
    return router.place.card;
  }

  set card(id: string | null) {
    router.openCard(id);
  }

  /** "I'm done", or not any more. */
  raiseHand(up: boolean): void {
    this.hand = up;
    this.attention.raise(up);
  }

  /** The canvas with what is drawn on it besides: what has just gone, where one looks at what was. */
  get drawn(): Canvas | null {
    return this.room.canvas;
  }

  /** Whether what is drawn stands on the canvas. */
  get stands(): Standing {
    return always;
  }

  /** The step at which new activities are added; null: the end product as a whole. */
  get step(): string | null {
    return this.rows.target === PRODUCT ? null : this.rows.target;
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
    return this.#steadyUnsaved(new Set([...named, ...this.room.unsent.map((key: TextKey) => key.split('/')[1] as string)]));
  });

  /** For each thing, who is there, and whether they write. */
  near: ReadonlyMap<string, Near> = $derived.by(() => {
    const near = new Map<string, Near>();
    for (const { focus, typing, name } of this.#others()) {
      if (focus === null) continue;
      const at = near.get(focus) ?? { typing: [], here: [] };
      at[typing ? 'typing' : 'here'].push(name);
      near.set(focus, at);
    }
    return this.#steadyNear(near);
  });

  /** For each thing, the names of the others who have selected it. */
  chosen: ReadonlyMap<string, readonly string[]> = $derived.by(() => {
    const chosen = new Map<string, string[]>();
    for (const { selection, name } of this.#others()) for (const id of selection ?? []) chosen.set(id, [...(chosen.get(id) ?? []), name]);
    return this.#steadyChosen(chosen);
  });

  #steadyUnsaved = steady<Set<string>>();
  #steadyNear = steady<ReadonlyMap<string, Near>>();
  #steadyChosen = steady<ReadonlyMap<string, readonly string[]>>();

  #others(): Presence[] {
    const me = this.room.company.you?.participant;
    return [...this.room.company.presence.values()].filter(({ participant }) => participant !== me);
  }
}

interface Near {
  typing: string[];
  here: string[];
}

export function layDesk(desk: Desk): void {
  setContext('desk', desk);
}

export function useDesk(): Desk {
  return getContext('desk');
}
