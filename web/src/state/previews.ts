/**
 * What a change of one's own will look like: for each action one patch on the canvas, shown until the
 * server's own `changes` are here. A guess at the outcome and nothing more; whether something may be
 * done is for the server to say.
 */
import { canonical } from '../text/merge';
import { type Activity, type Because, type Canvas, type Place, placeOf } from '../wire/canvas';
import type { Command } from '../wire/messages';
import type { Change } from './patch';

type Fields = Record<string, unknown>;
type Preview = (canvas: Canvas, fields: Fields, me: string) => Change[];

const set = (path: string, value: unknown): Change => ({ op: 'replace', path, value });
const text = (value: unknown): string => canonical(String(value));
const optional = (value: unknown): string | null => (typeof value === 'string' && canonical(value)) || null;

export const previews: Record<string, Preview> = {
  describe_workshop: (_canvas, fields) =>
    ['title', 'goal', 'subject'].flatMap((name) => (typeof fields[name] === 'string' ? set(`/${name}`, text(fields[name])) : [])),
  define_steps: (_canvas, fields) => [
    set('/steps', (fields.steps as { id: string; name: string }[]).map(({ id, name }) => ({ id, name: text(name) }))),
  ],
  enter_step: (_canvas, fields) => [set('/step', fields.step)],
  lock_canvas: () => [set('/locked', true)],
  unlock_canvas: () => [set('/locked', false)],
  define_questions: (_canvas, fields) => [
    set('/questions', (fields.questions as { id: string; text: string }[]).map((question) => ({ id: question.id, text: text(question.text) }))),
  ],
  set_phase: (_canvas, fields) => {
    const phase = { label: optional(fields.label), ends_at: fields.ends_at };
    return [set('/phase', phase.label === null && phase.ends_at === null ? null : phase)];
  },

  add_note: (canvas, fields, me) => [
    { op: 'add', path: `/notes/${fields.note}`, value: { id: fields.note, block: fields.block, text: text(fields.text), by: me } },
    put(`/blocks/${fields.block}`, canvas.blocks[String(fields.block)] ?? [], String(fields.note), fields),
  ],
  reword_note: (canvas, fields) => (canvas.notes[String(fields.note)] ? [set(`/notes/${fields.note}/text`, text(fields.text))] : []),
  move_note: (canvas, fields) => {
    const note = canvas.notes[String(fields.note)];
    if (!note) return [];
    const from = canvas.blocks[note.block] ?? [];
    const to = note.block === fields.block ? from : (canvas.blocks[String(fields.block)] ?? []);
    return [
      take(`/blocks/${note.block}`, from, note.id),
      put(`/blocks/${fields.block}`, without(to, note.id), note.id, fields),
      ...(note.block === fields.block ? [] : [set(`/notes/${note.id}/block`, fields.block)]),
    ];
  },
  remove_note: (canvas, fields) => {
    const note = canvas.notes[String(fields.note)];
    if (!note) return [];
    return [
      ...Object.values(canvas.activities).flatMap((activity) => unlink(activity, note.id)),
      ...Object.values(canvas.retired).flatMap((activity) => unlink(activity, note.id, 'retired')),
      take(`/blocks/${note.block}`, canvas.blocks[note.block] ?? [], note.id),
      { op: 'remove', path: `/notes/${note.id}` },
    ];
  },

  add_activity: (canvas, fields, me) => {
    const activity: Activity = { ...blank(String(fields.activity), text(fields.title), me), category: fields.category as Activity['category'] };
    activity.details = fields.details ? text(fields.details) : '';
    activity.step = (fields.step as string | undefined) ?? null;
    if (fields.prompt) activity.origin = { kind: 'prompt', prompt: text(fields.prompt) };
    return [...add(activity), list(canvas, placeOf(activity), fields, activity.id)];
  },
  reword_activity: on((activity, fields) => [set(`/activities/${activity.id}/${fields.field}`, text(fields.text))]),
  move_activity: on((activity, fields, canvas) => {
    const to = (fields.category ?? 'unsorted') as Place;
    const from = placeOf(activity);
    return [
      take(`/categories/${from}`, canvas.categories[from], activity.id),
      put(`/categories/${to}`, without(canvas.categories[to], activity.id), activity.id, fields),
      ...(from === to ? [] : [set(`/activities/${activity.id}/category`, fields.category)]),
    ];
  }),
  place_activity: on((activity, fields) => [set(`/activities/${activity.id}/step`, fields.step)]),
  judge_activity: on((activity, fields) => [
    set(`/activities/${activity.id}/judgement`, fields.judgement),
    set(`/activities/${activity.id}/reason`, optional(fields.reason)),
  ]),
  link_activity: on((activity, fields) =>
    activity.links.includes(String(fields.note)) ? [] : [append(`/activities/${activity.id}/links`, activity.links, fields.note)],
  ),
  unlink_activity: on((activity, fields) => unlink(activity, String(fields.note))),
  comment_on_activity: on((activity, fields, _canvas, me) => [
    append(`/activities/${activity.id}/comments`, activity.comments, { id: fields.comment, text: text(fields.text), by: me }),
  ]),
  retire_activity: on((activity, fields, canvas) => retire(canvas, activity, optional(fields.reason))),
  restore_activity: (canvas, fields) => {
    const retired = canvas.retired[String(fields.activity)];
    if (!retired) return [];
    const { retired_because: _, ...activity } = retired;
    const step = canvas.steps.some(({ id }) => id === activity.step) ? activity.step : null;
    return [
      { op: 'remove', path: `/retired/${activity.id}` },
      ...add({ ...activity, step }),
      list(canvas, placeOf(activity), {}, activity.id),
    ];
  },
  combine_activities: (canvas, fields, me) => {
    const ids = fields.activities as string[];
    const sources = ids.flatMap((id) => canvas.activities[id] ?? canvas.retired[id] ?? []);
    const steps = new Set(sources.map(({ step }) => step));
    const into: Activity = {
      ...blank(String(fields.into), text(fields.title), me),
      category: fields.category as Activity['category'],
      step: steps.size === 1 ? (sources[0]?.step ?? null) : null,
      links: [...new Set(sources.flatMap(({ links }) => links))],
      comments: [...new Map(sources.flatMap(({ comments }) => comments).map((comment) => [comment.id, comment])).values()],
      origin: { kind: 'combination', activities: ids },
    };
    const left = { ...canvas.categories };
    const gone = ids.flatMap((id) => {
      const because: Because = { kind: 'combination', into: into.id };
      const source = canvas.activities[id];
      if (!source) return [set(`/retired/${id}/retired_because`, because)];
      const changes = retire({ ...canvas, categories: left }, source, because);
      left[placeOf(source)] = without(left[placeOf(source)], id);
      return changes;
    });
    return [...gone, ...add(into), append(`/categories/${into.category}`, left[placeOf(into)], into.id)];
  },
};

