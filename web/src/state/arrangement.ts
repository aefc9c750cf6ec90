import { type Activity, CATEGORIES, type Canvas, type Category, type Lane, laneOf, type Place } from '../wire/canvas';

/** The row of what concerns the end product as a whole; a step's row has the step's id. */
export const PRODUCT = 'product';
export const LANES: readonly Lane[] = ['unjudged', 'must_do', 'not_now'];

/** Whether a thing that is drawn stands; what has gone may be drawn where it stood. */
export type Standing = (id: string) => boolean;
export const always: Standing = () => true;

/** The cards of one place, by what was judged of them. */
export type Cell = Readonly<Record<Lane, readonly Activity[]>>;
/** How many cards a folded row has: in each category, and in each lane. */
export type Counts = Readonly<Record<Category | Lane | 'all', number>>;

export interface Row {
  id: string;
  name: string | null;
  cells: Readonly<Record<Category, Cell>>;
  counts: Counts;
}

export interface Arrangement {
  /** The end product, then the steps. */
  rows: readonly Row[];
  /** What is not sorted yet, of all rows. */
  tray: Cell;
  /** How many cards there are, and how many of them the filter lets through. */
  all: number;
  shown: number;
  /** The latter, for each place. */
  at: Readonly<Record<Place, number>>;
}

/**
 * Lays out a canvas in rows, cells and lanes. What holds the same cards as the time before is the same
 * object as the time before: so whoever shows it has nothing to do.
 */
export class Arranger {
  #last: Arrangement | null = null;

  arrange(canvas: Canvas, shows: (activity: Activity) => boolean, stands: Standing = always): Arrangement {
    const piles = new Piles(canvas);
    const at = { production: 0, problem_solving: 0, platform_network: 0, unsorted: 0 };
    let all = 0;
    for (const place of [...CATEGORIES, 'unsorted'] as const) {
      for (const id of canvas.categories[place]) {
        const activity = canvas.activities[id];
        if (activity === undefined) continue;
        const one = stands(id) ? 1 : 0;
        all += one;
        if (!shows(activity)) continue;
        at[place] += one;
        piles.put(activity, place);
      }
    }
    const before = this.#last;
    const named = [{ id: PRODUCT, name: null }, ...canvas.steps];
    const rows = named.map(({ id, name }, index) => settle(before?.rows[index], id, name, piles.row(id), stands));
    const shown = at.production + at.problem_solving + at.platform_network + at.unsorted;
    this.#last = {
      rows: before && sameItems(before.rows, rows) ? before.rows : rows,
      tray: keepCell(before?.tray, piles.tray),
      all,
      shown,
      at: before && sameNumbers(before.at, at) ? before.at : at,
    };
    return this.#last;
  }
}

/** Where each card comes to lie. */
class Piles {
  readonly tray = emptyCell();
  #rows = new Map<string, Record<Category, Record<Lane, Activity[]>>>();

  constructor(canvas: Canvas) {
    for (const id of [PRODUCT, ...canvas.steps.map((step) => step.id)]) {
      this.#rows.set(id, { production: emptyCell(), problem_solving: emptyCell(), platform_network: emptyCell() });
    }
  }

  put(activity: Activity, place: Place): void {
    const cell = place === 'unsorted' ? this.tray : this.row(activity.step ?? PRODUCT)[place];
    cell[laneOf(activity)].push(activity);
  }

  row(id: string) {
    return (this.#rows.get(id) ?? this.#rows.get(PRODUCT)) as Record<Category, Record<Lane, Activity[]>>;
  }
}

function emptyCell(): Record<Lane, Activity[]> {
  return { unjudged: [], must_do: [], not_now: [] };
}

function settle(before: Row | undefined, id: string, name: string | null, piles: Record<Category, Cell>, stands: Standing): Row {
  const was = before?.id === id ? before : undefined;
  const cells = {
    production: keepCell(was?.cells.production, piles.production),
    problem_solving: keepCell(was?.cells.problem_solving, piles.problem_solving),
    platform_network: keepCell(was?.cells.platform_network, piles.platform_network),
  };
  const now = countsOf(cells, stands);
  const counts = was && sameNumbers(was.counts, now) ? was.counts : now;
  if (was && was.name === name && was.counts === counts && CATEGORIES.every((category) => was.cells[category] === cells[category])) return was;
  return { id, name, cells, counts };
}

function keepCell(before: Cell | undefined, now: Cell): Cell {
  if (before === undefined) return now;
  const lanes = {
    unjudged: keepList(before.unjudged, now.unjudged),
    must_do: keepList(before.must_do, now.must_do),
    not_now: keepList(before.not_now, now.not_now),
  };
  return LANES.every((lane) => lanes[lane] === before[lane]) ? before : lanes;
}

function keepList<T>(before: readonly T[], now: readonly T[]): readonly T[] {
  return sameItems(before, now) ? before : now;
}

/** Whether anything is drawn in a row, be it only what went from it. */
export function isFilled({ cells }: Row): boolean {
  return CATEGORIES.some((category) => LANES.some((lane) => cells[category][lane].length > 0));
}

/** How many of these stand; what has gone is drawn, but not counted. */
export function standing(cards: readonly Activity[], stands: Standing): number {
  return stands === always ? cards.length : cards.filter(({ id }) => stands(id)).length;
}

function countsOf(cells: Record<Category, Cell>, stands: Standing): Counts {
  const of = (cell: Cell) => LANES.reduce((sum, lane) => sum + standing(cell[lane], stands), 0);
  const within = (lane: Lane) => CATEGORIES.reduce((sum, category) => sum + standing(cells[category][lane], stands), 0);
  const [production, problem_solving, platform_network] = [of(cells.production), of(cells.problem_solving), of(cells.platform_network)];
  return {
    production,
    problem_solving,
    platform_network,
    all: production + problem_solving + platform_network,
    unjudged: within('unjudged'),
    must_do: within('must_do'),
    not_now: within('not_now'),
  };
}

function sameItems<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}

function sameNumbers<T extends Readonly<Record<string, number>>>(one: T, other: T): boolean {
  return Object.keys(one).every((key) => one[key] === other[key]);
}
