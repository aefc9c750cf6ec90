import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryOutbox } from '../src/state/outbox';
import type { Room } from '../src/state/room.svelte';
import { canvasWith } from './canvas';
import { TestClock } from './clock';
import { TestServer } from './line';
import { Air, enter, pass, type Tab } from './room';

let clock: TestClock;
let server: TestServer;
let outbox: MemoryOutbox;
let air: Air;
let looked: Tab | null; // the one that somebody looks at

beforeEach(() => {
  clock = new TestClock();
  server = new TestServer(canvasWith({ id: 'a' }));
  outbox = new MemoryOutbox(true);
  air = new Air(clock);
  looked = null;
});

const open = async (wishes: { delay?: number; former?: Room; outbox?: MemoryOutbox } = {}): Promise<Tab> => {
  let own: Tab | null = null;
  own = await enter(server, clock, { outbox, air, seen: () => looked === own, ...wishes });
  return own;
};
const write = (room: Room, title: string) => room.do('add_activity', { activity: title, title, category: 'production' });
const titles = () => server.canvas.categories.production.slice(1);
const twice = () => server.heard.length - new Set(server.heard.map(({ id }) => id)).size;
const offline = () => {
  server.away = true;
  for (const line of [...server.lines]) line.end(1006);
};

describe('of several tabs of one person', () => {
  test('one sends; what is made in the others goes out through it, each change once', async () => {
    const tabs = [await open(), await open(), await open()];
    for (const [n, tab] of tabs.entries()) write(tab, `t${n}`);
    await pass(clock, 200);
    expect(tabs.filter((tab) => tab.tabs.sends)).toHaveLength(1);
    expect(titles().sort()).toEqual(['t0', 't1', 't2']);
    expect(twice()).toBe(0);
    for (const tab of tabs) expect(tab.waiting).toEqual([]);
    expect(await outbox.commands('r p1')).toEqual([]);
  });

  test('each shows what is made in the others, before any of it is durable', async () => {
    const [first, second] = [await open(), await open()];
    offline();
    write(second, 'b');
    await pass(clock, 50);
    expect(first.canvas?.activities.b).toBeDefined();
    first.do('judge_activity', { activity: 'b', judgement: 'must_do' });
    await pass(clock, 50);
    expect(second.canvas?.activities.b?.judgement).toBe('must_do');
    server.away = false;
    await pass(clock, 20_000);
    expect(server.canvas.activities.b?.judgement).toBe('must_do');
    expect(twice()).toBe(0);
  });

  test.each(['closed', 'crashed'])('another takes over within seconds when the one that sends is %s, and nothing is made twice', async (how) => {
    const [first, second] = [await open(), await open()];
    offline();
    for (const title of ['b', 'c', 'd']) write(first, title);
    await pass(clock, 50);
    write(second, 'e');
    await pass(clock, 50);
    if (how === 'closed') first.tabs.close();
    first.freeze();
    server.away = false;
    await pass(clock, how === 'closed' ? 2000 : 20_000);
    expect(second.tabs.sends).toBe(true);
    expect(titles()).toEqual(['b', 'c', 'd', 'e']);
    expect(second.waiting).toEqual([]);
  });

  test('a frozen one loses its turn within four seconds, and yields when it wakes', async () => {
    const [first, second] = [await open(), await open()];
    expect(first.tabs.sends).toBe(true);
    first.freeze();
    write(second, 'b');
    await pass(clock, 4000);
    expect(titles()).toEqual(['b']);
    first.freeze(false);
    first.nudge();
    await pass(clock, 2000);
    expect([first, second].filter((tab) => tab.tabs.sends)).toHaveLength(1);
    write(first, 'c');
    await pass(clock, 3000);
    expect(titles()).toEqual(['b', 'c']);
    for (const tab of [first, second]) expect(tab.waiting).toEqual([]);
  });

  test('the one that somebody looks at takes the turn from one that nobody looks at', async () => {
    const [first, second] = [await open(), await open()];
    expect(second.tabs.sends).toBe(false);
    looked = second;
    second.nudge();
    await pass(clock, 20);
    expect([first, second].map((tab) => tab.tabs.sends)).toEqual([false, true]);
    await pass(clock, 10_000);
    expect([first, second].map((tab) => tab.tabs.sends)).toEqual([false, true]);
  });

  test('one with a live line takes the turn from one without', async () => {
    const [first, second] = [await open(), await open()];
    server.lines[0]?.cut(); // and the first tab has not noticed yet
    write(first, 'b');
    await pass(clock, 30_000);
    expect(titles()).toEqual(['b']);
    for (const tab of [first, second]) expect(tab.waiting).toEqual([]);
  });

  test('a refusal is told where the change was made, once', async () => {
    const [first, second] = [await open(), await open()];
    server.refuse = () => ({ code: 'locked' });
    write(second, 'b');
    const asked = second.ask('open_iteration', { name: 'One' });
    await pass(clock, 200);
    expect(first.refusals.list).toEqual([]);
    expect(second.refusals.list.map(({ command }) => command.title)).toEqual(['b']);
    expect((await asked)?.code).toBe('locked');
    expect((await outbox.commands('r p1')).map(({ refusal }) => refusal?.code)).toEqual(['locked']);
  });

  test('a refusal of what a closed tab made is told in the one that is left', async () => {
    const [first, second] = [await open(), await open()];
    server.refuse = () => ({ code: 'locked' });
    offline();
    write(second, 'b');
    await pass(clock, 50);
    second.tabs.close();
    second.freeze();
    server.away = false;
    await pass(clock, 20_000);
    expect(first.refusals.list.map(({ command }) => command.title)).toEqual(['b']);
  });

  test('words typed in a tab that crashed go on in the one that is left', async () => {
    const [first, second] = [await open(), await open()];
    second.enter('activity/a/title').type('Build it', 'Build');
    await pass(clock, 20);
    second.tabs.close();
    second.freeze();
    await pass(clock, 10_000);
    expect(server.canvas.activities.a?.title).toBe('Build it');
    expect(first.unsent).toEqual([]);
    expect(await outbox.drafts('r p1')).toEqual([]);
  });

  test('words typed in a tab that does not send come out letter by letter', async () => {
    const [, second] = [await open({ delay: 80 }), await open({ delay: 40 })];
    const flow = second.enter('activity/a/title');
    let typed = 'Build';
    for (const letter of ' small bricks, and large') {
      flow.type(typed + letter, typed);
      typed += letter;
      expect(flow.draft).toBe(typed);
      await pass(clock, 90);
    }
    second.leave('activity/a/title');
    await pass(clock, 3000);
    expect(server.canvas.activities.a?.title).toBe(typed);
    expect(second.waiting).toEqual([]);
  });

  test('a change is not held back where the device keeps nothing, and a sleeper’s turn is taken', async () => {
    const [first, second] = [await open({ outbox: new MemoryOutbox() }), await open({ outbox: new MemoryOutbox() })];
    write(second, 'b');
    await pass(clock, 100);
    expect(titles()).toEqual(['b']);
    first.freeze();
    write(second, 'c');
    await pass(clock, 4000);
    expect(titles()).toEqual(['b', 'c']);
    expect(twice()).toBe(0);
  });

  test('what a slow look at the device still finds of an answered change is not sent again', async () => {
    const room = await open();
    server.refuse = () => ({ code: 'locked' });
    const commands = outbox.commands.bind(outbox);
    let release = () => {};
    outbox.commands = async (owner) => {
      const found = await commands(owner);
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return found;
    };
    write(room, 'b');
    room.nudge();
    await pass(clock, 100);
    release();
    await pass(clock, 100);
    expect(server.heard).toHaveLength(1);
    expect(room.refusals.list).toHaveLength(1);
  });

  test('a refused change that is tried again in a tab that does not send goes out again', async () => {
    const [, second] = [await open(), await open()];
    server.refuse = () => ({ code: 'locked' });
    write(second, 'b');
    await pass(clock, 100);
    server.refuse = () => null;
    const refusal = second.refusals.list[0];
    if (refusal) second.tryAgain(refusal);
    await pass(clock, 100);
    expect(titles()).toEqual(['b']);
    expect(second.waiting).toEqual([]);
  });

  test('an answer that another tab heard waits for this tab’s own line: letters typed stay', async () => {
    const [first, second] = [await open({ delay: 5 }), await open({ delay: 300 })];
    expect(first.tabs.sends).toBe(true);
    const flow = second.enter('activity/a/title');
    flow.type('Build it', 'Build');
    flow.flush();
    const drafts = new Set<string>();
    for (let n = 0; n < 100; n += 1) {
      await pass(clock, 10);
      drafts.add(flow.draft);
    }
    expect([...drafts]).toEqual(['Build it']);
    expect(second.waiting).toEqual([]);
    expect(server.canvas.activities.a?.title).toBe('Build it');
  });

  test('a tab that missed an answer finds out by itself', async () => {
    const [first, second] = [await open(), await open()];
    write(second, 'b');
    await pass(clock, 2, 1);
    second.freeze(); // its own channel hears nothing of what follows
    await pass(clock, 100);
    expect(titles()).toEqual(['b']);
    for (const line of server.lines.slice(1)) line.end(null);
    second.freeze(false);
    await pass(clock, 40_000);
    expect(second.waiting).toEqual([]);
    expect(twice()).toBeLessThanOrEqual(1);
    expect(first.waiting).toEqual([]);
  });

  test('what a tab made in its last moment, and told nobody, goes out through the one that is left', async () => {
    const [, second] = [await open(), await open()];
    const flow = second.enter('activity/a/title');
    flow.type('Build it', 'Build');
    await pass(clock, 20);
    second.freeze(); // from here on nobody hears it, and the device still does
    flow.flush();
    flow.type('Build it well', 'Build it');
    await pass(clock, 120_000, 100);
    expect(server.canvas.activities.a?.title).toBe('Build it well');
    expect(server.heard.map(({ text }) => text)).toEqual(['Build it', 'Build it well']);
    expect(await outbox.commands('r p1')).toEqual([]);
    expect(await outbox.drafts('r p1')).toEqual([]);
  });
});
