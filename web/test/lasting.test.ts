/** What lasts: an hour without a line, a reload without a server, a backup that was restored, a key that was lost. */
import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryOutbox, ROOMS_KEPT } from '../src/state/outbox';
import type { Room } from '../src/state/room.svelte';
import { watchSleep } from '../src/state/waking';
import { canvasWith } from './canvas';
import { TestClock } from './clock';
import { TestServer } from './line';
import { enter, pass, type Tab } from './room';

const HOUR_MS = 3_600_000;

let clock: TestClock;
let server: TestServer;
let outbox: MemoryOutbox;

beforeEach(() => {
  clock = new TestClock();
  server = new TestServer(canvasWith({ id: 'a' }, { id: 'b', title: 'Sell' }));
  outbox = new MemoryOutbox(true);
});

function goOffline(): void {
  server.away = true;
  for (const line of [...server.lines]) line.end(1006);
}

async function comeBack(room: Room, within = 3000): Promise<void> {
  server.away = false;
  room.nudge();
  await pass(clock, within);
}

function closed(room: Tab): void {
  for (const line of server.lines) line.cut();
  room.freeze();
}

const add = (room: Room, title: string) => room.do('add_activity', { activity: title, title, category: 'production' });
const titles = (room: Room) => (room.canvas?.categories.production ?? []).map((id) => room.canvas?.activities[id]?.title);

describe('an hour without a line', () => {
  test('all that was done and typed goes out in order and once, and is shown meanwhile', async () => {
    const room = await enter(server, clock, { outbox });
    goOffline();
    for (let minute = 0; minute < 60; minute += 1) {
      add(room, `m${minute}`);
      const flow = room.enter('activity/a/title');
      flow.type(`Build ${minute}`, flow.draft);
      room.typed();
      expect(room.canvas?.activities.a?.title).toBe(`Build ${minute}`);
      await pass(clock, 60_000, 500);
      room.leave('activity/a/title');
    }
    expect(clock.now()).toBeGreaterThan(HOUR_MS);
    expect(titles(room)).toEqual(['Build 59', 'Sell', ...Array.from({ length: 60 }, (_, n) => `m${n}`)]);
    expect(server.heard).toEqual([]);
    await comeBack(room, 8000);
    expect(server.canvas.categories.production).toEqual(['a', 'b', ...Array.from({ length: 60 }, (_, n) => `m${n}`)]);
    expect(server.canvas.activities.a?.title).toBe('Build 59');
    expect(new Set(server.heard.map(({ id }) => id)).size).toBe(server.heard.length);
    expect(room.waiting).toEqual([]);
  });

  test('two thousand changes go out no faster than the server takes them, and nobody is cut off', async () => {
    const room = await enter(server, clock, { outbox, frameMs: 2000 });
    server.rate = 50;
    goOffline();
    for (let n = 0; n < 2000; n += 1) add(room, `n${n}`);
    await comeBack(room, 1000);
    expect(server.heard.length).toBeLessThanOrEqual(100);
    await pass(clock, 50_000, 20);
    expect(server.canvas.categories.production.slice(2)).toEqual(Array.from({ length: 2000 }, (_, n) => `n${n}`));
    expect(server.heard).toHaveLength(2000);
    expect(server.putOff).toBe(0);
  }, 60_000);
});

