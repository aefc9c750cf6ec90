import { beforeEach, describe, expect, test } from 'vitest';
import { Drawing } from '../src/state/drawing';
import { TestClock } from './clock';

let clock: TestClock;
let drawn: number[];
let drawing: Drawing;
let cost = 0;

beforeEach(() => {
  clock = new TestClock();
  clock.jump(10_000);
  drawn = [];
  cost = 0;
  drawing = new Drawing(clock, () => {
    drawn.push(clock.now() - 10_000);
    clock.jump(cost);
  });
});

/** Something comes so often for so long. */
function come(every: number, until: number) {
  for (let at = 0; at < until; at += every) {
    drawing.soon();
    clock.pass(every);
  }
}

describe('what comes from the server', () => {
  test('is drawn with the next frame where it was calm', () => {
    drawing.soon();
    expect(drawing.due).toBe(true);
    clock.pass(16);
    expect(drawn).toEqual([16]);
    expect(drawing.due).toBe(false);
  });

  test('is gathered where much comes, and nothing is left lying', () => {
    come(5, 1000);
    expect(drawn.length).toBeGreaterThan(15);
    expect(drawn.length).toBeLessThan(22);
    clock.pass(50);
    expect(drawing.due).toBe(false);
  });

  test('waits longer the longer drawing takes, so that the page stays free, but no more than a second', () => {
    cost = 100;
    come(10, 3000);
    expect(drawn.length).toBeLessThan(7);
    cost = 2000;
    drawing.now();
    const from = clock.now();
    drawing.soon();
    clock.pass(1000);
    expect(drawn.at(-1)).toBeLessThanOrEqual(from - 10_000 + 1000);
  });

  test('comes every two seconds while a card is under the hand, and at once when it is let go', () => {
    drawing.now();
    drawing.still = true;
    come(10, 3900);
    expect(drawn).toEqual([0, 2000]);
    drawing.soon();
    drawing.still = false;
    clock.pass(50);
    expect(drawn.length).toBe(3);
  });

  test('is not drawn any more after the end', () => {
    drawing.soon();
    drawing.stop();
    clock.pass(1000);
    expect(drawn).toEqual([]);
  });
});
