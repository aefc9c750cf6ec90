import type { Words } from '../../i18n/languages';
import type { Canvas } from '../../wire/canvas';
import type { Revision } from '../../wire/past';

const SHORT = 8;

/** By which names things and people go: those of now, or else their ids, which stay; and how a time is written. */
export interface Names {
  canvas: Canvas;
  words: Words;
  person: (participant: string) => string | null;
  time: (at: string) => string;
}

type People = Record<string, { role: string }>;

/** Fields that say what an event is about rather than what of it was changed. */
const ABOUT = new Set(['iteration', 'restored', 'person']);
/** Fields of which the kind of change says all. */
const SAID = new Set(['retired', 'locked', 'room']);
/** Texts that are never empty, but where one was taken out. */
const NEVER_EMPTY = new Set(['title', 'text', 'comments']);

/** What a revision is about: the card's title, the note's text, a person; or nothing where it is the room itself. */
export function about(one: Revision, names: Names): string {
  if (one.activity) return thing(one.activity, names);
  if (one.note) return thing(one.note, names);
  if (ABOUT.has(one.field)) return value(one.after ?? one.before, one.field, names);
  if (one.field !== 'people') return '';
  const others = Object.keys({ ...(one.before as People | null), ...(one.after as People | null) }).filter((id) => id !== one.by);
  return others.map((id) => person(id, names)).join(', ');
}

export function who(by: string | null, names: Names): string {
  return by === null ? names.words.history.template : person(by, names);
}

/** What stood there before and after, as people say it; empty where there is nothing to say. `gone`: a text of the event was taken out. */
export function sides(one: Revision, names: Names, gone = false): [before: string, after: string] {
  if (SAID.has(one.field) || (ABOUT.has(one.field) && !one.activity)) return ['', ''];
  const out = names.words.takingOut.gone;
  const never = NEVER_EMPTY.has(one.field);
  const before = one.before === '' && never ? out : told(one.before, one, names);
  const after = one.after === '' && (never || gone) ? out : told(one.after, one, names);
  return [before, after];
}

function told(given: unknown, { field, activity }: Revision, names: Names): string {
  if (given === null || given === undefined) return activity ? absent(field, names) : '';
  if (field === 'categories' || field === 'blocks') return names.words.history.behind(value(given, field, names));
  return value(given, field, names);
}

/** What it means that nothing stands there. */
function absent(field: string, { words }: Names): string {
  const meanings: Record<string, string> = { category: words.categories.unsorted, judgement: words.lanes.unjudged, step: words.history.whole, categories: words.history.first };
  return meanings[field] ?? '';
}

function value(given: unknown, field: string, names: Names): string {
  const { words } = names;
  if (given === null || given === undefined || given === '') return '';
  if (Array.isArray(given)) return given.map((part) => value(part, field, names)).join(', ');
  if (typeof given === 'object') return field === 'people' ? roles(given as People, names) : inner(given as Record<string, unknown>, names);
  const text = String(given);
  const called: Record<string, string> | undefined = { judgement: words.lanes, category: words.categories, block: words.blocks }[field];
  return called?.[text] ?? names.person(text) ?? thing(text, names);
}

/** The thing of an id; what is no id stands for itself. */
function thing(id: string, { canvas, words }: Names): string {
  const named = canvas.activities[id]?.title ?? canvas.retired[id]?.title ?? canvas.notes[id]?.text;
  if (named !== undefined) return named || words.takingOut.gone;
  const other = canvas.steps.find((one) => one.id === id)?.name ?? canvas.iterations.find((one) => one.id === id)?.name;
  if (other !== undefined) return other || words.takingOut.gone;
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(id) ? id.slice(0, SHORT) : id;
}

function person(id: string, names: Names): string {
  return names.person(id) ?? names.words.history.somebody;
}

function roles(given: People, { words }: Names): string {
  return Object.values(given)
    .map(({ role }) => words.roles[role as keyof typeof words.roles] ?? role)
    .join(', ');
}

/** A step or a question by its words; a phase by its name and its end. */
function inner(given: Record<string, unknown>, { time }: Names): string {
  const named = given.name ?? given.label ?? given.title ?? given.text;
  return [named, typeof given.ends_at === 'string' ? time(given.ends_at) : null].filter((part) => typeof part === 'string' && part !== '').join(', ');
}
