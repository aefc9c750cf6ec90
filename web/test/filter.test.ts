import { expect, test } from 'vitest';
import { Filter } from '../src/state/filter.svelte';
import type { Activity } from '../src/wire/canvas';
import { canvasWith } from './canvas';

function one(some: Partial<Activity>): Activity {
  return canvasWith({ id: 'a', ...some }).activities.a as Activity;
}

test('without a wish everything shows', () => {
  const filter = new Filter();
  expect(filter.active).toBe(false);
  expect(filter.shows(one({}))).toBe(true);
});

test('all words must be there, in any order, in title or details, whatever their capitals and accents', () => {
  const filter = new Filter();
  filter.search = '  wood REEEL ';
  expect(filter.active).toBe(true);
  expect(filter.shows(one({ title: 'Reëel plan', details: 'for wood' }))).toBe(true);
  expect(filter.shows(one({ title: 'Wood' }))).toBe(false);
});

test('category, judgement and person must fit too', () => {
  const filter = new Filter();
  filter.place = 'unsorted';
  filter.judgement = 'unjudged';
  filter.by = 'p1';
  expect(filter.shows(one({ category: null }))).toBe(true);
  expect(filter.shows(one({ category: 'production' }))).toBe(false);
  expect(filter.shows(one({ category: null, judgement: 'must_do' }))).toBe(false);
  expect(filter.shows(one({ category: null, by: 'p2' }))).toBe(false);
  filter.clear();
  expect(filter.active).toBe(false);
});

test('a changed text is searched anew', () => {
  const filter = new Filter();
  filter.search = 'glue';
  const before = one({ title: 'Cut wood' });
  expect(filter.shows(before)).toBe(false);
  expect(filter.shows({ ...before, title: 'Cut glue' })).toBe(true);
});
