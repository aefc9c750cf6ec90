import { expect, test } from 'vitest';
import { Ledger, type Sought } from '../src/state/past/ledger.svelte';
import { rolled, TALLEST } from '../src/state/past/roll';
import type { RoomCalls } from '../src/wire/http';
import type { Revision } from '../src/wire/past';

const NEWEST = 10_000;
/** As many events this server gives at once: less than a page of the table. */
const MOST = 64;
const ALL: Sought = { participant: '', kind: '', activity: '', from: 1, to: 0, text: '' };

function revision(version: number, fields: Partial<Revision> = {}): Revision {
  const plain = { at: '2026-03-12T14:05:00.000000Z', by: 'fay', kind: 'ActivityMoved', activity: 'a', note: null, field: 'category', before: null, after: 'production' };
  return { version, ...plain, reason: null, iteration: null, undoes: null, ...fields };
}

/** A server with a long past, of which each seventh event is a judgement and each hundredth has two revisions. */
class Server {
  asked: string[] = [];
  reachable = true;
  waiting: (() => void)[] = [];
  held = false;

  async revisions(sought: Parameters<RoomCalls['revisions']>[0]) {
    this.asked.push(sought.versions || `${sought.after}`);
    if (this.held) await new Promise<void>((go) => this.waiting.push(go));
    if (!this.reachable) throw new Error('away');
    const named = sought.versions ? sought.versions.split(',').map(Number).sort((one, other) => one - other) : null;
    const every = named ?? Array.from({ length: NEWEST }, (_, at) => at + 1);
    const behind = every.filter((version) => version > sought.after).slice(0, MOST);
    const revisions = behind.flatMap((version) => (version % 100 ? [revision(version)] : [revision(version), revision(version, { field: 'step' })]));
    return { revisions, next: behind.at(-1) === every.at(-1) ? null : (behind.at(-1) ?? null), undone: { 9950: 9960 } };
  }

  async versions({ text }: { text: string }) {
    if (!this.reachable) throw new Error('away');
    const all = Array.from({ length: NEWEST + 5 }, (_, at) => at + 1);
    return { version: NEWEST + 5, versions: text === 'nothing' ? [] : all.filter((version) => version % 7 === 0) };
  }

