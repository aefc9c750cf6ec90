interface Named {
  id: string;
}

/**
 * One's own list on top of what others made of theirs in the meantime: what one left alone follows them, what
 * they added comes at the end, what they dropped goes. `words`: what one may have changed of a thing.
 */
export function onTopOf<T extends Named>(before: readonly T[], mine: readonly T[], now: readonly T[], words: (one: T) => string): T[] {
  const was = new Map(before.map((one) => [one.id, one]));
  const is = new Map(now.map((one) => [one.id, one]));
  const kept = mine.filter(({ id }) => !was.has(id) || is.has(id)).map((one) => follow(one, was.get(one.id), is.get(one.id), words));
  const added = now.filter(({ id }) => !was.has(id) && !mine.some((one) => one.id === id));
  return [...kept, ...added];
}

function follow<T>(mine: T, was: T | undefined, is: T | undefined, words: (one: T) => string): T {
  return was !== undefined && is !== undefined && words(was) === words(mine) ? is : mine;
}
