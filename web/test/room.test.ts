import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryOutbox } from '../src/state/outbox';
import type { Room } from '../src/state/room.svelte';
import { canvasWith } from './canvas';
import { TestClock } from './clock';
import { TestServer } from './line';
import { enter, pass, type Tab } from './room';

let clock: TestClock;
let server: TestServer;
let outbox: MemoryOutbox;

beforeEach(() => {
  clock = new TestClock();
  server = new TestServer(canvasWith({ id: 'a' }, { id: 'b', title: 'Sell' }));
  outbox = new MemoryOutbox();
});

const judge = (room: Room, activity: string) => room.do('judge_activity', { activity, judgement: 'must_do' });
const judged = (room: Room) => Object.values(room.canvas?.activities ?? {}).filter(({ judgement }) => judgement === 'must_do').length;
const kept = () => outbox.commands('r p1');

/** The page is gone, without a word: nothing of it runs any more. */
function closed(room: Tab): void {
  for (const line of server.lines) line.cut();
  room.freeze();
}

describe('a change of one’s own', () => {
  test('shows at once, is marked until it is durable, and then lies nowhere', async () => {
    const room = await enter(server, clock, { outbox, delay: 50 });
    const id = judge(room, 'a');
    expect(judged(room)).toBe(1);
    expect(room.waiting.map((command) => command.id)).toEqual([id]);
    await pass(clock, 50);
    expect((await kept()).map((one) => one.id)).toEqual([id]);
    await pass(clock, 100);
    expect(room.waiting).toEqual([]);
    expect(judged(room)).toBe(1);
    expect(await kept()).toEqual([]);
  });

  test('lies over what others do meanwhile, and gives way to the server’s word', async () => {
    const room = await enter(server, clock, { delay: 50 });
    room.do('move_activity', { activity: 'a', category: 'problem_solving', after: null });
    server.do({ type: 'do', id: 'x', action: 'retire_activity', activity: 'a' });
    server.refuse = () => ({ code: 'activity_retired' });
    await pass(clock, 200);
    expect(room.canvas?.retired.a).toBeDefined();
    expect(room.refusals.notice?.receipt.code).toBe('activity_retired');
  });

  test('made while the line is down goes out once it is back: in order, each once', async () => {
    const room = await enter(server, clock, { outbox });
    server.lines[0]?.end(1006);
    for (let n = 0; n < 60; n += 1) room.do('add_activity', { activity: `n${n}`, title: `${n}`, category: 'production' });
    await pass(clock, 2000);
    expect(server.canvas.categories.production).toEqual(['a', 'b', ...Array.from({ length: 60 }, (_, n) => `n${n}`)]);
    expect(server.heard).toHaveLength(60);
    expect(room.waiting).toEqual([]);
  });

  test('that was lost on its way is sent again', async () => {
    const room = await enter(server, clock, { delay: 50 });
    const id = judge(room, 'a');
    await pass(clock, 20);
    server.lines[0]?.end(1006);
    expect(server.heard).toEqual([]);
    await pass(clock, 1000);
    expect(server.heard.map((command) => command.id)).toEqual([id]);
    expect(room.waiting).toEqual([]);
  });

  test('on a line that died without a word goes out on a new one within ten seconds', async () => {
    const room = await enter(server, clock);
    await pass(clock, 2000);
    server.lines[0]?.end(null);
    judge(room, 'a');
    await pass(clock, 10_000, 50);
    expect(server.events).toHaveLength(1);
    expect(room.waiting).toEqual([]);
  });

  test('that arrived while its answer was lost is sent again with its id, and made nothing twice', async () => {
    const room = await enter(server, clock, { delay: 50 });
    judge(room, 'a');
    await pass(clock, 60);
    expect(server.events).toHaveLength(1);
    server.lines[0]?.end(1006);
    await pass(clock, 1000);
    expect(server.events).toHaveLength(1);
    expect(room.waiting).toEqual([]);
    expect(server.hellos.at(-1)).toMatchObject({ since: 0, epoch: 'e1', shape: '1' });
  });

  test('survives a reload, is shown again before it is sent, and ends once', async () => {
    const first = await enter(server, clock, { outbox });
    server.lines[0]?.end(1006);
    judge(first, 'a');
    await pass(clock, 5);
    closed(first);
    const again = await enter(server, clock, { outbox, delay: 200, former: first });
    expect(judged(again)).toBe(1);
    expect(again.waiting).toHaveLength(1);
    await pass(clock, 500);
    expect(server.events).toHaveLength(1);
    expect(await kept()).toEqual([]);
  });

  test('goes out though the device keeps nothing', async () => {
    outbox.putCommand = () => new Promise(() => {});
    const room = await enter(server, clock, { outbox });
    judge(room, 'a');
    await pass(clock, 1100);
    expect(server.events).toHaveLength(1);
    expect(room.waiting).toEqual([]);
  });

  test('that the server puts off goes out again after as long as it said, and no later one before it', async () => {
    const room = await enter(server, clock);
    let busy = true;
    server.slowDown = () => (busy ? 300 : null);
    judge(room, 'a');
    judge(room, 'b');
    await pass(clock, 100);
    busy = false;
    expect(server.events).toHaveLength(0);
    await pass(clock, 400);
    expect(server.events.map(({ changes }) => changes[0]?.path)).toEqual(['/activities/a/judgement', '/activities/b/judgement']);
    expect(room.waiting).toEqual([]);
  });
});

