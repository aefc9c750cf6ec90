/** From one list of characters to another: for each gap of the old what was put in, for each character whether it went. */
export interface Edits {
  inserted: string[][];
  deleted: boolean[];
}

const MOST_DIFFERENCES = 400;

/** The edits that turn `from` into `to`: Myers' greedy shortest script; beyond a bound one replacement. */
export function diff(from: readonly string[], to: readonly string[]): Edits {
  const edits: Edits = { inserted: Array.from({ length: from.length + 1 }, () => []), deleted: from.map(() => false) };
  let head = 0;
  while (head < from.length && head < to.length && from[head] === to[head]) head += 1;
  let tail = 0;
  const room = Math.min(from.length, to.length) - head;
  while (tail < room && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail += 1;
  const old = from.slice(head, from.length - tail);
  const young = to.slice(head, to.length - tail);
  const moves = old.length && young.length ? script(old, young) : null;
  if (moves) walk(moves, young, head, edits);
  else replace(old.length, young, head, edits);
  return edits;
}

function replace(length: number, young: readonly string[], at: number, edits: Edits): void {
  edits.deleted.fill(true, at, at + length);
  edits.inserted[at + length] = [...young];
}

type Move = 'keep' | 'delete' | 'insert';

function walk(moves: readonly Move[], young: readonly string[], start: number, edits: Edits): void {
  let at = start;
  let next = 0;
  for (const move of moves) {
    if (move === 'insert') edits.inserted[at]?.push(young[next] as string);
    if (move === 'delete') edits.deleted[at] = true;
    if (move !== 'insert') at += 1;
    if (move !== 'delete') next += 1;
  }
}

function script(old: readonly string[], young: readonly string[]): Move[] | null {
  const furthest = new Map<number, number>([[1, 0]]);
  const rounds: Map<number, number>[] = [];
  for (let d = 0; d <= Math.min(old.length + young.length, MOST_DIFFERENCES); d += 1) {
    rounds.push(new Map(furthest));
    for (let k = -d; k <= d; k += 2) {
      let x = comesFromAbove(furthest, k, d) ? (furthest.get(k + 1) as number) : (furthest.get(k - 1) as number) + 1;
      while (x < old.length && x - k < young.length && old[x] === young[x - k]) x += 1;
      furthest.set(k, x);
      if (x >= old.length && x - k >= young.length) return retrace(rounds, old.length, young.length);
    }
  }
  return null;
}

function comesFromAbove(furthest: Map<number, number>, k: number, d: number): boolean {
  return k === -d || (k !== d && (furthest.get(k - 1) as number) < (furthest.get(k + 1) as number));
}

function retrace(rounds: readonly Map<number, number>[], oldLength: number, youngLength: number): Move[] {
  const moves: Move[] = [];
  let x = oldLength;
  let y = youngLength;
  for (let d = rounds.length - 1; d >= 0; d -= 1) {
    const furthest = rounds[d] as Map<number, number>;
    const k = x - y;
    const above = comesFromAbove(furthest, k, d);
    const fromX = furthest.get(above ? k + 1 : k - 1) as number;
    const fromY = fromX - (above ? k + 1 : k - 1);
    while (x > fromX && y > fromY && x > 0 && y > 0) {
      moves.push('keep');
      x -= 1;
      y -= 1;
    }
    if (d > 0) moves.push(above ? 'insert' : 'delete');
    x = fromX;
    y = fromY;
  }
  return moves.reverse();
}
