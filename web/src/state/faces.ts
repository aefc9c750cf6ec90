/** How a person looks everywhere: two letters and one of six tints. */
import type { Person } from '../wire/messages';

const TINTS = 6;

/**
 * A tint for each, in the order in which they joined: the first six all differ, and nobody's ever changes,
 * since who was removed keeps their place in the list.
 */
export function tintsOf(people: readonly Person[]): ReadonlyMap<string, number> {
  return new Map(people.map(({ participant }, index) => [participant, index % TINTS]));
}

/** The first letters of the first and the last word; of a single word, one. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => word?.match(/[\p{L}\p{N}]\p{M}*/u)?.[0] ?? '').join('').toUpperCase();
}
