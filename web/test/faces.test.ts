import { expect, test } from 'vitest';
import { initialsOf, tintsOf } from '../src/state/faces';
import type { Person } from '../src/wire/messages';

const person = (participant: string, more: Partial<Person> = {}): Person => ({ participant, name: participant, role: 'participant', ...more });

test('the first six to join all have a tint of their own', () => {
  const tints = tintsOf(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((one) => person(one)));
  expect(new Set([...tints.values()].slice(0, 6)).size).toBe(6);
  expect(tints.get('g')).toBe(tints.get('a'));
});

test('a tint stays when somebody is removed or renamed, and when others join', () => {
  const before = tintsOf([person('a'), person('b'), person('c')]);
  const after = tintsOf([person('a', { removed: true }), person('b', { name: 'Bo' }), person('c'), person('d')]);
  for (const [participant, tint] of before) expect(after.get(participant)).toBe(tint);
});

test.each([
  ['Anna de Vries', 'AV'],
  ['Ben', 'B'],
  ['  chiara   rossi ', 'CR'],
  ['Guest 3', 'G3'],
  ['Élodie', 'É'],
  ['(Jan) – 李雷', 'J李'],
  ['', ''],
])('the initials of %s are %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
