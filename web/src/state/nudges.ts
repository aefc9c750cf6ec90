import { type Activity, CATEGORIES, type Canvas, type Category } from '../wire/canvas';

/** A hint about the whole, never a rule. Each is named, so that who dismisses it is left alone with it. */
export type Nudge =
  | { name: 'problem_solving_empty' }
  | { name: 'continuous_improvement' }
  | { name: `category_empty/${Category}`; category: Category }
  | { name: `fits_process/${string}`; activity: Activity };

const ENOUGH_TO_TELL = 3;
const MOST_OF_A_WORKSHOP = 5;

/** "Improve continuously" in the words that people use for it, in both languages. */
const IMPROVING = /(continu\w*|steeds|blijven|voortdurend\w*|ongoing|keep)[\s\S]*(improv|verbeter)|(improv|verbeter)\w*[\s\S]*(continu|steeds|voortdurend|blijven)|kaizen/i;

/** What is worth a thought now, the most telling first. `added`: production activities of one's own in this visit. */
export function nudges(canvas: Canvas, added: readonly string[] = []): Nudge[] {
  return [...aboutColumns(canvas), ...aboutImproving(canvas), ...aboutProcess(canvas, added)];
}

function count(canvas: Canvas, category: Category): number {
  return canvas.categories[category].length;
}

function aboutColumns(canvas: Canvas): Nudge[] {
  const sorted = CATEGORIES.reduce((sum, category) => sum + count(canvas, category), 0);
  if (count(canvas, 'problem_solving') === 0 && sorted >= ENOUGH_TO_TELL) return [{ name: 'problem_solving_empty' }];
  const empty = CATEGORIES.find((category) => count(canvas, category) === 0);
  if (empty === undefined || sorted < MOST_OF_A_WORKSHOP) return [];
  return [{ name: `category_empty/${empty}`, category: empty }];
}

const READ = new WeakMap<Activity, boolean>();

/** Read once for each wording: an activity that has not changed is the same object. */
function improves(activity: Activity): boolean {
  const known = READ.get(activity) ?? IMPROVING.test(activity.title);
  READ.set(activity, known);
  return known;
}

function aboutImproving(canvas: Canvas): Nudge[] {
  const activities = Object.values(canvas.activities);
  if (activities.length < ENOUGH_TO_TELL || activities.some(improves)) return [];
  return [{ name: 'continuous_improvement' }];
}

/** After the first iteration there is a process that what comes new has to fit into. */
function aboutProcess(canvas: Canvas, added: readonly string[]): Nudge[] {
  if (!canvas.iterations.some(({ to }) => to !== null)) return [];
  const newest = added.map((id) => canvas.activities[id]).findLast((activity) => activity?.category === 'production');
  return newest ? [{ name: `fits_process/${newest.id}`, activity: newest }] : [];
}
