import { diff } from './diff';

export interface Merged {
  text: string;
  /** Where a caret that stood at this offset of one's own text stands now. */
  place: (offset: number) => number;
}

/**
 * Two texts that grew out of one. Whatever either put in stays, whatever either took out goes; at the
 * same spot theirs comes first, as the server has it. A caret stays with the letters before it.
 */
export function merge(base: string, mine: string, theirs: string): Merged {
  if (mine === theirs || base === theirs) return { text: mine, place: (offset) => offset };
  const old = [...base];
  const [a, b] = [diff(old, [...theirs]), diff(old, [...mine])];
  let text = '';
  let own = 0;
  const places: number[] = [0]; // own offset -> merged offset
  for (let gap = 0; gap <= old.length; gap += 1) {
    text += a.inserted[gap]?.join('');
    for (const letter of b.inserted[gap] as string[]) letters(letter);
    const letter = old[gap];
    if (letter === undefined) continue;
    const kept = !a.deleted[gap];
    if (b.deleted[gap]) continue;
    if (kept) letters(letter);
    else for (let unit = 0; unit < letter.length; unit += 1) places[++own] = text.length;
  }
  return { text, place: (offset) => places[offset] ?? text.length };

  function letters(letter: string): void {
    for (const unit of letter.split('')) {
      text += unit;
      places[++own] = text.length;
    }
  }
}

/** A text as the server keeps it: without blanks around it, and composed. */
export function canonical(text: string): string {
  return text.normalize('NFC').trim();
}
