import { expect, test } from 'vitest';
import { lying, type Spot, wishesFor } from '../src/components/activities/dropping';
import { PRODUCT } from '../src/state/arrangement';
import { applyChanges } from '../src/state/patch';
import { preview } from '../src/state/previews';
import type { Canvas } from '../src/wire/canvas';
import { canvasWith } from './canvas';

const STEPS = [{ id: 's1', name: 'Selection' }];

function room(): Canvas {
  const canvas = canvasWith(
    { id: 'a' },
    { id: 'x', step: 's1' },
    { id: 'b' },
    { id: 'c', judgement: 'must_do' },
    { id: 'd' },
    { id: 'p', category: 'platform_network' },
    { id: 'u', category: null },
  );
  return { ...canvas, steps: STEPS };
}

/** The canvas once these wishes came true. */
function granted(canvas: Canvas, ids: string[], spot: Spot): Canvas {
  return wishesFor(canvas, ids, spot).reduce(
    (now, { action, fields }) => applyChanges(now, preview(now, { type: 'do', id: 'i', action, ...fields }, 'me')),
    canvas,
  );
}

const actions = (ids: string[], spot: Spot) => wishesFor(room(), ids, spot).map(({ action }) => action);
const HERE: Spot = { row: PRODUCT, place: 'production', lane: 'unjudged' };

test('a card dropped where it lies wants nothing', () => {
  for (const before of ['b', 'd']) expect(actions(['b'], { ...HERE, before })).toEqual([]);
  expect(actions(['d'], { ...HERE, before: null })).toEqual([]);
  expect(actions(['a', 'b'], { ...HERE, before: 'd' })).toEqual([]);
});

test('only what is different is asked for', () => {
  expect(actions(['b'], { ...HERE, lane: 'must_do', before: null })).toEqual(['move_activity', 'judge_activity']);
  expect(actions(['b'], { ...HERE, lane: 'not_now', before: null })).toEqual(['judge_activity']);
  expect(actions(['b'], { row: 's1', place: null, lane: null })).toEqual(['place_activity']);
  expect(actions(['u'], { row: 's1', place: 'production', lane: 'must_do', before: null })).toEqual(['place_activity', 'move_activity', 'judge_activity']);
});

test('a place within a lane is between the cards that are seen there, whatever lies between them elsewhere', () => {
  const up = granted(room(), ['d'], { ...HERE, before: 'b' });
  expect(lying(up, 'production', 'unjudged', PRODUCT).map(({ id }) => id)).toEqual(['a', 'd', 'b']);
  const first = granted(room(), ['d'], { ...HERE, before: 'a' });
  expect(first.categories.production[0]).toBe('d');
  const last = granted(room(), ['a'], { ...HERE, before: null });
  expect(lying(last, 'production', 'unjudged', PRODUCT).map(({ id }) => id)).toEqual(['b', 'd', 'a']);
});

test('several keep their order, and one of them may be what they are dropped upon', () => {
  const together = granted(room(), ['u', 'd', 'a'], { ...HERE, before: 'd' });
  expect(lying(together, 'production', 'unjudged', PRODUCT).map(({ id }) => id)).toEqual(['b', 'a', 'd', 'u']);
});

test('another category without a wish for a place is at its end', () => {
  const moved = granted(room(), ['p', 'u'], { row: null, place: 'production', lane: null });
  expect(moved.categories.production.slice(-2)).toEqual(['p', 'u']);
  expect(moved.categories.platform_network).toEqual([]);
});

test('what is gone is passed over', () => {
  expect(wishesFor(room(), ['gone'], { ...HERE, before: 'a' })).toEqual([]);
  expect(actions(['gone', 'd'], { ...HERE, before: 'gone' })).toEqual([]);
});
