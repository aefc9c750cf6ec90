/** What the calls that look back answer. */
import type { Activity } from '../state/canvas';
import type { MarkKind } from '../state/past/marks';

export type DifferenceKind = Exclude<MarkKind, 'commented'>;

/** One thing that is different in one respect; in words as the server has them. */
export interface Difference {
  activity: string;
  kind: DifferenceKind;
  field: string | null;
  before: unknown;
  after: unknown;
  by: string[];
  reason: string | null;
  versions: number[];
  sentence: string;
}

export interface Cut {
  version: number;
  iteration: string | null;
}

export interface Comparison {
  from: Cut;
  to: Cut;
  summary: Partial<Record<DifferenceKind, number>>;
  differences: Difference[];
  sentence: string;
}

/** The course of a room at a glance, in parts of `size` versions. */
export interface Timeline {
  version: number;
  size: number;
  times: string[];
  people: Record<string, number[]>;
  marks: { version: number; at: string; kind: string; value: unknown }[];
}

/** One change of an activity; a stroke of typing is one. */
export interface Moment {
  version: number;
  at: string;
  by: string | null;
  kind: string;
  field: string;
  after: unknown;
  reason: string | null;
}

/** The life of one activity. */
export interface Lifeline {
  moments: Moment[];
}

export function isActivity(value: unknown): value is Activity {
  return typeof value === 'object' && value !== null && 'title' in value;
}
