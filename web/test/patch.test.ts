import { describe, expect, test } from 'vitest';
import { applyChanges, type Change, Misfit } from '../src/state/patch';

const document = { list: ['a', 'b'], object: { x: 1, 'with/slash~tilde': 2 }, other: { deep: [1] } };

describe('applying patches', () => {
  const cases: [string, Change, unknown][] = [
    ['adds a member', { op: 'add', path: '/object/y', value: 3 }, { ...document, object: { ...document.object, y: 3 } }],
    ['adds into a list', { op: 'add', path: '/list/1', value: 'c' }, { ...document, list: ['a', 'c', 'b'] }],
    ['adds at the end, by number', { op: 'add', path: '/list/2', value: 'c' }, { ...document, list: ['a', 'b', 'c'] }],
    ['adds at the end, by dash', { op: 'add', path: '/list/-', value: 'c' }, { ...document, list: ['a', 'b', 'c'] }],
    ['replaces in a list', { op: 'replace', path: '/list/0', value: 'z' }, { ...document, list: ['z', 'b'] }],
    ['removes from a list', { op: 'remove', path: '/list/0' }, { ...document, list: ['b'] }],
    ['removes a member', { op: 'remove', path: '/object/x' }, { ...document, object: { 'with/slash~tilde': 2 } }],
    ['reads escaped names', { op: 'replace', path: '/object/with~1slash~0tilde', value: 5 }, { ...document, object: { x: 1, 'with/slash~tilde': 5 } }],
    ['replaces the whole', { op: 'replace', path: '', value: 1 }, 1],
  ];
  test.each(cases)('%s', (_name, change, after) => expect(applyChanges<unknown>(document, [change])).toEqual(after));

  test('leaves what came in as it was, and shares what did not change', () => {
    const before = structuredClone(document);
    const after = applyChanges(document, [{ op: 'add', path: '/list/-', value: 'c' }]);
    expect(document).toEqual(before);
    expect(after.other).toBe(document.other);
    expect(after.list).not.toBe(document.list);
  });

  test('a value that came with a patch is not written by the next one', () => {
    const value = { inner: [] as number[] };
    const after = applyChanges<Record<string, unknown>>({}, [
      { op: 'add', path: '/v', value },
      { op: 'add', path: '/v/inner/0', value: 1 },
    ]);
    expect(after).toEqual({ v: { inner: [1] } });
    expect(value).toEqual({ inner: [] });
  });

  const misfits: Change[] = [
    { op: 'replace', path: '/nothing', value: 1 },
    { op: 'remove', path: '/object/nothing' },
    { op: 'add', path: '/list/4', value: 1 },
    { op: 'replace', path: '/list/2', value: 1 },
    { op: 'add', path: '/list/x', value: 1 },
    { op: 'remove', path: '/list/-1' },
    { op: 'add', path: '/object/x/y', value: 1 },
    { op: 'add', path: '/toString/y', value: 1 },
    { op: 'remove', path: '' },
  ];
  test.each(misfits)('does not fit: $op $path', (change) => expect(() => applyChanges(document, [change])).toThrow(Misfit));
});
