import { expect, test } from 'vitest';
import { backoff } from '../src/wire/backoff';
import { comesBack, ending } from '../src/wire/close';
import { newId } from '../src/wire/ids';

test('the pause doubles, up to fifteen seconds, half of it chance', () => {
  expect([0, 1, 2, 3].map((attempt) => backoff(attempt, () => 1))).toEqual([250, 500, 1000, 2000]);
  expect(backoff(30, () => 1)).toBe(15_000);
  expect(backoff(30, () => 0)).toBe(7500);
});

test.each([
  [1006, true],
  [1013, true],
  [4408, true],
  [4429, true],
  [4503, true],
  [1011, true],
  [4400, false],
  [4401, false],
  [4403, false],
  [4404, false],
  [4409, false],
  [4413, false],
])('close code %i: coming back makes sense: %s', (code, does) => expect(comesBack(ending(code))).toBe(does));

test('ids are version 4 UUIDs in lower case, and differ', () => {
  const ids = Array.from({ length: 100 }, newId);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(ids).size).toBe(100);
});
