/** The pass through what is to be judged: which card comes next, whatever the others do in the meantime. */
import { type Activity, activitiesAt, CATEGORIES, type Canvas, type Judgement, type Lane, laneOf } from '../wire/canvas';

/** What a pass goes through: what nobody has judged yet, or once more what was parked. */
export type Pile = 'unjudged' | 'not_now';

/** What is asked after a judgement: which value it serves, or why. */
export type FollowUp = 'value' | 'reason';

export interface Pass {
  readonly pile: Pile;
  /** The parked ones of its beginning, since what is parked in the meantime need not be asked again; null: no such limit. */
  readonly among: ReadonlySet<string> | null;
  /** The cards that were shown, in order, and which of them is shown now; behind the last: the end. */
  readonly trail: readonly string[];
  readonly at: number;
  /** What was decided in this pass: agreeing with what stands leaves no other mark. */
  readonly decided: ReadonlyMap<string, Judgement>;
}

export function begin(canvas: Canvas, pile: Pile): Pass {
  const among = pile === 'not_now' ? new Set(inOrder(canvas).filter(({ judgement }) => judgement === 'not_now').map(({ id }) => id)) : null;
  return onward({ pile, among, trail: [], at: -1, decided: new Map() }, canvas);
}

/** All activities: those of the current step, of the end product, of the other steps; in each by column, what is not sorted last. */
export function inOrder(canvas: Canvas): Activity[] {
  const steps: (string | null)[] = [...new Set([canvas.step, null, ...canvas.steps.map(({ id }) => id)])];
  const all = [...CATEGORIES, 'unsorted' as const].flatMap((place) => activitiesAt(canvas, place));
  return steps.flatMap((step) => all.filter((activity) => activity.step === step));
}

/** What is still to come. What others judge leaves it, what they add comes into it. */
export function toCome(pass: Pass, canvas: Canvas): Activity[] {
  const shown = new Set(pass.trail);
  return inOrder(canvas).filter((activity) => !shown.has(activity.id) && due(pass, activity));
}

export function here(pass: Pass): string | null {
  return pass.trail[pass.at] ?? null;
}

/** To the next: first along the trail where one has gone back, then to what has not been shown yet. */
export function onward(pass: Pass, canvas: Canvas): Pass {
  const again = pass.trail.findIndex((id, index) => index > pass.at && worthwhile(pass, canvas.activities[id]));
  if (again >= 0) return { ...pass, at: again };
  const [next] = toCome(pass, canvas);
  const trail = next ? [...pass.trail, next.id] : pass.trail;
  return { ...pass, trail, at: next ? trail.length - 1 : trail.length };
}

/** Back to the card before, if it is still there; at the first one stays. */
export function back(pass: Pass, canvas: Canvas): Pass {
  const before = pass.trail.findLastIndex((id, index) => index < pass.at && canvas.activities[id] !== undefined);
  return before < 0 ? pass : { ...pass, at: before };
}

export function decide(pass: Pass, id: string, judgement: Judgement): Pass {
  return { ...pass, decided: new Map([...pass.decided, [id, judgement]]) };
}

/** The place of this card in the pass, and how many there are. */
export function progress(pass: Pass, canvas: Canvas): { n: number; of: number } {
  const counts = (id: string, index: number) => index === pass.at || canvas.activities[id] !== undefined;
  const n = pass.trail.slice(0, pass.at + 1).filter(counts).length;
  return { n, of: pass.trail.filter(counts).length + toCome(pass, canvas).length };
}

/** Whether somebody else judged the card since it came into this pass, otherwise than one did oneself. */
export function meanwhile(pass: Pass, { id, judgement }: Activity): boolean {
  const met = pass.pile === 'not_now' ? 'not_now' : null;
  return judgement !== null && judgement !== (pass.decided.get(id) ?? met);
}

/** What to ask once an activity is judged so: a must-do one serves a value; a change of mind and what is parked have a reason. */
export function followUps({ judgement: before, reason, links }: Activity, judgement: Judgement): FollowUp[] {
  const changed = before !== null && before !== judgement;
  const asks = { value: judgement === 'must_do' && links.length === 0, reason: changed || (judgement === 'not_now' && reason === null) };
  return (['value', 'reason'] as const).filter((one) => asks[one]);
}

export function countsOf(canvas: Pick<Canvas, 'activities'>): Record<Lane, number> {
  const counts = { unjudged: 0, must_do: 0, not_now: 0 };
  for (const activity of Object.values(canvas.activities)) counts[laneOf(activity)] += 1;
  return counts;
}

function due({ pile, among, decided }: Pass, { id, judgement }: Activity): boolean {
  if (pile === 'unjudged') return judgement === null;
  return judgement === 'not_now' && (among?.has(id) ?? true) && !decided.has(id);
}

function worthwhile(pass: Pass, activity: Activity | undefined): boolean {
  return activity !== undefined && (pass.decided.has(activity.id) || due(pass, activity));
}
