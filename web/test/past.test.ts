import { expect, test } from 'vitest';
import { decisionAt, REACH, stopsOf } from '../src/state/past/decisions';
import { withGhosts } from '../src/state/past/ghosts';
import { recent } from '../src/state/past/marks';
import { pauseBefore } from '../src/state/past/pace';
import { Player } from '../src/state/past/player.svelte';
import { Reel } from '../src/state/past/reel';
import { SIZE } from '../src/state/past/stretch';
import { labelled, lastClosed, milestonesOf, nextIteration } from '../src/state/past/timeline';
import { applyChanges } from '../src/state/patch';
import type { Canvas } from '../src/wire/canvas';
import type { KernEvent } from '../src/wire/messages';
import { canvasWith } from './canvas';
import { TestClock } from './clock';
import { chance } from './playback';

const ID = 'k0000000-0000-4000-8000-00000000000';

function event(version: number, fields: Partial<KernEvent> = {}): KernEvent {
  const plain = { epoch: 'e', type: 'ActivityJudged', at: new Date(version * 1000).toISOString(), by: 'fay', command: `c${version}`, data: {}, changes: [], digest: '' };
  return { version, ...plain, ...fields };
}

const EMPTY = canvasWith({ title: 'The first' });

/** A long past: each change adds an activity or renames one, and now and then takes one away. */
function past(length: number): { events: KernEvent[]; canvases: Canvas[] } {
  const random = chance(7);
  const events: KernEvent[] = [];
  const canvases = [EMPTY];
  for (let version = 1; version <= length; version += 1) {
    const canvas = canvases[version - 1] as Canvas;
    const list = canvas.categories.production;
    const at = Math.floor(random() * list.length);
    const id = list[at] ?? '';
    const added = { ...Object.values(EMPTY.activities)[0], id: `${ID}${version}`, title: `Number ${version}`, category: 'production' };
    const changes: KernEvent['changes'] =
      list.length < 3 || random() < 0.3
        ? [{ op: 'add', path: `/activities/${added.id}`, value: added }, { op: 'add', path: `/categories/production/${list.length}`, value: added.id }]
        : random() < 0.3
          ? [{ op: 'remove', path: `/activities/${id}` }, { op: 'remove', path: `/categories/production/${at}` }]
          : [{ op: 'replace', path: `/activities/${id}/title`, value: `Number ${version}` }];
    const type = changes[0]?.op === 'add' ? 'ActivityAdded' : changes[0]?.op === 'remove' ? 'ActivityRetired' : 'ActivityReworded';
    events.push(event(version, { type, changes, data: { activity: type === 'ActivityAdded' ? added.id : id } }));
    canvases.push(applyChanges(canvas, changes));
  }
  return { events, canvases };
}

