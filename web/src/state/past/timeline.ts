import type { Iteration, Phase, Step } from '../../wire/canvas';
import type { Timeline } from '../../wire/past';

/** A point in a room's past that people remember. */
export interface Milestone {
  version: number;
  kind: 'opened' | 'closed' | 'step' | 'phase';
  /** What it is called: of an iteration, a step or a phase; null where a step or a phase just ended. */
  label: string | null;
}

/** Where iterations were opened and closed, steps entered and phases begun, in order; the latter once the course is known. */
export function milestonesOf(iterations: readonly Iteration[], course: Timeline | null = null, steps: readonly Step[] = []): Milestone[] {
  const others = (course?.marks ?? []).flatMap(({ version, kind, value }): Milestone[] => {
    if (kind === 'StepEntered') return [{ version, kind: 'step', label: value === null ? null : (steps.find(({ id }) => id === value)?.name ?? '…') }];
    if (kind !== 'PhaseSet') return [];
    const label = value === null ? null : (value as Phase).label;
    return value !== null && label === null ? [] : [{ version, kind: 'phase', label }]; // only a clock: nothing to remember it by
  });
  return [...cutsOf(iterations), ...others].sort((a, b) => a.version - b.version);
}

function cutsOf(iterations: readonly Iteration[]): Milestone[] {
  return iterations.flatMap(({ name, from, to }): Milestone[] => {
    const opened: Milestone = { version: from, kind: 'opened', label: name };
    return to === null ? [opened] : [opened, { version: to, kind: 'closed', label: name }];
  });
}

/** The iteration that was closed last, if any was. */
export function lastClosed(iterations: readonly Iteration[]): Iteration | null {
  const closed = iterations.filter(({ to }) => to !== null);
  return closed.reduce<Iteration | null>((last, one) => (last === null || (one.to ?? 0) > (last.to ?? 0) ? one : last), null);
}

/** The iteration's mark that comes next in a direction; null where there is none. */
export function nextIteration(milestones: readonly Milestone[], version: number, by: 1 | -1): number | null {
  const marks = milestones.filter(({ kind }) => kind === 'opened' || kind === 'closed').map((one) => one.version);
  return (by > 0 ? marks.find((one) => one > version) : marks.findLast((one) => one < version)) ?? null;
}

/** On which side of its mark a label stands. */
export type Side = 'before' | 'after';

/** A line of so many pixels with marks on it: where each stands, and how wide its label is. */
export interface Line {
  width: number;
  at: (mark: Milestone) => number;
  label: (mark: Milestone) => number;
}

const APART = 8;

/** Which labels have room, and on which side; those of iterations before others, closings before openings. */
export function labelled(milestones: readonly Milestone[], line: Line): ReadonlyMap<Milestone, Side> {
  const rank = { closed: 0, opened: 1, step: 2, phase: 3 };
  const chosen = new Map<Milestone, Side>();
  const taken: [from: number, to: number][] = [];
  const free = ([from, to]: [number, number]) =>
    from >= 0 && to <= line.width && taken.every(([start, end]) => to + APART <= start || from >= end + APART);
  for (const one of [...milestones].sort((a, b) => rank[a.kind] - rank[b.kind])) {
    const at = line.at(one);
    const places: Record<Side, [number, number]> = { before: [at - APART - line.label(one), at - APART], after: [at + APART, at + APART + line.label(one)] };
    const sides: Side[] = at > line.width / 2 ? ['before', 'after'] : ['after', 'before'];
    const cuts = milestones.filter((other) => other !== one && rank[other.kind] <= 1).map(line.at);
    const apart = ([from, to]: [number, number]) => cuts.some((cut) => cut > Math.min(from, at) && cut < Math.max(to, at)); // it would seem another's
    const side = sides.find((each) => free(places[each]) && !apart(places[each]));
    if (side === undefined) continue;
    chosen.set(one, side);
    taken.push(places[side]);
  }
  return chosen;
}