describe('a refused change', () => {
  test('comes back with its words and the server’s sentence, and the canvas is as if it had not been', async () => {
    const room = await enter(server, clock, { outbox });
    server.refuse = () => ({ code: 'value_proposition_first', message: 'Write down a value first.' });
    room.do('add_activity', { activity: 'c', title: 'Long thought', category: null });
    expect(room.canvas?.activities.c).toBeDefined();
    await pass(clock, 50);
    expect(room.canvas?.activities.c).toBeUndefined();
    expect(room.refusals.list.map(({ command, receipt }) => [command.title, receipt.message])).toEqual([['Long thought', 'Write down a value first.']]);
  });

  test('is still there after a reload, can be tried again, and then is gone', async () => {
    const first = await enter(server, clock, { outbox });
    server.refuse = () => ({ code: 'locked' });
    first.do('comment_on_activity', { activity: 'a', comment: 'k', text: 'Yes' });
    await pass(clock, 50);
    closed(first);
    server.refuse = () => null;
    const again = await enter(server, clock, { outbox, former: first });
    expect(server.events).toHaveLength(0);
    const refusal = again.refusals.list[0];
    expect(refusal?.receipt.code).toBe('locked');
    if (refusal) again.tryAgain(refusal);
    await pass(clock, 50);
    expect(server.canvas.activities.a?.comments).toHaveLength(1);
    expect(again.refusals.list).toEqual([]);
    expect(await kept()).toEqual([]);
  });

  test('of a text keeps all that was typed by then, once, and starts anew from the text as it stands', async () => {
    const room = await enter(server, clock, { delay: 100 });
    server.refuse = ({ action }) => (action === 'reword_activity' ? { code: 'locked' } : null);
    const flow = room.enter('activity/a/title');
    flow.type('Build it', 'Build');
    flow.flush();
    flow.type('Build it well', 'Build it');
    await pass(clock, 1000);
    expect(room.refusals.list.map(({ command }) => command.text)).toEqual(['Build it well']);
    room.leave('activity/a/title');
    expect(room.canvas?.activities.a?.title).toBe('Build');
    server.refuse = () => null;
    judge(room, 'b');
    await pass(clock, 500);
    if (room.refusals.list[0]) room.tryAgain(room.refusals.list[0]);
    await pass(clock, 500);
    expect(server.canvas.activities.a?.title).toBe('Build it well');
    expect(server.heard.at(-1)?.base).toBe(1);
  });

  test('that a dialog asked for is answered there and lies nowhere else', async () => {
    const room = await enter(server, clock, { outbox });
    server.refuse = () => ({ code: 'iteration_blocked', blockers: [{ activity: 'a', needs: ['judgement'] }] });
    const answer = room.ask('close_iteration', { override_reason: 'Because' });
    await pass(clock, 50);
    expect((await answer)?.blockers).toEqual([{ activity: 'a', needs: ['judgement'] }]);
    expect(room.refusals.list).toEqual([]);
    expect(room.refusals.notice).toBeNull();
    expect(await kept()).toEqual([]);
  });

  test('that is too large for a frame is not sent at all', async () => {
    const room = await enter(server, clock);
    room.do('comment_on_activity', { activity: 'a', comment: 'k', text: 'x'.repeat(70_000) });
    await pass(clock, 50);
    expect(server.heard).toEqual([]);
    expect(room.refusals.list).toHaveLength(1);
  });
});

