import { wallClock } from '../wire/clock';
import type { Socket } from '../wire/connection';
import type { Doorkey } from './doorkeys';
import { Keeper } from './keeper';
import { openOutbox } from './outbox';
import { Room } from './room.svelte';
import { channel } from './tabs';
import { ownerOf } from './unsent';
import { watchSleep } from './waking';

/** Under this name a page finds which tab it was before it was loaded anew. */
const FORMER = 'kern.tab';

/** Enters a room with its key; `leave` sends what waits and lets go of everything. */
export function enterRoom(key: Doorkey, language: () => string): { room: Room; leave: () => void } {
  const outbox = openOutbox();
  const owner = ownerOf(key);
  const room = new Room({
    token: key.token,
    language,
    open: () => new WebSocket(address(key.room)) as unknown as Socket,
    clock: wallClock,
    keeper: (tab) => new Keeper(outbox, owner, tab),
    channel: channel(`kern ${owner}`),
    former: sessionStorage.getItem(FORMER) ?? undefined,
    seen: () => document.visibilityState === 'visible',
  });
  sessionStorage.setItem(FORMER, room.tabs.id);
  const back = () => room.nudge();
  const turn = () => (document.visibilityState === 'hidden' ? room.rest() : room.nudge());
  const go = () => {
    room.rest();
    room.tabs.leave();
  };
  const comeBack = ({ persisted }: PageTransitionEvent) => {
    if (persisted) void room.tabs.join();
    room.nudge();
  };
  addEventListener('online', back);
  addEventListener('pageshow', comeBack);
  addEventListener('pagehide', go);
  document.addEventListener('visibilitychange', turn);
  const stopWatching = watchSleep(wallClock, back);
  void room.start();
  const leave = () => {
    removeEventListener('online', back);
    removeEventListener('pageshow', comeBack);
    removeEventListener('pagehide', go);
    document.removeEventListener('visibilitychange', turn);
    stopWatching();
    room.stop();
  };
  return { room, leave };
}

function address(room: string): string {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return `${scheme}//${location.host}/api/rooms/${encodeURIComponent(room)}/live`;
}
