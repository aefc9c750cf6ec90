import { describe, expect, test } from 'vitest';
import { diff } from '../src/text/diff';
import { merge } from '../src/text/merge';

function rebuilt(from: string, to: string): string {
  const old = [...from];
  const { inserted, deleted } = diff(old, [...to]);
  return inserted.map((letters, gap) => letters.join('') + (gap < old.length && !deleted[gap] ? old[gap] : '')).join('');
}

/** The same numbers in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function scribble(text: string, random: () => number, ink: string): string {
  const at = Math.floor(random() * (text.length + 1));
  const gone = Math.floor(random() * 3);
  return text.slice(0, at) + ink + text.slice(at + gone);
}

describe('differences', () => {
  test('any two texts: the edits turn one into the other', () => {
    const random = dice(7);
    for (let round = 0; round < 500; round += 1) {
      const make = () => Array.from({ length: Math.floor(random() * 12) }, () => 'ab😀 '.charAt(Math.floor(random() * 3))).join('');
      const [from, to] = [make(), make()];
      expect(rebuilt(from, to)).toBe(to);
    }
  });

  test('texts that have nothing in common are replaced, quickly', () => {
    const [from, to] = ['x'.repeat(4000), 'y'.repeat(4000)];
    expect(rebuilt(from, to)).toBe(to);
  });
});

describe('merging', () => {
  test.each([
    ['both ends', 'bricks', 'new bricks', 'bricks for all', 'new bricks for all'],
    ['one changed nothing', 'a', 'a', 'b', 'b'],
    ['both said the same', 'a', 'ab', 'ab', 'ab'],
    ['at one place theirs comes first', 'ab', 'aMb', 'aTb', 'aTMb'],
    ['what either took out goes', 'abcd', 'acd', 'abc', 'ac'],
    ['an insertion in what the other took out stays', 'abcd', 'abXcd', 'ad', 'aXd'],
    ['an emoji is one letter', 'a😀b', 'a😀Mb', 'aTb', 'aTMb'],
  ])('%s', (_name, base, mine, theirs, merged) => expect(merge(base, mine, theirs).text).toBe(merged));

  test('whatever either put in is there, however they change the text', () => {
    const random = dice(3);
    for (let round = 0; round < 500; round += 1) {
      const base = 'the quick brown fox';
      const { text } = merge(base, scribble(base, random, 'MINE'), scribble(base, random, 'THEIRS'));
      expect(text).toContain('MINE');
      expect(text).toContain('THEIRS');
    }
  });

  test.each([
    ['before what came in', 'ab|c', 'abc', 'abcX', 'ab|cX'],
    ['behind what came in', 'ab|c', 'abc', 'Xabc', 'Xab|c'],
    ['behind one’s own letters where both wrote', 'abM|', 'ab', 'abT', 'abTM|'],
    ['at the very place where something came in', 'ab|', 'ab', 'abT', 'ab|T'],
    ['where one’s surroundings went', 'ab|cd', 'abcd', 'ad', 'a|d'],
    ['behind an emoji', '😀|x', '😀x', 'T😀x', 'T😀|x'],
  ])('a caret stays %s', (_name, mine, base, theirs, after) => {
    const caret = mine.indexOf('|');
    const merged = merge(base, mine.replace('|', ''), theirs);
    const at = merged.place(caret);
    expect(`${merged.text.slice(0, at)}|${merged.text.slice(at)}`).toBe(after);
  });
});