describe('a page loaded anew', () => {
  test('shows the room as it was last seen, with one’s own changes, before any server answers', async () => {
    const first = await enter(server, clock, { outbox });
    add(first, 'seen');
    await pass(clock, 100);
    goOffline();
    add(first, 'own');
    first.enter('activity/b/title').type('Sell more', 'Sell');
    await pass(clock, 10);
    first.rest();
    await pass(clock, 10);
    closed(first);
    const again = await enter(server, clock, { outbox, former: first });
    expect(again.status.phase).not.toBe('live');
    expect(titles(again)).toEqual(['Build', 'Sell more', 'seen', 'own']);
    expect(again.company.you?.name).toBe('p1');
    add(again, 'later');
    await comeBack(again, 20_000);
    expect(server.hellos.at(-1)).toMatchObject({ since: 1, epoch: 'e1', shape: '1' });
    expect(server.canvas.categories.production).toEqual(['a', 'b', 'seen', 'own', 'later']);
    expect(server.canvas.activities.b?.title).toBe('Sell more');
    expect(again.waiting).toEqual([]);
  });

  test('goes on from an older canvas than its words without turning them back', async () => {
    const first = await enter(server, clock, { outbox });
    first.rest();
    await pass(clock, 10);
    const flow = first.enter('activity/a/title');
    flow.type('Build it', 'Build');
    await pass(clock, 1000);
    expect(server.canvas.activities.a?.title).toBe('Build it');
    flow.type('Build it well', 'Build it');
    await pass(clock, 10);
    closed(first); // crashed: the canvas on the device is of before
    const again = await enter(server, clock, { outbox, former: first });
    await pass(clock, 2000);
    expect(server.canvas.activities.a?.title).toBe('Build it well');
    expect(again.canvas?.activities.a?.title).toBe('Build it well');
  });

  test('the canvas is kept once the room rests, each minute where it doesn’t, and when the page goes out of sight', async () => {
    let written = 0;
    const put = outbox.putRoom.bind(outbox);
    outbox.putRoom = (kept) => {
      written += 1;
      return put(kept);
    };
    const room = await enter(server, clock, { outbox });
    await pass(clock, 6000);
    expect(written).toBe(1);
    for (let n = 0; n < 70; n += 1) {
      server.do({ type: 'do', id: `x${n}`, action: 'lock_canvas' });
      await pass(clock, 1000);
    }
    expect(written).toBe(2);
    room.rest();
    await pass(clock, 10);
    expect(written).toBe(3);
    room.rest();
    await pass(clock, 10);
    expect(written).toBe(3);
  });

  test('of many rooms the latest are kept', async () => {
    const room = await enter(server, clock, { outbox });
    room.rest();
    await pass(clock, 10);
    const kept = await outbox.room('r p1');
    for (let n = 1; kept && n <= ROOMS_KEPT; n += 1) await outbox.putRoom({ ...kept, owner: `r${n} p1`, at: kept.at + n });
    expect(await outbox.room('r p1')).toBeUndefined();
    expect(await outbox.room(`r${ROOMS_KEPT} p1`)).toBeDefined();
  });

  test('a canvas that other code kept is not shown', async () => {
    const first = await enter(server, clock, { outbox });
    first.rest();
    await pass(clock, 10);
    const kept = await outbox.room('r p1');
    if (kept) await outbox.putRoom({ ...kept, code: 'older' });
    closed(first);
    goOffline();
    expect((await enter(server, clock, { outbox })).canvas).toBeNull();
  });

  test('words for something that is gone are handed back with the server’s reason', async () => {
    const first = await enter(server, clock, { outbox });
    first.enter('activity/a/title').type('Build it', 'Build');
    await pass(clock, 10);
    closed(first);
    server.do({ type: 'do', id: 'x', action: 'retire_activity', activity: 'a' });
    server.refuse = ({ activity }) => (activity === 'a' ? { code: 'activity_retired' } : null);
    const again = await enter(server, clock, { outbox, former: first });
    await pass(clock, 500);
    expect(again.refusals.list.map(({ command, receipt }) => [command.text, receipt.code])).toEqual([['Build it', 'activity_retired']]);
    expect(await outbox.drafts('r p1')).toEqual([]);
  });
});

describe('another log', () => {
  test('of a restored backup: a rewording under way starts from the text as it stands there, and no word is lost', async () => {
    const room = await enter(server, clock, { outbox });
    for (let n = 0; n < 5; n += 1) server.do({ type: 'do', id: `x${n}`, action: n % 2 ? 'lock_canvas' : 'unlock_canvas' });
    await pass(clock, 100);
    goOffline();
    const flow = room.enter('activity/a/title');
    flow.type('Build it', 'Build');
    flow.flush();
    flow.type('Build it well', 'Build it');
    add(room, 'own');
    server.restore(canvasWith({ id: 'a', title: 'Now Build' }), 'e2');
    await comeBack(room, 5000);
    expect(server.canvas.activities.a?.title).toBe('Now Build it well');
    expect(server.canvas.activities.own).toBeDefined();
    expect(room.waiting).toEqual([]);
    expect(room.refusals.list).toEqual([]);
  });

  test('after a reload, too', async () => {
    const first = await enter(server, clock, { outbox });
    for (let n = 0; n < 5; n += 1) server.do({ type: 'do', id: `x${n}`, action: n % 2 ? 'lock_canvas' : 'unlock_canvas' });
    await pass(clock, 100);
    goOffline();
    const flow = first.enter('activity/a/title');
    flow.type('Build it', 'Build');
    flow.flush();
    await pass(clock, 10);
    closed(first);
    server.restore(canvasWith({ id: 'a', title: 'Build' }), 'e2');
    server.away = false;
    const again = await enter(server, clock, { outbox, former: first });
    await pass(clock, 2000);
    expect(server.canvas.activities.a?.title).toBe('Build it');
    expect(again.waiting).toEqual([]);
  });
});

