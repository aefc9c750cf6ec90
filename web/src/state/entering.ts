import { wallClock } from '../wire/clock';
import type { Socket } from '../wire/connection';
import type { Doorkey } from './doorkeys';
import { Keeper } from './keeper';
import { openOutbox } from './outbox';
import { Room } from './room.svelte';
import { Tabs } from './tabs';

/** Enters a room with its key; `leave` sends what waits and lets go of everything. */
export function enterRoom(key: Doorkey, language: () => string): { room: Room; leave: () => void } {
  const tabs = new Tabs(new BroadcastChannel(`kern ${key.room} ${key.participant}`), sessionStorage);
  const keeper = new Keeper(openOutbox(), `${key.room} ${key.participant}`, tabs.id);
  const room = new Room({
    token: key.token,
    language,
    open: () => new WebSocket(address(key.room)) as unknown as Socket,
    clock: wallClock,
    keeper,
    otherTabs: async () => {
      const others = await tabs.others(wallClock, sessionStorage);
      keeper.rename(tabs.id);
      return others;
    },
  });
  const back = () => room.nudge();
  const going = () => (document.visibilityState === 'hidden' ? room.flush() : room.nudge());
  addEventListener('online', back);
  addEventListener('pageshow', back);
  document.addEventListener('visibilitychange', going);
  void room.start();
  const leave = () => {
    removeEventListener('online', back);
    removeEventListener('pageshow', back);
    document.removeEventListener('visibilitychange', going);
    room.stop();
    tabs.close();
  };
  return { room, leave };
}

function address(room: string): string {
  const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return `${scheme}//${location.host}/api/rooms/${encodeURIComponent(room)}/live`;
}
