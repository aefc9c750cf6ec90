import type { Timeline } from '../../wire/past';
import type { Iteration, Phase, Step } from '../canvas';

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

/** The iteration's mark that comes next in a direction; null where there is none. */
export function nextIteration(milestones: readonly Milestone[], version: number, by: 1 | -1): number | null {
  const marks = milestones.filter(({ kind }) => kind === 'opened' || kind === 'closed').map((one) => one.version);
  return (by > 0 ? marks.find((one) => one > version) : marks.findLast((one) => one < version)) ?? null;
}

/** Which labels have room beside one another; those of iterations before others, closings before openings. */
export function labelled(milestones: readonly Milestone[], head: number, apart: number): ReadonlySet<Milestone> {
  const rank = { closed: 0, opened: 1, step: 2, phase: 3 };
  const chosen: Milestone[] = [];
  for (const one of [...milestones].sort((a, b) => rank[a.kind] - rank[b.kind])) {
    if (chosen.every((other) => Math.abs(other.version - one.version) >= head * apart)) chosen.push(one);
  }
  return new Set(chosen);
}
