import { expect, test } from 'vitest';
import '../src/i18n/backward';
import '../src/i18n/later';
import { LANGUAGES } from '../src/i18n/languages';

type Tree = { [key: string]: string | ((...values: never[]) => string) | Tree };

/** Every sentence with the way to it; a sentence that takes values is shown with some. */
function sentences(tree: Tree, way = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const at = `${way}/${key}`;
    if (typeof value === 'string') all.set(at, value);
    else if (typeof value === 'function') all.set(at, (value as (...values: unknown[]) => string)(2, 'two'));
    else for (const [deeper, text] of sentences(value, at)) all.set(deeper, text);
  }
  return all;
}

const [english, dutch] = [sentences(LANGUAGES.en as unknown as Tree), sentences(LANGUAGES.nl as unknown as Tree)];
/** Words that are the same in both languages, looked at one by one. */
const SHARED = new Set(['/iteration/running', '/iteration/nameHint', '/views/canvas', '/replay/slider', '/canvas/categories/platform_network', '/replay/brief/drawn', '/replay/brief/link']);

test('both languages have the same sentences', () => {
  expect([...dutch.keys()]).toEqual([...english.keys()]);
});

test('no sentence is empty', () => {
  for (const [way, text] of [...english, ...dutch]) expect(text.trim(), way).not.toBe('');
});

test('nothing in Dutch was left in English', () => {
  const left = [...dutch].filter(([way, text]) => english.get(way) === text && !SHARED.has(way) && /[a-z]{4}/i.test(text));
  expect(left).toEqual([]);
});

test('each language has one kind of quotation marks, and none is that of a typewriter', () => {
  expect([...english].filter(([, text]) => /[‘„"']/.test(text))).toEqual([]);
  expect([...dutch].filter(([, text]) => /[“”„"']/.test(text))).toEqual([]);
});
