import type { Words } from '../../i18n/languages';
import type { Activity, Canvas } from '../../wire/canvas';
import type { Preview } from '../../wire/http';
import { shortened } from '../base/shortened';

type Difference = Preview['differences'][number];

/** What a command would change, a line for each thing, in the order of the server; then what is no activity's. */
export function tellChanges({ differences, also = {} }: Preview, canvas: Canvas, words: Words): string[] {
  return [...differences.map((difference) => tellOne(difference, canvas, words)), ...tellRest(also, words)];
}

/** What would be left as it is: a line for each reason. */
export function tellSkipped({ skipped }: Preview, { takingBack: { because } }: Words): string[] {
  const counts = new Map<string, number>();
  for (const one of skipped) counts.set(one.because, (counts.get(one.because) ?? 0) + 1);
  return [...counts].map(([code, count]) => (because[code as keyof typeof because] ?? because.other)(count));
}

function tellOne({ activity, kind, field, before, after }: Difference, canvas: Canvas, words: Words): string {
  const { deeds, quoted } = words.takingBack;
  const say = (text: unknown) => quoted(shortened(String(text)));
  const title = say(titleOf(canvas, activity) ?? (after as Activity | null)?.title ?? '');
  switch (kind) {
    case 'added':
    case 'restored':
      return deeds.comes(title);
    case 'retired':
      return deeds.leaves(title);
    case 'combined':
      return deeds.combined((before as Activity[]).map((source) => say(source.title)).join(', '), title);
    case 'reworded':
      return field === 'title' ? deeds.title(say(before), say(after)) : deeds.details(title);
    case 'moved':
      return deeds.moved(title, words.categories[(after ?? 'unsorted') as keyof Words['categories']]);
    case 'placed':
      return after === null ? deeds.whole(title) : deeds.placed(title, say(canvas.steps.find(({ id }) => id === after)?.name ?? ''));
    case 'judged':
      return before === after ? deeds.reason(title) : deeds.judged(title, words.lanes[(after ?? 'unjudged') as keyof Words['lanes']]);
    case 'linked':
      return deeds.linked(title, say(canvas.notes[String(after)]?.text ?? ''));
    case 'unlinked':
      return deeds.unlinked(title, say(canvas.notes[String(before)]?.text ?? ''));
  }
}

function titleOf({ activities, retired }: Canvas, id: string): string | undefined {
  return (activities[id] ?? retired[id])?.title;
}

/** Events of activities that no difference tells of cancel each other out, but for comments and the order. */
function tellRest(also: Record<string, number>, { takingBack: { deeds } }: Words): string[] {
  const count = (fits: (type: string) => boolean) => Object.entries(also).reduce((sum, [type, n]) => sum + (fits(type) ? n : 0), 0);
  const notes = count((type) => type.startsWith('Note'));
  const comments = count((type) => type.startsWith('Comment') || type === 'ActivityCommented');
  return [
    ...(notes ? [deeds.notes(notes)] : []),
    ...(comments ? [deeds.comments(comments)] : []),
    ...(also.StepsDefined ? [deeds.steps] : []),
    ...(also.WorkshopDescribed ? [deeds.description] : []),
    ...(also.ActivityMoved ? [deeds.order] : []),
  ];
}