describe('a key that no longer holds', () => {
  test('ends the line for good, and what was written stays on the device while the canvas does not', async () => {
    const room = await enter(server, clock, { outbox });
    room.rest();
    goOffline();
    add(room, 'own');
    await pass(clock, 100);
    server.away = false;
    server.closeAll = 4403;
    await pass(clock, 20_000);
    expect(room.status).toEqual({ phase: 'ended', because: 'no_access' });
    expect((await outbox.commands('r p1')).map(({ command }) => command.title)).toEqual(['own']);
    expect(await outbox.room('r p1')).toBeUndefined();
  });

  test('what was left goes on under the new participant only if they say so: in order, under its ids, each once', async () => {
    const first = await enter(server, clock, { outbox });
    add(first, 'had');
    await pass(clock, 2); // it will arrive, but nobody hears of it
    for (const line of server.lines) line.deaf = true;
    await pass(clock, 50);
    expect(server.canvas.activities.had).toBeDefined();
    goOffline();
    add(first, 'own');
    first.enter('activity/b/title').type('Sell more', 'Sell');
    await pass(clock, 10);
    closed(first);
    server.away = false;

    const again = await enter(server, clock, { outbox, participant: 'p9' });
    await pass(clock, 1000);
    expect(server.canvas.activities.own).toBeUndefined();
    expect(again.heir.left?.commands.map(({ command }) => command.title)).toEqual(['had', 'own']);
    again.heir.adopt();
    await pass(clock, 1000);
    expect(server.canvas.categories.production).toEqual(['a', 'b', 'had', 'own']);
    expect(server.canvas.activities.own?.by).toBe('p9');
    expect(server.canvas.activities.b?.title).toBe('Sell more');
    expect(again.refusals.list).toEqual([]);
    expect(await outbox.owners('r ')).toEqual([]);
  });

  test('or is let go of', async () => {
    const first = await enter(server, clock, { outbox });
    goOffline();
    add(first, 'own');
    await pass(clock, 10);
    closed(first);
    server.away = false;
    const again = await enter(server, clock, { outbox, participant: 'p9' });
    again.heir.discard();
    await pass(clock, 100);
    expect(await outbox.owners('r ')).toEqual([]);
    expect(again.heir.left).toBeNull();
  });
});

describe('a server in trouble', () => {
  test('that can’t store says so until it can', async () => {
    const room = await enter(server, clock, { outbox });
    let full = true;
    server.notStored = () => (full ? 500 : null);
    add(room, 'own');
    await pass(clock, 100);
    expect(room.notStored).toBe(true);
    full = false;
    await pass(clock, 600);
    expect(room.notStored).toBe(false);
    expect(server.canvas.activities.own).toBeDefined();
  });

  test.each([
    [1011, 'damaged'],
    [1013, 'slow'],
    [4429, 'busy'],
    [4503, 'draining'],
  ])('closing with %i: says %s, and all is well again by itself', async (code, because) => {
    const room = await enter(server, clock, { outbox });
    server.lines[0]?.end(code);
    expect(room.status).toEqual({ phase: 'reconnecting', because });
    await pass(clock, 20_000);
    expect(room.status).toEqual({ phase: 'live', because: null });
  });
});

test('a machine that slept is noticed once its timers run again', () => {
  let woken = 0;
  watchSleep(clock, () => {
    woken += 1;
  });
  clock.pass(60_000);
  expect(woken).toBe(0);
  clock.jump(HOUR_MS);
  clock.pass(2000);
  expect(woken).toBe(1);
});
