/** What the calls that look back answer. */

import type { MarkKind } from '../state/past/marks';
import type { Activity } from './canvas';

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
  activity: string;
  title: string;
  state: string;
  sources: { activity: string; title: string }[];
  into: { activity: string; title: string } | null;
  moments: Moment[];
}

export function isActivity(value: unknown): value is Activity {
  return typeof value === 'object' && value !== null && 'title' in value;
}

/** One change of one field of one thing. */
export interface Revision {
  version: number;
  at: string;
  by: string | null;
  kind: string;
  activity: string | null;
  note: string | null;
  field: string;
  before: unknown;
  after: unknown;
  reason: string | null;
  iteration: string | null;
  undoes: number | null;
}

export interface RevisionsPage {
  revisions: Revision[];
  next: number | null;
  /** Versions of the page that were taken back, each with the one that did it. */
  undone?: Record<string, number>;
}

/** A signed note on a version of the room's log. */
export interface Checkpoint {
  version: number;
  note: string;
}

/** What happened since a version. */
export interface CatchUp {
  since: { version: number; at: string | null };
  to: { version: number; at: string | null };
  sentences: { kind: string; text: string; count: number; activities: string[] }[];
  counts: Record<string, number>;
}