class Server {
  readonly past: ReturnType<typeof past>;
  asked = 0;
  reachable = true;
  constructor(length: number) {
    this.past = past(length);
  }
  async canvasAt(version: number) {
    this.asked += 1;
    if (!this.reachable) throw new Error('away');
    return { canvas: this.past.canvases[version] as Canvas };
  }
  async events(after: number, limit: number) {
    if (!this.reachable) throw new Error('away');
    return { events: this.past.events.slice(after, after + limit) };
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test('a stroke of typing, and a command with several events, are one decision', () => {
  const stroke = { data: { stroke: 's' } };
  const events = [event(1, stroke), event(2), event(3, stroke), event(4, { command: 'both' }), event(5, { command: 'both' })];
  expect(stopsOf(events)).toEqual([2, 3, 5]);
  expect(decisionAt(events.slice(0, 3)).map(({ version }) => version)).toEqual([1, 3]);
  expect(decisionAt(events).map(({ version }) => version)).toEqual([4, 5]);
});

test('what lies too far apart is not one decision, wherever one begins to read', () => {
  const stroke = { data: { stroke: 's' } };
  const events = Array.from({ length: REACH + 2 }, (_, index) => event(index + 1, index === 0 || index === REACH + 1 ? stroke : {}));
  expect(stopsOf(events)[0]).toBe(1);
  expect(decisionAt(events)).toHaveLength(1);
});

test('every version is shown as it was, forwards, backwards and here and there, and little of it is held', async () => {
  const server = new Server(4 * SIZE + 123);
  const head = server.past.events.length;
  const reel = new Reel(server, head);
  const random = chance(3);
  const versions = [1, 2, SIZE, SIZE + 1, 2 * SIZE, head, head - 1, ...Array.from({ length: 200 }, () => 1 + Math.floor(random() * head))];
  for (const version of versions) expect((await reel.at(version)).canvas(version)).toEqual(server.past.canvases[version]);
  for (let version = head; version > head - 300; version -= 1) expect((await reel.at(version)).canvas(version)).toEqual(server.past.canvases[version]);
});

test('stepping on and back meets the same decisions, across stretches too', async () => {
  const server = new Server(SIZE + 60);
  const reel = new Reel(server, SIZE + 60);
  const there: number[] = [];
  while ((there.at(-1) ?? 0) < SIZE + 60) there.push(await reel.next(there.at(-1) ?? SIZE - 30));
  const back: number[] = [];
  while ((back.at(-1) ?? SIZE + 60) > SIZE - 29) back.push(await reel.previous(back.at(-1) ?? SIZE + 60));
  expect(back.toReversed()).toEqual(there.slice(0, -1));
  expect(await reel.previous(1)).toBe(1);
  expect(await reel.next(SIZE + 60)).toBe(SIZE + 60);
});

test('what went stands as a ghost where it stood, and what changed fades', async () => {
  const server = new Server(300);
  const stretch = await new Reel(server, 300).at(1);
  const version = server.past.events.findLast(({ type }) => type === 'ActivityRetired')?.version as number;
  const { marks, gone } = recent(stretch, version);
  const before = server.past.canvases[version - 1] as Canvas;
  const canvas = server.past.canvases[version] as Canvas;
  const id = String(server.past.events[version - 1]?.data.activity);
  expect(marks.get(id)).toEqual({ kinds: ['retired'], age: 0, gone: true });
  expect(Math.max(...[...marks.values()].map(({ age }) => age))).toBeLessThanOrEqual(2);
  const drawn = withGhosts(canvas, gone.filter((one) => one.id === id));
  expect(drawn.categories.production).toEqual(before.categories.production);
  expect(drawn.activities[id]).toEqual(before.activities[id]);
  expect(withGhosts(canvas, [])).toBe(canvas);
});

test('playing goes decision by decision to the end, and rests there', async () => {
  const server = new Server(12);
  const clock = new TestClock();
  const player = new Player(new Reel(server, 12), clock);
  await player.go(9);
  player.play();
  for (let turn = 0; turn < 12; turn += 1) {
    await settled();
    clock.pass(1400);
  }
  expect(player.version).toBe(12);
  expect(player.playing).toBe(false);
  expect(player.shown?.canvas).toEqual(server.past.canvases[12]);
});

test('a slider that is drawn along asks only for where it rests', async () => {
  const server = new Server(3 * SIZE);
  const clock = new TestClock();
  const player = new Player(new Reel(server, 3 * SIZE), clock);
  const drawn = [5, SIZE + 5, 2 * SIZE + 5].map((version) => player.go(version, true));
  clock.pass(100);
  await Promise.all(drawn);
  expect(player.shown?.version).toBe(2 * SIZE + 5);
  expect(server.asked).toBeLessThanOrEqual(2); // with what is fetched ahead
});

test('where the server is away it is said, and one can try again', async () => {
  const server = new Server(12);
  const player = new Player(new Reel(server, 12), new TestClock());
  server.reachable = false;
  await player.go(3);
  expect(player.failed).toBe(true);
  server.reachable = true;
  await player.go(3);
  expect([player.failed, player.shown?.version]).toEqual([false, 3]);
});

test('long silences are shortened, and what came at once is one', () => {
  expect(pauseBefore(event(1), event(3600), 1)).toBe(2500);
  expect(pauseBefore(event(1), event(2), 1)).toBe(1000);
  expect(pauseBefore(event(1), event(2), 4)).toBe(250);
  expect(pauseBefore(event(1), event(1), 1)).toBe(0);
});

test('from iteration to iteration', () => {
  const marks = milestonesOf([
    { id: 'a', name: 'One', goal: null, from: 5, to: 50 },
    { id: 'b', name: 'Two', goal: null, from: 52, to: null },
  ]);
  expect(marks.map(({ version, kind }) => [version, kind])).toEqual([[5, 'opened'], [50, 'closed'], [52, 'opened']]);
  expect(nextIteration(marks, 5, 1)).toBe(50);
  expect(nextIteration(marks, 52, 1)).toBeNull();
  expect(nextIteration(marks, 52, -1)).toBe(50);
});

test('a label stands where it covers neither another nor a mark, and else not at all', () => {
  const marks = milestonesOf([
    { id: 'a', name: 'One', goal: null, from: 5, to: 50 },
    { id: 'b', name: 'Two', goal: null, from: 52, to: null },
  ]);
  const on = (width: number) => [...labelled(marks, { width, at: ({ version }) => (version / 100) * width, label: () => 100 })].map(([{ version }, side]) => [version, side]);
  expect(on(600)).toEqual([[50, 'before'], [5, 'after'], [52, 'after']]);
  expect(on(300)).toEqual([[50, 'before'], [52, 'after']]);
  expect(on(150)).toEqual([]);
});

test('the iteration that was closed last is that of the latest close', () => {
  const closed = (id: string, to: number | null) => ({ id, name: id, goal: null, from: 1, to });
  expect(lastClosed([closed('a', 9), closed('b', 7), closed('c', null)])?.id).toBe('a');
  expect(lastClosed([closed('c', null)])).toBeNull();
});
