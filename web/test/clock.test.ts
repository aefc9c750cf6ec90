import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { wallClock } from '../src/wire/clock';
import { Pace } from '../src/wire/pace';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('a page that nobody looks at is not drawn, and goes on all the same', () => {
  vi.stubGlobal('requestAnimationFrame', () => 7);
  vi.stubGlobal('cancelAnimationFrame', vi.fn());
  const then = vi.fn();
  wallClock.frame(then);
  vi.advanceTimersByTime(249);
  expect(then).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(then).toHaveBeenCalledTimes(1);
});

test('one that is drawn goes on with the frame, once, unless it is called off', () => {
  const frames: (() => void)[] = [];
  vi.stubGlobal('requestAnimationFrame', (then: () => void) => frames.push(then));
  vi.stubGlobal('cancelAnimationFrame', vi.fn());
  const [then, off] = [vi.fn(), vi.fn()];
  wallClock.frame(then);
  wallClock.frame(off)();
  frames[0]?.();
  vi.advanceTimersByTime(1000);
  expect(then).toHaveBeenCalledTimes(1);
  expect(off).not.toHaveBeenCalled();
});

test('the pace is a little less than the server takes, with a second’s worth at once', () => {
  const pace = new Pace();
  expect(pace.allowed(0)).toBe(Number.POSITIVE_INFINITY);
  pace.limit(50, 0);
  expect(pace.allowed(0)).toBe(45);
  pace.spend(45);
  expect([pace.allowed(0), pace.wait()]).toEqual([0, 23]);
  expect(pace.allowed(1000)).toBe(45);
  pace.exhaust();
  expect(pace.allowed(1100)).toBe(4);
});

test('a clock that is set back neither stops the pace nor opens it', () => {
  const pace = new Pace();
  pace.limit(50, 3_600_000);
  pace.spend(45);
  expect(pace.allowed(0)).toBe(0);
  expect(pace.allowed(100)).toBe(4);
});

test('no limit is no limit, also after the server had enough for once', () => {
  const pace = new Pace();
  pace.limit(0, 0);
  pace.exhaust();
  expect([pace.allowed(5), pace.wait()]).toEqual([Number.POSITIVE_INFINITY, 0]);
});