describe('words that are being typed', () => {
  test('survive a closed page, typed behind a rewording on its way and not sent yet', async () => {
    const first = await enter(server, clock, { outbox, delay: 100 });
    const flow = first.enter('activity/a/title');
    flow.type('Build it', 'Build');
    flow.flush();
    flow.type('Build it well', 'Build it');
    await pass(clock, 5);
    closed(first);
    const again = await enter(server, clock, { outbox, delay: 100, former: first });
    expect(again.canvas?.activities.a?.title).toBe('Build it well');
    await pass(clock, 2000);
    expect(server.canvas.activities.a?.title).toBe('Build it well');
    expect(await outbox.drafts('r p1')).toEqual([]);
    expect(server.events).toHaveLength(2);
  });

  test('survive a closed page though nothing of them was sent, and others wrote on meanwhile', async () => {
    const first = await enter(server, clock, { outbox });
    first.enter('activity/a/title').type('Build it', 'Build');
    await pass(clock, 5);
    closed(first);
    server.do({ type: 'do', id: 'x', action: 'reword_activity', activity: 'a', field: 'title', text: 'Now Build', base: 0 });
    await enter(server, clock, { outbox, former: first });
    await pass(clock, 100);
    expect(server.canvas.activities.a?.title).toBe('Now Build it');
  });
});

test('words typed behind a rewording whose answer came just before the page was closed go on from that answer', async () => {
  server.do({ type: 'do', id: 'sent', action: 'reword_activity', activity: 'a', field: 'title', text: 'Build it', base: 0 });
  const draft = { draft: 'Build it well', baseText: 'Build', baseVersion: 0, underWay: { id: 'sent', text: 'Build it' } };
  await outbox.putDraft({ owner: 'r p1', key: 'activity/a/title', tab: 't1', draft });
  await enter(server, clock, { outbox });
  await pass(clock, 100);
  expect(server.canvas.activities.a?.title).toBe('Build it well');
  expect(server.heard.at(-1)?.base).toBe(1);
});

describe('the confirmed canvas', () => {
  test('is fetched whole when a patch does not fit it', async () => {
    const room = await enter(server, clock);
    const changes = [{ op: 'remove' as const, path: '/activities/nobody' }];
    const odd = { version: 1, epoch: 'e1', type: 'x', at: '', by: null, command: null, data: {}, changes, digest: '' };
    server.lines[0]?.say({ type: 'events', from: 1, to: 1, events: [odd] });
    await pass(clock, 100);
    expect(server.hellos).toHaveLength(2);
    expect(server.hellos.at(-1)).toMatchObject({ since: null });
    expect(room.status.phase).toBe('live');
  });

  test('is fetched whole when an event is missing', async () => {
    const room = await enter(server, clock);
    const events = [{ version: 3, epoch: 'e1', type: 'x', at: '', by: null, command: null, data: {}, changes: [], digest: '' }];
    server.lines[0]?.say({ type: 'events', from: 3, to: 3, events });
    await pass(clock, 100);
    expect(server.hellos).toHaveLength(2);
    expect(server.hellos.at(-1)).toMatchObject({ since: null });
    expect(room.status.phase).toBe('live');
  });

  test('goes on by its events after a cut, from the last version and digest', async () => {
    const room = await enter(server, clock);
    judge(room, 'a');
    await pass(clock, 50);
    server.lines[0]?.end(1013);
    server.do({ type: 'do', id: 'x', action: 'lock_canvas' });
    await pass(clock, 500);
    expect(server.hellos.at(-1)).toMatchObject({ since: 1, digest: 'd1' });
    expect(room.canvas?.locked).toBe(true);
  });

  test('is replaced after a resync, and what is pending goes out again', async () => {
    const room = await enter(server, clock, { delay: 20 });
    judge(room, 'a');
    const line = server.lines[0];
    line?.say({ type: 'resync' });
    if (line) server.welcome(line, { since: null, epoch: null });
    await pass(clock, 200);
    expect(judged(room)).toBe(1);
    expect(room.waiting).toEqual([]);
    expect(server.events).toHaveLength(1);
  });

  test('of another epoch replaces what was held', async () => {
    const room = await enter(server, clock);
    judge(room, 'a');
    await pass(clock, 50);
    const restored = new TestServer(canvasWith({ id: 'a', title: 'From the backup' }));
    restored.epoch = 'e2';
    Object.assign(server, { epoch: 'e2', canvas: restored.canvas });
    server.lines[0]?.end(1006);
    await pass(clock, 500);
    expect(room.canvas?.activities.a?.title).toBe('From the backup');
  });
});
