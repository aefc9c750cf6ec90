import { expect, test } from 'vitest';
import { begins, clockOf, crossed, inMinutes, minuteMore, remaining } from '../src/components/course/remaining';

const MINUTE = 60_000;
const NOW = Date.parse('2026-01-31T09:30:00.250Z');

test.each([
  [0, '0:00'],
  [1, '0:01'],
  [59_001, '1:00'],
  [4 * MINUTE + 5000, '4:05'],
  [10 * MINUTE, '10:00'],
  [60 * MINUTE, '1:00:00'],
  [61 * MINUTE + 1000, '1:01:01'],
])('%d ms read %s', (ms, clock) => {
  expect(clockOf(ms)).toBe(clock);
});

test('an end is written as the server writes moments, and read back', () => {
  expect(inMinutes(NOW, 5)).toBe('2026-01-31T09:35:00.250000Z');
  expect(remaining(inMinutes(NOW, 5), NOW)).toBe(5 * MINUTE);
});

test('time that is up stays at nothing, and without an end there is none', () => {
  expect(remaining(inMinutes(NOW, 5), NOW + 9 * MINUTE)).toBe(0);
  expect(remaining(null, NOW)).toBeNull();
});

test('a minute more counts from the end, or from now where that is past', () => {
  const ends = inMinutes(NOW, 5);
  expect(remaining(minuteMore(ends, NOW), NOW)).toBe(6 * MINUTE);
  expect(remaining(minuteMore(ends, NOW + 20 * MINUTE), NOW + 20 * MINUTE)).toBe(MINUTE);
});

test.each([
  [5 * MINUTE + 100, 5 * MINUTE - 150, 5],
  [5 * MINUTE - 150, 5 * MINUTE - 400, null],
  [MINUTE + 1, MINUTE, 1],
  [250, 0, 0],
  [0, 0, null],
  // A lid that was closed meanwhile: not every threshold, the last one only.
  [8 * MINUTE, 0, 0],
  [8 * MINUTE, 2 * MINUTE, null],
  [8 * MINUTE, 30_000, 1],
  // More time than before.
  [MINUTE, 2 * MINUTE, null],
])('from %d ms to %d ms: %s', (before, left, said) => {
  expect(crossed(before, left)).toBe(said);
});

test('another label or none is another phase; more time is not', () => {
  const writing = { label: 'Write', ends_at: inMinutes(NOW, 5) };
  expect(begins(null, writing, NOW)).toBe(true);
  expect(begins(writing, { ...writing, label: 'Sort' }, NOW)).toBe(true);
  expect(begins(writing, null, NOW)).toBe(true);
  expect(begins(writing, { ...writing, ends_at: minuteMore(writing.ends_at, NOW) }, NOW)).toBe(false);
  expect(begins(writing, { ...writing, ends_at: null }, NOW)).toBe(false);
  expect(begins(null, null, NOW)).toBe(false);
});

test('the same label anew, once its time was up, is another phase; a minute more then is not', () => {
  const writing = { label: 'Write', ends_at: inMinutes(NOW, 5) };
  const later = NOW + 6 * MINUTE;
  expect(begins(writing, { ...writing, ends_at: inMinutes(later, 5) }, later)).toBe(true);
  expect(begins(writing, { ...writing, ends_at: minuteMore(writing.ends_at, later) }, later)).toBe(false);
});
