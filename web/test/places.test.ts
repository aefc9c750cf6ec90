import { expect, test } from 'vitest';
import { addressOf, placeOf, placeSaid } from '../src/views/places';

const CARD = '4b1c8f0e-2d57-4a53-9a6e-0c1f5f3a7c11';

test('what is said of a place is understood', () => {
  for (const place of [{ view: 'canvas' as const, card: null }, { view: 'activities' as const, card: CARD }]) {
    expect(placeSaid(addressOf(place))).toEqual(place);
  }
});

test.each([
  'https://elsewhere.example/',
  'javascript:alert(1)',
  '/room/other',
  '#nowhere',
  '#canvas/card/',
  '#canvas/other/1',
  `#canvas/card/${CARD}/more`,
  '#canvas/card/%E0%A4%A',
  'canvas',
  '',
  null,
  undefined,
])('%s is no place of ours', (address) => {
  expect(placeSaid(address)).toBeNull();
});

test('an address that nobody knows leads to the activities', () => {
  expect(placeOf('#nowhere')).toEqual({ view: 'activities', card: null });
});

test('an address with broken escapes leads somewhere all the same', () => {
  expect(placeOf('#canvas/card/%E0%A4%A')).toEqual({ view: 'canvas', card: '%E0%A4%A' });
});

test.each([
  ['#replay/12', { view: 'replay', card: null, moment: { version: 12, drawn: false } }],
  [`#replay/12/canvas/card/${CARD}`, { view: 'replay', card: CARD, moment: { version: 12, drawn: true } }],
  ['#compare/3/17', { view: 'compare', card: null, between: { from: '3', to: '17' } }],
] as const)('%s leads to what was', (address, place) => {
  expect(placeOf(address)).toEqual(place);
  expect(placeSaid(address)).toEqual(place);
});

test.each(['#replay/0', '#replay/x', '#replay', '#compare/3', '#replay/12/other'])('%s is no moment', (address) => {
  expect(placeSaid(address)).toBeNull();
});
