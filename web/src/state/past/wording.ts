import type { Words } from '../../i18n/languages';
import type { Revision } from '../../wire/past';
import type { Canvas } from '../canvas';

const SHORT = 8;

/** By which names things and people go: those of now, or else their ids, which stay. */
export interface Names {
  canvas: Canvas;
  words: Words;
  person: (participant: string) => string | null;
}

/** What a revision is about: the card's title, the note's text, or nothing where it is the room itself. */
export function about(one: Revision, names: Names): string {
  if (one.activity) return thing(one.activity, names);
  return one.note ? thing(one.note, names) : '';
}

export function who(by: string | null, { words, person }: Names): string {
  return by === null ? words.history.template : (person(by) ?? words.history.somebody);
}

/** A value of a field as people say it. */
export function said(value: unknown, field: string, names: Names): string {
  const { words } = names;
  if (value === null || value === undefined || value === '') return '';
  if (value === true) return words.history.yes;
  if (value === false) return words.history.no;
  if (Array.isArray(value)) return value.map((part) => said(part, field, names)).join(', ');
  if (typeof value === 'object') return inner(value as Record<string, unknown>, field, names);
  const text = String(value);
  if (field === 'judgement') return words.lanes[text as keyof typeof words.lanes] ?? text;
  if (field === 'category') return words.categories[text as keyof typeof words.categories] ?? text;
  if (field === 'block') return words.blocks[text as keyof typeof words.blocks] ?? text;
  if (field === 'people') return words.roles[text as keyof typeof words.roles] ?? text;
  return names.person(text) ?? thing(text, names);
}

/** The thing of an id; what is no id stands for itself. */
function thing(id: string, { canvas }: Names): string {
  const named = canvas.activities[id]?.title ?? canvas.retired[id]?.title ?? canvas.notes[id]?.text;
  if (named !== undefined) return named;
  const other = canvas.steps.find((one) => one.id === id)?.name ?? canvas.iterations.find((one) => one.id === id)?.name;
  return other ?? (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(id) ? id.slice(0, SHORT) : id);
}

function inner(value: Record<string, unknown>, field: string, names: Names): string {
  const told = value.name ?? value.label ?? value.title ?? value.text ?? value.into;
  return told === undefined || told === null ? Object.values(value).filter((one) => typeof one === 'string').join(', ') : said(told, field, names);
}