  ledger(): Ledger {
    return new Ledger(this as unknown as RoomCalls);
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

test('each row is an event with all that it changed, the newest first, wherever one looks', async () => {
  const ledger = new Server().ledger();
  ledger.seek(ALL, NEWEST);
  expect(ledger.count).toBe(NEWEST);
  expect(ledger.at(0)).toBeUndefined();
  for (const row of [0, 50, 4_321, NEWEST - 1]) {
    ledger.want(row, row + 10);
    await settled();
    expect(ledger.at(row)?.version).toBe(NEWEST - row);
  }
  ledger.want(0, 120);
  await settled();
  expect(ledger.at(0)?.revisions.map(({ field }) => field)).toEqual(['category', 'step']);
  expect(ledger.at(50)?.undoneBy).toBe(9960);
  expect(ledger.at(120)?.version).toBe(NEWEST - 120);
  expect(ledger.at(NEWEST)).toBeUndefined();
});

test('with a filter the server says which events fit, and only those in sight are fetched', async () => {
  const server = new Server();
  const ledger = server.ledger();
  ledger.seek({ ...ALL, kind: 'ActivityJudged', text: 'x' }, NEWEST);
  expect([ledger.seeking, ledger.sifts, ledger.count]).toEqual([true, true, 0]);
  await settled();
  expect([ledger.seeking, ledger.count]).toEqual([false, Math.floor(NEWEST / 7)]);
  ledger.want(700, 710);
  await settled();
  expect(ledger.at(700)?.version).toBe(9996 - 700 * 7);
  expect(ledger.at(0)).toBeUndefined();
  expect(server.asked.every((versions) => versions.split(',').length <= 100)).toBe(true);
  ledger.seek({ ...ALL, kind: 'ActivityJudged', from: 70, to: 141 }, NEWEST);
  await settled();
  ledger.want(0, 10);
  await settled();
  expect([ledger.count, ledger.at(0)?.version, ledger.at(10)?.version]).toEqual([11, 140, 70]);
  ledger.seek({ ...ALL, text: 'nothing' }, NEWEST);
  await settled();
  expect([ledger.count, ledger.failed]).toEqual([0, false]);
});

test('what is dragged over is not fetched: where one lets go comes next', async () => {
  const server = new Server();
  const ledger = server.ledger();
  ledger.seek(ALL, NEWEST);
  server.held = true;
  for (let row = 0; row < 9_000; row += 50) ledger.want(row, row + 20);
  expect(server.asked).toHaveLength(2);
  server.held = false;
  for (const go of server.waiting) go();
  await settled();
  expect(ledger.at(8_950)?.version).toBe(NEWEST - 8_950);
  expect(server.asked.length).toBeLessThan(20);
});

test('little is held of what was looked at, and an older answer never comes in the place of a newer one', async () => {
  const server = new Server();
  const ledger = server.ledger();
  ledger.seek(ALL, NEWEST);
  for (let row = 0; row < NEWEST; row += 100) {
    ledger.want(row, row + 20);
    await settled();
  }
  const held = Array.from({ length: NEWEST }, (_, row) => ledger.at(row)).filter(Boolean);
  expect(held.length).toBeLessThanOrEqual(4_000);
  server.held = true;
  ledger.want(0, 20);
  ledger.seek({ ...ALL, to: 500 }, NEWEST);
  server.held = false;
  for (const go of server.waiting) go();
  await settled();
  expect(ledger.at(0)).toBeUndefined();
  ledger.want(0, 20);
  await settled();
  expect(ledger.at(0)?.version).toBe(500);
});

test('where the server is away it is said, and one can try again', async () => {
  const server = new Server();
  const ledger = server.ledger();
  server.reachable = false;
  ledger.seek(ALL, NEWEST);
  ledger.want(0, 10);
  await settled();
  expect(ledger.failed).toBe(true);
  ledger.seek({ ...ALL, text: 'x' }, NEWEST);
  await settled();
  expect([ledger.failed, ledger.seeking]).toEqual([true, false]);
  server.reachable = true;
  ledger.again();
  await settled();
  expect([ledger.failed, ledger.count]).toEqual([false, Math.floor(NEWEST / 7)]);
});

test('rows are drawn where they lie, and a few around those in sight', () => {
  const roll = rolled(100_000, 46, { top: 46_000, height: 460 }, 5);
  expect([roll.height, roll.first, roll.end, roll.place(1_000), roll.scrolled(123)]).toEqual([4_600_000, 995, 1_015, 46_000, 123]);
  expect(rolled(3, 46, { top: 0, height: 460 }, 5)).toMatchObject({ height: 138, first: 0, end: 3 });
  expect(rolled(0, 46, { top: 0, height: 460 }, 5)).toMatchObject({ height: 0, first: 0, end: 0 });
});

test('a list that no browser can make tall enough is reached to its last row', () => {
  const [count, tall, height] = [2_000_000, 92, 920];
  const bottom = rolled(count, tall, { top: TALLEST - height, height }, 0);
  expect([bottom.height, bottom.end, bottom.first]).toEqual([TALLEST, count, count - 10]);
  expect(bottom.place(count - 1)).toBeCloseTo(TALLEST - tall, 3);
  for (const row of [0, 1, 777_777, count - 10]) {
    const { scrolled } = rolled(count, tall, { top: 0, height }, 0);
    const there = rolled(count, tall, { top: scrolled(row * tall), height }, 0);
    expect(there.place(row) - scrolled(row * tall)).toBeCloseTo(0, 3);
    expect(Math.abs(there.first - row)).toBeLessThanOrEqual(1);
  }
});
