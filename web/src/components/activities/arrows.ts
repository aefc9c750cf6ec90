/** From card to card by arrows: up and down within a column, left and right to the card beside. */

const CARDS = '[data-card] [data-control="card"]';

export function neighbour(card: HTMLElement, key: string): HTMLElement | null {
  const cell = card.closest<HTMLElement>('[data-cell]');
  if (cell === null) return null;
  if (key === 'ArrowUp' || key === 'ArrowDown') return beneath(card, cell, key === 'ArrowUp' ? -1 : 1);
  if (key === 'ArrowLeft' || key === 'ArrowRight') return beside(card, cell, key === 'ArrowLeft' ? -1 : 1);
  const here = cardsOf(cell);
  return (key === 'Home' ? here[0] : key === 'End' ? here.at(-1) : null) ?? null;
}

/** The next one, in the same column of the next row where this cell ends. */
function beneath(card: HTMLElement, cell: HTMLElement, by: 1 | -1): HTMLElement | null {
  const place = placeOf(cell);
  const column = cellsOf(cell)
    .filter((other) => placeOf(other) === place)
    .flatMap(cardsOf);
  return column[column.indexOf(card) + by] ?? null;
}

/** In the nearest column to that side that has cards: in the same row, or from the tray and back in any. */
function beside(card: HTMLElement, cell: HTMLElement, by: 1 | -1): HTMLElement | null {
  const left = cell.getBoundingClientRect().left;
  const row = rowOf(cell);
  const there = cellsOf(cell)
    .filter((other) => (rowOf(other) === row || row === 'tray' || rowOf(other) === 'tray') && cardsOf(other).length > 0)
    .map((other) => ({ other, away: (other.getBoundingClientRect().left - left) * by }))
    .filter(({ away }) => away > 1);
  const nearest = Math.min(...there.map(({ away }) => away));
  const middle = middleOf(card);
  const cards = there.filter(({ away }) => away < nearest + 1).flatMap(({ other }) => cardsOf(other));
  return cards.toSorted((a, b) => Math.abs(middleOf(a) - middle) - Math.abs(middleOf(b) - middle))[0] ?? null;
}

function cellsOf(cell: HTMLElement): HTMLElement[] {
  return [...(cell.closest('#board')?.querySelectorAll<HTMLElement>('[data-cell]') ?? [])];
}

function cardsOf(cell: HTMLElement): HTMLElement[] {
  return [...cell.querySelectorAll<HTMLElement>(CARDS)];
}

function rowOf(cell: HTMLElement): string {
  return cell.dataset.cell?.split('/')[0] ?? '';
}

function placeOf(cell: HTMLElement): string {
  return cell.dataset.cell?.split('/')[1] ?? '';
}

function middleOf(card: HTMLElement): number {
  const { top, height } = card.getBoundingClientRect();
  return top + height / 2;
}
