import { expect, test } from 'vitest';
import { ago, moment } from '../src/components/card/times';
import { titleHint } from '../src/state/wording';

test.each([
  ['Design new building blocks', 'en'],
  ['Bring teachers together who share their lessons', 'en'],
  ['Keep the web shop up', 'en'],
  ['Test', 'en'],
  ['Ship orders', 'en'],
  ['Mention prices', 'en'],
  ['Document recipes', 'en'],
  ['Ask teachers first', 'en'],
  ['Nieuwe bouwstenen ontwerpen', 'nl'],
  ['Ontwerp bouwstenen', 'nl'],
  ['De webwinkel in de lucht houden', 'nl'],
  ['Voortdurend blijven verbeteren', 'nl'],
  ['Onderhoud', 'nl'],
  ['IT', 'nl'],
  ['Beheer webwinkel', 'nl'],
  ['Spring in', 'nl'],
  ['Meer leveren', 'nl'],
  ['De klant centraal stellen', 'nl'],
  ['Zet de leerling op de eerste plaats', 'nl'],
  ['Bouwstenen', 'nl'],
] as const)('an action gets no hint: %s', (title, language) => {
  expect(titleHint(title, language)).toBe(null);
});

test.each([
  ['The web shop', 'en'],
  ['Better service', 'en'],
  ['Production', 'en'],
  ['Quality management', 'en'],
  ['Distribution network', 'en'],
  ['Marketing', 'en'],
  ['De webwinkel', 'nl'],
  ['Betere service', 'nl'],
  ['Productontwikkeling', 'nl'],
  ['Klanttevredenheid', 'nl'],
  ['Nieuwe bouwstenen', 'nl'],
  ['Voorraadbeheer', 'nl'],
  ['Logistics', 'en'],
  ['Partnerships', 'en'],
] as const)('a thing gets one: %s', (title, language) => {
  expect(titleHint(title, language)).toBe('noun');
});

test.each([
  ['Bricks for everyone!', 'en'],
  ['QUALITY COMES FIRST', 'en'],
  ['Customers first', 'en'],
  ['Bouwen is leren!', 'nl'],
  ['De klant centraal', 'nl'],
  ['Kwaliteit staat voorop', 'nl'],
  ['De klant is koning', 'nl'],
] as const)('so does a slogan: %s', (title, language) => {
  expect(titleHint(title, language)).toBe('slogan');
});

test('how long ago is told in the largest unit that fits', () => {
  const at = '2026-03-12T14:05:00.000000Z';
  const then = Date.parse(at);
  expect(ago(at, then + 20_000, 'en')).toBe(null);
  expect(ago(at, then + 10 * 60_000, 'en')).toBe('10 minutes ago');
  expect(ago(at, then + 3 * 3_600_000 + 5, 'nl')).toBe('3 uur geleden');
  expect(ago(at, then + 26 * 3_600_000, 'en')).toBe('yesterday');
  expect(ago(at, then - 5_000, 'en')).toBe(null);
});

test('a moment has its day and its time', () => {
  expect(moment('2026-03-12T14:05:00.000000Z', 'en')).toMatch(/12 March.*\d\d:05/);
  expect(moment('2026-03-12T14:05:00.000000Z', 'nl')).toMatch(/12 maart.*\d\d:05/);
});
