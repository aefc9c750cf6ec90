import type { Activity, Canvas } from '../../wire/canvas';
import { newId } from '../../wire/ids';

/** One thing that restoring a card would change. */
export type Change =
  | { what: 'comes' | 'again' }
  | { what: 'title' | 'details'; before: string; after: string }
  | { what: 'category'; before: Activity['category']; after: Activity['category'] }
  | { what: 'step'; before: string | null; after: string | null }
  | { what: 'judgement'; before: Activity['judgement']; after: Activity['judgement']; reason: string | null }
  | { what: 'linked' | 'unlinked'; note: string }
  /** What stood there then and is gone now: the card comes without it. */
  | { what: 'stepGone' | 'noteGone' };

export interface Planned {
  action: string;
  fields: Record<string, unknown>;
}

/** What it takes to have a card as it was: ordinary changes of who restores it, and what each of them would do. */
export interface Plan {
  activity: string;
  changes: Change[];
  commands: Planned[];
}

/**
 * A plan is a preview: whether each change is taken, the server says. A card that was put away is brought back; one whose
 * coming was taken back is added anew, since its id is never free again.
 */
export function planFor(then: Activity, now: Canvas): Plan {
  const stands = now.activities[then.id] ?? now.retired[then.id];
  const plan: Plan = { activity: stands ? then.id : newId(), changes: [], commands: [] };
  if (!stands) addAnew(plan, then);
  else if (!(then.id in now.activities)) put(plan, { what: 'comes' }, 'restore_activity', {});
  const from = stands ?? { ...then, judgement: null, reason: null, step: null, links: [] };
  restoreTexts(plan, then, from);
  if (then.category !== from.category) put(plan, { what: 'category', before: from.category, after: then.category }, 'move_activity', { category: then.category });
  restoreStep(plan, then, from, now);
  restoreJudgement(plan, then, from);
  restoreLinks(plan, then, from, now);
  return plan;
}

function put(plan: Plan, change: Change, action: string, fields: Record<string, unknown>): void {
  plan.changes.push(change);
  plan.commands.push({ action, fields: { activity: plan.activity, ...fields } });
}

function addAnew(plan: Plan, { title, details, category }: Activity): void {
  put(plan, { what: 'again' }, 'add_activity', { title, category, ...(details ? { details } : {}) });
}

function restoreTexts(plan: Plan, then: Activity, from: Activity): void {
  for (const field of ['title', 'details'] as const) {
    if (then[field] !== from[field]) put(plan, { what: field, before: from[field], after: then[field] }, 'reword_activity', { field, text: then[field] });
  }
}

function restoreStep(plan: Plan, then: Activity, from: Activity, now: Canvas): void {
  const step = now.steps.some(({ id }) => id === then.step) ? then.step : null;
  if (then.step !== step) plan.changes.push({ what: 'stepGone' });
  if (step !== from.step) put(plan, { what: 'step', before: from.step, after: step }, 'place_activity', { step });
}

function restoreJudgement(plan: Plan, then: Activity, from: Activity): void {
  if (then.judgement === from.judgement && then.reason === from.reason) return;
  const { judgement, reason } = then;
  put(plan, { what: 'judgement', before: from.judgement, after: judgement, reason }, 'judge_activity', { judgement, ...(reason ? { reason } : {}) });
}

function restoreLinks(plan: Plan, then: Activity, from: Activity, now: Canvas): void {
  for (const note of then.links.filter((id) => !from.links.includes(id))) {
    if (note in now.notes) put(plan, { what: 'linked', note }, 'link_activity', { note });
    else plan.changes.push({ what: 'noteGone' });
  }
  for (const note of from.links.filter((id) => !then.links.includes(id))) put(plan, { what: 'unlinked', note }, 'unlink_activity', { note });
}