/** The patch that previews a command; nothing where what it speaks of is not there, or nobody can guess. */
export function preview(canvas: Canvas, command: Command, me: string): Change[] {
  return previews[command.action]?.(canvas, command, me) ?? [];
}

function on(change: (activity: Activity, fields: Fields, canvas: Canvas, me: string) => Change[]): Preview {
  return (canvas, fields, me) => {
    const activity = canvas.activities[String(fields.activity)];
    return activity ? change(activity, fields, canvas, me) : [];
  };
}

function blank(id: string, title: string, by: string): Activity {
  return { id, category: null, title, details: '', judgement: null, reason: null, step: null, links: [], comments: [], by, origin: null };
}

function add(activity: Activity): Change[] {
  return [{ op: 'add', path: `/activities/${activity.id}`, value: activity }];
}

function retire(canvas: Canvas, activity: Activity, because: Because): Change[] {
  const place = placeOf(activity);
  return [
    take(`/categories/${place}`, canvas.categories[place], activity.id),
    { op: 'remove', path: `/activities/${activity.id}` },
    { op: 'add', path: `/retired/${activity.id}`, value: { ...activity, retired_because: because } },
  ];
}

function unlink(activity: Activity, note: string, where = 'activities'): Change[] {
  const at = activity.links.indexOf(note);
  return at < 0 ? [] : [{ op: 'remove', path: `/${where}/${activity.id}/links/${at}` }];
}

function append(path: string, list: readonly unknown[], value: unknown): Change {
  return { op: 'add', path: `${path}/${list.length}`, value };
}

function list(canvas: Canvas, place: Place, fields: Fields, id: string): Change {
  return put(`/categories/${place}`, canvas.categories[place], id, fields);
}

function take(path: string, ids: string[], id: string): Change {
  return { op: 'remove', path: `${path}/${ids.indexOf(id)}` };
}

/** `after` null is first; absent, or not in the list, is last. */
function put(path: string, ids: string[], id: string, fields: Fields): Change {
  const behind = fields.after === null ? 0 : ids.indexOf(String(fields.after)) + 1;
  const index = fields.after === null || behind > 0 ? behind : ids.length;
  return { op: 'add', path: `${path}/${index}`, value: id };
}

function without(ids: string[], id: string): string[] {
  return ids.filter((other) => other !== id);
}
