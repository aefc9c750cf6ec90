import { type Activity, type Canvas, type Place, placeOf } from '../../wire/canvas';
import type { Comparison, Difference, DifferenceKind } from '../../wire/past';
import { isActivity } from '../../wire/past';
import { PRODUCT } from '../arrangement';
import type { Gone, Mark } from './marks';

/** The two canvases that are compared. */
export interface Sides {
  from: Canvas;
  to: Canvas;
}

/** What somebody wants to see of a comparison; null is all. */
export interface Sieve {
  kind: DifferenceKind | null;
  place: Place | null;
  step: string | null;
  person: string | null;
}

export const EVERYTHING: Sieve = { kind: null, place: null, step: null, person: null };

export const GROUPS: readonly DifferenceKind[] = ['added', 'retired', 'restored', 'combined', 'judged', 'reworded', 'moved', 'placed', 'linked', 'unlinked'];

/** The activity that a difference is of, where it stands in the end, or stood when it went. */
export function subject(difference: Difference, { from, to }: Sides): Activity | null {
  const { activity: id, before, after } = difference;
  const named = [after, before].find(isActivity) as Activity | undefined;
  return to.activities[id] ?? from.activities[id] ?? named ?? null;
}

/** The differences that pass; category and step are those where the activity stands in the end. */
export function sift(differences: readonly Difference[], sieve: Sieve, sides: Sides): Difference[] {
  return differences.filter((one) => {
    if (sieve.kind !== null && one.kind !== sieve.kind) return false;
    if (sieve.person !== null && !one.by.includes(sieve.person)) return false;
    if (sieve.place === null && sieve.step === null) return true;
    const activity = subject(one, sides);
    if (activity === null) return false;
    return (sieve.place === null || placeOf(activity) === sieve.place) && (sieve.step === null || (activity.step ?? PRODUCT) === sieve.step);
  });
}

/** In the groups of the sentence that counts them. */
export function grouped(differences: readonly Difference[]): { kind: DifferenceKind; differences: Difference[] }[] {
  return GROUPS.map((kind) => ({ kind, differences: differences.filter((one) => one.kind === kind) })).filter((group) => group.differences.length > 0);
}

/** What is to be marked on the canvas of the other moment, and what stood on the one and is gone from it. */
export function markings(differences: readonly Difference[], { from, to }: Sides): { marks: Map<string, Mark>; gone: Gone[] } {
  const marks = new Map<string, Mark>();
  const gone: Gone[] = [];
  for (const { activity, kind, before } of differences) {
    mark(activity, kind);
    if (kind === 'combined' && Array.isArray(before)) for (const source of before.filter(isActivity)) mark(source.id, kind);
  }
  return { marks, gone };

  function mark(id: string, kind: DifferenceKind) {
    const known = marks.get(id);
    const went = !(id in to.activities);
    if (known) {
      if (!known.kinds.includes(kind)) marks.set(id, { ...known, kinds: [...known.kinds, kind] });
      return;
    }
    marks.set(id, { kinds: [kind], age: 0, gone: went });
    if (went && id in from.activities) gone.push({ id, before: from });
  }
}

/** Everyone who made a difference. */
export function makers({ differences }: Comparison): string[] {
  return [...new Set(differences.flatMap(({ by }) => by))];
}
