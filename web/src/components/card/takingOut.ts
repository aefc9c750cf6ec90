import type { KernEvent } from '../../wire/messages';
import type { Moment } from '../../wire/past';

/** A text that can be taken out: where in the log it stands, and what it was of. */
export interface Takeable {
  version: number;
  pointer: string;
  /** What it was of, as `words.takingOut.fields` names it. */
  field: string;
  text: string;
  at: string;
}

/** Where the text of a moment stands, by the type of its event. */
const PLACES: Record<string, [pointer: string, field: Takeable['field']]> = {
  ActivityCommented: ['/text', 'comments'],
  ActivitiesCombined: ['/title', 'title'],
  ActivityJudged: ['/reason', 'reason'],
  ActivityRetired: ['/reason', 'reason'],
  ActivityRestored: ['/reason', 'reason'],
};

/** The texts of an activity, the newest first, each once; of a stretch of typing its last. */
export function takeable(moments: readonly Moment[], beginning: KernEvent | undefined, activity: string): Takeable[] {
  const found = moments.flatMap((moment): Takeable[] => {
    const { version, at, kind } = moment;
    if (version === beginning?.version) return begun(beginning, activity);
    if (kind === 'ActivityReworded') return said(version, at, '/text', moment.field === 'title' ? 'title' : 'details', moment.after);
    const place = PLACES[kind];
    if (!place) return [];
    return said(version, at, place[0], place[1], place[0] === '/reason' ? moment.reason : moment.after);
  });
  const seen = new Set<string>();
  return found.reverse().filter(({ field, text }) => !seen.has(`${field} ${text}`) && seen.add(`${field} ${text}`));
}

function said(version: number, at: string, pointer: string, field: Takeable['field'], text: unknown): Takeable[] {
  return typeof text === 'string' && text !== '' ? [{ version, pointer, field, text, at }] : [];
}

/** What stood there from the beginning: in its adding, or in the copy that the room began as. */
function begun({ version, at, type, data }: KernEvent, activity: string): Takeable[] {
  const copied = (data.activities ?? []) as Record<string, unknown>[];
  const index = copied.findIndex(({ id }) => id === activity);
  const [from, before] = type === 'WorkshopCopied' && index >= 0 ? [copied[index] as Record<string, unknown>, `/activities/${index}`] : [data, ''];
  return (['details', 'title'] as const).flatMap((field) => said(version, at, `${before}/${field}`, field, from[field]));
}
