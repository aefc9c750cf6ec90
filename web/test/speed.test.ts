/** What a crowd and a long queue cost: counted, not timed. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { previews } from '../src/state/previews';
import type { Room } from '../src/state/room.svelte';
import { Shown } from '../src/state/shown';
import type { Command, KernEvent } from '../src/wire/messages';
import { canvasWith } from './canvas';
import { settled, TestClock } from './clock';
import { TestServer } from './line';
import { enter } from './room';

const CARDS = 500;
const PENDING = 2000;

const canvas = canvasWith(...Array.from({ length: CARDS }, (_, n) => ({ id: `a${n}`, title: `Card ${n}` })));
const judge = (n: number): Command => ({ type: 'do', id: `c${n}`, action: 'judge_activity', activity: `a${n % CARDS}`, judgement: 'must_do' });

describe('two thousand pending changes over five hundred cards', () => {
  const laid = vi.spyOn(previews, 'judge_activity');
  const pending = Array.from({ length: PENDING }, (_, n) => judge(n));
  const shown = new Shown();

  beforeEach(() => {
    shown.canvas(canvas, pending, [], 'me');
    laid.mockClear();
  });

  test('are laid once for a new canvas', () => {
    shown.canvas({ ...canvas }, pending, [], 'me');
    expect(laid).toHaveBeenCalledTimes(PENDING);
  });

  test('are not laid again for a letter that is typed, nor for one more change', () => {
    const typed = shown.canvas(canvas, pending, [['activity/a1/title', 'Typed']], 'me');
    expect(typed.activities.a1?.title).toBe('Typed');
    expect(laid).not.toHaveBeenCalled();
    const before = shown.canvas(canvas, pending, [], 'me');
    const after = shown.canvas(canvas, [...pending, { ...judge(3), id: 'more', judgement: 'not_now' }], [], 'me');
    expect(laid).toHaveBeenCalledTimes(1);
    expect([before.activities.a3?.judgement, after.activities.a3?.judgement]).toEqual(['must_do', 'not_now']);
    expect(after.activities.a4).toBe(before.activities.a4);
  });

  test('are laid anew without one that was answered', () => {
    shown.canvas(canvas, pending.slice(1), [], 'me');
    expect(laid).toHaveBeenCalledTimes(PENDING - 1);
  });
});

describe('a hundred events a second', () => {
  let clock: TestClock;
  let server: TestServer;
  let room: Room;

  beforeEach(async () => {
    clock = new TestClock();
    server = new TestServer(canvas);
    room = await enter(server, clock);
  });

  const reword = (n: number) => server.do({ type: 'do', id: `x${n}`, action: 'reword_activity', activity: `a${n % CARDS}`, field: 'title', text: `T${n}`, base: 0 });

  async function drawnDuring(ms: number): Promise<number> {
    const seen = new Set<unknown>();
    for (let n = 0; n < ms; n += 1) {
      if (n % 10 === 0) reword(n);
      clock.pass(1);
      await settled();
      seen.add(room.canvas);
    }
    return seen.size;
  }

  test('draw the canvas no more often than the screen is, and each message is news once', async () => {
    const told: KernEvent[] = [];
    let last: unknown = null;
    for (let n = 0; n < 50; n += 1) {
      for (let k = 0; k < 4; k += 1) reword(n * 4 + k);
      clock.pass(16);
      await settled();
      if (room.news !== last) told.push(...room.news);
      last = room.news;
    }
    clock.pass(40);
    if (room.news !== last) told.push(...room.news);
    expect(told.map(({ version }) => version)).toEqual(Array.from({ length: 200 }, (_, n) => n + 1));
    expect(await drawnDuring(480)).toBeLessThanOrEqual(480 / 16 + 1);
  });

  test('one’s own change shows at once all the same', async () => {
    reword(1);
    clock.pass(6); // heard, and not drawn yet
    expect(room.canvas?.activities.a1?.title).toBe('Card 1');
    room.do('judge_activity', { activity: 'a2', judgement: 'must_do' });
    expect(room.canvas?.activities.a2?.judgement).toBe('must_do');
    clock.pass(16);
    expect(room.canvas?.activities.a1?.title).toBe('T1');
    expect(room.canvas?.activities.a2?.judgement).toBe('must_do');
  });
});
