import type { Canvas } from '../../wire/canvas';
import type { KernEvent } from '../../wire/messages';
import type { Stretch } from './stretch';

export const MARKS = ['added', 'retired', 'restored', 'combined', 'reworded', 'moved', 'placed', 'judged', 'linked', 'unlinked', 'commented'] as const;
export type MarkKind = (typeof MARKS)[number];

/** What happened to a thing, and how many decisions ago. */
export interface Mark {
  kinds: readonly MarkKind[];
  age: number;
  /** It is not there any more. */
  gone: boolean;
}

/** Something that went, and the last canvas on which it stood. */
export interface Gone {
  id: string;
  before: Canvas;
}

/** What fades: the newest decision and so many before it. */
const FADING = 3;

const KINDS: Record<string, MarkKind> = {
  ActivityAdded: 'added',
  ActivitiesCombined: 'combined',
  ActivityReworded: 'reworded',
  ActivityMoved: 'moved',
  ActivityPlaced: 'placed',
  ActivityJudged: 'judged',
  ActivityLinked: 'linked',
  ActivityUnlinked: 'unlinked',
  ActivityRetired: 'retired',
  ActivityRestored: 'restored',
  ActivityReturned: 'restored',
  ActivityWithdrawn: 'retired',
  ActivityCommented: 'commented',
  CommentRestored: 'commented',
  NoteAdded: 'added',
  NoteReworded: 'reworded',
  NoteMoved: 'moved',
  NoteRemoved: 'retired',
  NoteRestored: 'restored',
};

/** The things that an event changed, and how. */
export function touched({ type, data }: KernEvent): [id: string, kind: MarkKind][] {
  const kind = KINDS[type];
  if (kind === undefined) return [];
  if (kind === 'combined') return [[String(data.into), kind], ...(data.activities as string[]).map((id): [string, MarkKind] => [id, kind])];
  const unlinked = type === 'NoteRemoved' ? ((data.unlinked ?? []) as string[]).map((id): [string, MarkKind] => [id, 'unlinked']) : [];
  return [[String(type.startsWith('Note') ? data.note : data.activity), kind], ...unlinked];
}

/** What the newest decisions up to a version did, and what went with them. */
export function recent(stretch: Stretch, version: number): { marks: Map<string, Mark>; gone: Gone[] } {
  const marks = new Map<string, Mark>();
  const gone: Gone[] = [];
  const canvas = stretch.canvas(version);
  let at: number | undefined = version;
  for (let age = 0; age < FADING && at !== undefined; age += 1) {
    const decision = stretch.decision(at);
    const first: number = decision[0]?.version ?? at;
    const before = stretch.canvas(Math.max(first - 1, stretch.from));
    for (const [id, kinds] of kindsOf(decision)) {
      if (marks.has(id)) continue;
      const went = !stands(canvas, id);
      if (went && !stands(before, id)) continue;
      marks.set(id, { kinds, age, gone: went });
      if (went) gone.push({ id, before });
    }
    at = stretch.stops.findLast((stop) => stop < first);
  }
  return { marks, gone };
}

export function stands(canvas: Canvas, id: string): boolean {
  return id in canvas.activities || id in canvas.notes;
}

function kindsOf(decision: readonly KernEvent[]): Map<string, MarkKind[]> {
  const kinds = new Map<string, MarkKind[]>();
  for (const [id, kind] of decision.flatMap(touched)) {
    const known = kinds.get(id) ?? [];
    if (!known.includes(kind)) kinds.set(id, [...known, kind]);
  }
  return kinds;
}
