import { expect, test } from 'vitest';
import { onScreen, pointers, type Surface, thousandths } from '../src/components/together/pointing';
import type { Presence } from '../src/wire/messages';

const surface: Surface = { left: 100, top: 50, width: 800, height: 400, scrollLeft: 0, scrollTop: 600, scrollWidth: 800, scrollHeight: 2000 };

const at = (participant: string, cursor: [number, number] | null, view = '#activities'): Presence => {
  return { participant, name: participant, role: 'participant', focus: null, typing: false, cursor, view };
};

test('a place is said in thousandths of all there is, wherever one has scrolled to', () => {
  expect(thousandths(surface, 500, 250)).toEqual([500, 400]);
  expect(onScreen(surface, [500, 400])).toEqual({ x: 500, y: 250 });
  expect(onScreen({ ...surface, width: 400, scrollWidth: 400, scrollTop: 700 }, [500, 400])).toEqual({ x: 300, y: 150 });
});

test('a place that one would have to scroll to is not drawn', () => {
  expect(onScreen(surface, [500, 100])).toBeNull();
  expect(onScreen(surface, [500, 900])).toBeNull();
});

test('beyond the edges is at the edges', () => {
  expect(thousandths(surface, -50, 5000)).toEqual([0, 1000]);
});

test('only who points in the same view is shown', () => {
  const people = [at('ada', [1, 2]), at('ben', [3, 4], '#canvas'), at('cas', null), at('dee', [5, 6], 'https://elsewhere.example')];
  expect(pointers([], people, 'activities', 7)).toEqual([{ participant: 'ada', name: 'ada', cursor: [1, 2], at: 7 }]);
});

test('who has a card open still points in the view below', () => {
  const [one] = pointers([], [at('ada', [1, 2], '#activities/card/x')], 'activities', 7);
  expect(one?.participant).toBe('ada');
});

test('who moves is awake, who does not rests', () => {
  const before = pointers([], [at('ada', [1, 2]), at('ben', [3, 4])], 'activities', 100);
  const after = pointers(before, [at('ada', [1, 2]), at('ben', [3, 5])], 'activities', 900);
  expect(after.map((pointer) => pointer.at)).toEqual([100, 900]);
  expect(after[0]).toBe(before[0]);
});
