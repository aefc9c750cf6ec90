import { expect, test } from 'vitest';
import { PRODUCT } from '../src/state/arrangement';
import { Rows } from '../src/state/rows.svelte';

function device() {
  const kept = new Map<string, string>();
  return { kept, getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value) };
}

function rows(store = device(), current = 's1'): Rows {
  const made = new Rows(store, 'r', 'p');
  made.current = current;
  return made;
}

test('the current row is open, others fold, and what one searches for shows', () => {
  const mine = rows();
  expect([mine.isOpen('s1'), mine.isOpen('s2'), mine.isOpen('s2', true)]).toEqual([true, false, true]);
  mine.choose('s2', false);
  expect(mine.isOpen('s2', true)).toBe(false);
});

test('new cards go to the row opened last, else to the current one', () => {
  const mine = rows();
  expect(mine.target).toBe('s1');
  mine.choose('s2', true);
  expect(mine.target).toBe('s2');
  mine.choose(PRODUCT, true);
  expect(mine.target).toBe(PRODUCT);
  mine.choose(PRODUCT, false);
  expect(mine.target).toBe('s1');
  mine.choose('s1', false);
  expect(mine.target).toBe('s2');
  mine.choose('s2', false);
  expect(mine.target).toBe('s1');
});

test('when the group goes on its row opens, also for who had folded it; what one opened oneself stays open', () => {
  const mine = rows();
  mine.choose('s2', false);
  mine.choose('s3', true);
  mine.enter('s2');
  expect([mine.isOpen('s1'), mine.isOpen('s2'), mine.isOpen('s3')]).toEqual([false, true, true]);
  expect(mine.target).toBe('s2');
});

test('the row one stands in stays open when the group goes on', () => {
  const mine = rows();
  mine.enter('s2', 's1');
  expect([mine.isOpen('s1'), mine.isOpen('s2')]).toEqual([true, true]);
});

test('what one chose is there again on the same device, for the same person and room', () => {
  const store = device();
  rows(store).choose('s2', true);
  expect(rows(store).isOpen('s2')).toBe(true);
  expect(new Rows(store, 'r', 'other').isOpen('s2')).toBe(false);
  expect(new Rows(store, 'other', 'p').isOpen('s2')).toBe(false);
});

test('steps that are no more are forgotten, and nonsense on the device counts as nothing', () => {
  const store = device();
  rows(store).choose('s2', true);
  rows(store).only([PRODUCT, 's1']);
  expect(rows(store).isOpen('s2')).toBe(false);
  for (const nonsense of ['{', '{"a":1}', '[["s2"],3,null]']) {
    store.setItem('kern.rows.r.p', nonsense);
    expect(rows(store).isOpen('s2')).toBe(false);
  }
});
