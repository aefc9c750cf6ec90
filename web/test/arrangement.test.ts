import { expect, test } from 'vitest';
import { Arranger, isFilled, PRODUCT } from '../src/state/arrangement';
import { canvasWith } from './canvas';

const STEPS = [
  { id: 's1', name: 'Selection' },
  { id: 's2', name: 'Development' },
];
const all = () => true;

function room() {
  const canvas = canvasWith(
    { id: 'a', step: 's1', judgement: 'must_do' },
    { id: 'b', step: 's1' },
    { id: 'c', category: 'problem_solving', step: 's1', judgement: 'not_now' },
    { id: 'd', category: 'platform_network' },
    { id: 'e', category: null, step: 's2' },
  );
  return { ...canvas, steps: STEPS };
}

test('rows are the end product and the steps, cells have lanes, the tray is of all rows', () => {
  const { rows, tray, all: every, shown, at } = new Arranger().arrange(room(), all);
  expect(rows.map(({ id, name }) => [id, name])).toEqual([
    [PRODUCT, null],
    ['s1', 'Selection'],
    ['s2', 'Development'],
  ]);
  expect(rows[1]?.cells.production.must_do.map(({ id }) => id)).toEqual(['a']);
  expect(rows[1]?.cells.production.unjudged.map(({ id }) => id)).toEqual(['b']);
  expect(tray.unjudged.map(({ id }) => id)).toEqual(['e']);
  expect([every, shown]).toEqual([5, 5]);
  expect(at).toEqual({ production: 2, problem_solving: 1, platform_network: 1, unsorted: 1 });
});

test('a row counts what stands in it, by category and by judgement', () => {
  const { rows } = new Arranger().arrange(room(), all);
  expect(rows[1]?.counts).toEqual({ production: 2, problem_solving: 1, platform_network: 0, all: 3, unjudged: 1, must_do: 1, not_now: 1 });
  expect(rows[2]?.counts.all).toBe(0);
});

test('what a filter hides is not counted but known of', () => {
  const { rows, all: every, shown } = new Arranger().arrange(room(), ({ judgement }) => judgement === null);
  expect([every, shown]).toEqual([5, 3]);
  expect(rows[1]?.counts.all).toBe(1);
});

test('an activity at a step that is no more stands with the end product', () => {
  const canvas = canvasWith({ id: 'a', step: 'gone' });
  expect(new Arranger().arrange(canvas, all).rows[0]?.cells.production.unjudged).toHaveLength(1);
});

test('what has not changed is the same object as before, and only the lane of a changed card is another', () => {
  const arranger = new Arranger();
  const canvas = room();
  const before = arranger.arrange(canvas, all);
  const again = arranger.arrange({ ...canvas, title: 'Another' }, all);
  expect(again.rows).toBe(before.rows);
  expect(again.tray).toBe(before.tray);
  expect(again.at).toBe(before.at);

  const b = canvas.activities.b as NonNullable<(typeof canvas.activities)['b']>;
  const after = arranger.arrange({ ...canvas, activities: { ...canvas.activities, b: { ...b, title: 'Draw' } } }, all);
  expect(after.rows[0]).toBe(before.rows[0]);
  expect(after.rows[2]).toBe(before.rows[2]);
  expect(after.rows[1]?.cells.production.must_do).toBe(before.rows[1]?.cells.production.must_do);
  expect(after.rows[1]?.cells.production.unjudged).not.toBe(before.rows[1]?.cells.production.unjudged);
  expect(after.rows[1]?.counts).toBe(before.rows[1]?.counts);
});

test('what has gone is drawn where it stood and counted nowhere, also where it was drawn just before', () => {
  const arranger = new Arranger();
  const canvas = room();
  arranger.arrange(canvas, all);
  const { rows, all: every, shown, at } = arranger.arrange(canvas, all, (id) => id !== 'c' && id !== 'd');
  expect(rows[1]?.cells.problem_solving.not_now.map(({ id }) => id)).toEqual(['c']);
  expect(rows[1]?.counts).toEqual({ production: 2, problem_solving: 0, platform_network: 0, all: 2, unjudged: 1, must_do: 1, not_now: 0 });
  expect([every, shown, at.problem_solving, at.platform_network]).toEqual([3, 3, 0, 0]);
  expect([rows[0]?.counts.all, rows[0] && isFilled(rows[0])]).toEqual([0, true]);
});
