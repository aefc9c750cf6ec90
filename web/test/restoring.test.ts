import { expect, test } from 'vitest';
import { EVERYTHING, grouped, markings, sift } from '../src/state/past/comparing';
import { planFor } from '../src/state/past/restoring';
import { milestonesOf } from '../src/state/past/timeline';
import type { Activity } from '../src/wire/canvas';
import type { Difference } from '../src/wire/past';
import { canvasWith } from './canvas';

const CARD = 'card';

function canvases(then: Partial<Activity>, now: Partial<Activity>) {
  const [before, after] = [canvasWith({ id: CARD, ...then }), canvasWith({ id: CARD, ...now })];
  return { was: before.activities[CARD] as Activity, after };
}

test('a card that is the same needs nothing', () => {
  const { was, after } = canvases({}, {});
  expect(planFor(was, after)).toEqual({ activity: CARD, changes: [], commands: [] });
});

test('only what is different is made so again', () => {
  const { was, after } = canvases({ title: 'Saw', judgement: 'must_do', reason: 'It sells', links: ['n'] }, { title: 'Cut', judgement: 'must_do', reason: null, links: ['m'] });
  const note = { id: 'n', block: 'value_propositions', text: 'Joy', by: null };
  const plan = planFor(was, { ...after, notes: { n: note, m: { ...note, id: 'm' } } });
  expect(plan.commands).toEqual([
    { action: 'reword_activity', fields: { activity: CARD, field: 'title', text: 'Saw' } },
    { action: 'judge_activity', fields: { activity: CARD, judgement: 'must_do', reason: 'It sells' } },
    { action: 'link_activity', fields: { activity: CARD, note: 'n' } },
    { action: 'unlink_activity', fields: { activity: CARD, note: 'm' } },
  ]);
  expect(plan.changes.map(({ what }) => what)).toEqual(['title', 'judgement', 'linked', 'unlinked']);
});

test('a card that was put away comes back first', () => {
  const { was, after } = canvases({ judgement: 'must_do' }, {});
  const retired = { ...(after.activities[CARD] as Activity), retired_because: null };
  const plan = planFor(was, { ...after, activities: {}, retired: { [CARD]: retired } });
  expect(plan.commands.map(({ action }) => action)).toEqual(['restore_activity', 'judge_activity']);
});

test('a card whose coming was taken back is added anew, under another id', () => {
  const { was, after } = canvases({ title: 'Saw', details: 'By hand', judgement: 'not_now' }, {});
  const plan = planFor(was, { ...after, activities: {} });
  expect(plan.activity).not.toBe(CARD);
  expect(plan.commands[0]).toEqual({ action: 'add_activity', fields: { activity: plan.activity, title: 'Saw', details: 'By hand', category: 'production' } });
  expect(plan.commands[1]).toEqual({ action: 'judge_activity', fields: { activity: plan.activity, judgement: 'not_now' } });
});

test('what stood there then and is gone now is said, and left out', () => {
  const { was, after } = canvases({ step: 'gone', links: ['gone'] }, {});
  const plan = planFor(was, after);
  expect(plan.changes.map(({ what }) => what)).toEqual(['stepGone', 'noteGone']);
  expect(plan.commands).toEqual([]);
});

function difference(activity: string, fields: Partial<Difference> = {}): Difference {
  return { activity, kind: 'judged', field: 'judgement', before: null, after: 'must_do', by: ['fay'], reason: null, versions: [1], sentence: activity, ...fields };
}

test('differences pass by kind, category, step and person', () => {
  const sides = { from: canvasWith({ id: 'a' }, { id: 'b', category: 'production' }), to: canvasWith({ id: 'a', step: 's' }) };
  const all = [difference('a'), difference('a', { kind: 'placed', by: ['noor'] }), difference('b', { kind: 'retired', before: sides.from.activities.b, after: null })];
  const passing = (sieve: Partial<typeof EVERYTHING>) => sift(all, { ...EVERYTHING, ...sieve }, sides).length;
  expect(passing({})).toBe(3);
  expect(passing({ kind: 'placed' })).toBe(1);
  expect(passing({ person: 'noor' })).toBe(1);
  expect(passing({ step: 's' })).toBe(2);
  expect(passing({ step: 'product' })).toBe(1);
  expect(passing({ place: 'platform_network' })).toBe(0);
  expect(grouped(all).map(({ kind }) => kind)).toEqual(['retired', 'judged', 'placed']);
});

test('on one board a combination marks what it was made of, as gone', () => {
  const sides = { from: canvasWith({ id: 'a' }, { id: 'b' }), to: canvasWith({ id: 'ab' }) };
  const combined = difference('ab', { kind: 'combined', field: null, before: Object.values(sides.from.activities), after: sides.to.activities.ab });
  const { marks, gone } = markings([combined, difference('ab')], sides);
  expect(marks.get('ab')).toEqual({ kinds: ['combined', 'judged'], age: 0, gone: false });
  expect(marks.get('a')).toEqual({ kinds: ['combined'], age: 0, gone: true });
  expect(gone.map(({ id }) => id)).toEqual(['a', 'b']);
});

test('steps and phases are remembered beside iterations, and a clock alone is not', () => {
  const mark = (version: number, kind: string, value: unknown) => ({ version, at: '', kind, value });
  const course = {
    version: 9,
    size: 1,
    times: [],
    people: {},
    marks: [mark(2, 'StepEntered', 's'), mark(4, 'PhaseSet', { label: null, ends_at: 'later' }), mark(5, 'PhaseSet', { label: 'Writing', ends_at: null }), mark(6, 'PhaseSet', null), mark(3, 'IterationOpened', 'i')],
  };
  const found = milestonesOf([{ id: 'i', name: 'One', goal: null, from: 3, to: null }], course, [{ id: 's', name: 'Ideas' }]);
  expect(found).toEqual([
    { version: 2, kind: 'step', label: 'Ideas' },
    { version: 3, kind: 'opened', label: 'One' },
    { version: 5, kind: 'phase', label: 'Writing' },
    { version: 6, kind: 'phase', label: null },
  ]);
});
