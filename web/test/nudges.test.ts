import { expect, test } from 'vitest';
import { nudges } from '../src/state/nudges';
import type { Activity, Canvas, Place } from '../src/wire/canvas';
import { emptyCanvas } from './canvas';

/** A canvas with cards of these titles at these places. */
function having(cards: Partial<Record<Place, string[]>>, closed = false): Canvas {
  const canvas = emptyCanvas();
  for (const [place, titles] of Object.entries(cards) as [Place, string[]][]) {
    for (const title of titles) {
      const id = title.toLowerCase();
      const category = place === 'unsorted' ? null : place;
      canvas.activities[id] = { id, title, category, details: '', judgement: null, reason: null, step: null, links: [], comments: [], by: null, origin: null } as Activity;
      canvas.categories[place].push(id);
    }
  }
  if (closed) canvas.iterations = [{ id: 'one', name: 'Kick-off', goal: null, from: 3, to: 9 }];
  return canvas;
}

function names(canvas: Canvas, added: string[] = []): string[] {
  return nudges(canvas, added).map(({ name }) => name);
}

test('an empty room is left alone', () => {
  expect(names(having({}))).toEqual([]);
  expect(names(having({ production: ['Build', 'Paint'] }))).toEqual([]);
});

test('an empty problem solving column is told once there is something to compare it with', () => {
  expect(names(having({ production: ['Build', 'Paint'], platform_network: ['Sell'] }))).toContain('problem_solving_empty');
  expect(names(having({ production: ['Build', 'Paint'], problem_solving: ['Repair'] }))).not.toContain('problem_solving_empty');
});

test('another empty column is told late, and never beside the empty problem solving one', () => {
  const most = { production: ['Build', 'Paint', 'Pack'], problem_solving: ['Repair', 'Listen'] };
  expect(names(having(most))).toContain('category_empty/platform_network');
  expect(names(having({ ...most, problem_solving: ['Repair'] }))).not.toContain('category_empty/platform_network');
  expect(names(having({ production: ['a', 'b', 'c', 'd', 'e'] })).filter((name) => name.includes('empty'))).toEqual(['problem_solving_empty']);
});

test.each(['Keep improving the process', 'Blijven verbeteren', 'Steeds beter: processen verbeteren, steeds weer', 'Continuous improvement', 'Continu verbeteren', 'Hold a kaizen week'])(
  'improving is an activity already: %s',
  (title) => {
    expect(names(having({ production: ['Build', 'Paint'], problem_solving: [title] }))).not.toContain('continuous_improvement');
  },
);

test('improving is suggested where nobody thought of it', () => {
  expect(names(having({ production: ['Build', 'Improve the mould'], problem_solving: ['Repair'] }))).toContain('continuous_improvement');
});

test('after an iteration the newest production activity is held against how one produces', () => {
  const cards = { production: ['Build', 'Paint'], problem_solving: ['Keep improving'] };
  expect(names(having(cards, true), ['build', 'paint'])).toEqual(['fits_process/paint']);
  expect(names(having(cards, false), ['build'])).toEqual([]);
  expect(names(having(cards, true), ['keep improving', 'gone'])).toEqual([]);
});
