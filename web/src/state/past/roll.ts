/** Browsers draw nothing beyond some height of an element: 17.9 million pixels in Firefox, 33.5 in Chromium and Safari. */
export const TALLEST = 16_000_000;

/** A list of rows that are equally tall, in a box that scrolls: which of them are in sight, and where they are drawn. */
export interface Roll {
  /** Of all rows, as the box has them: at most `TALLEST`. */
  height: number;
  first: number;
  /** Behind the last one. */
  end: number;
  /** Where a row is drawn, from the upper edge of the list. */
  place: (row: number) => number;
  /** How far to scroll so that the list is shown from a place within all of it. */
  scrolled: (to: number) => number;
}

/**
 * What is drawn of `count` rows around those in sight. A list that is too tall is scrolled through faster than it
 * moves under the hand, so that its last row can be reached.
 */
export function rolled(count: number, tall: number, seen: { top: number; height: number }, around: number): Roll {
  const whole = count * tall;
  const height = Math.min(whole, TALLEST);
  const faster = height < whole ? (whole - seen.height) / (height - seen.height) : 1;
  const from = seen.top * faster;
  return {
    height,
    first: Math.max(0, Math.min(count, Math.floor(from / tall) - around)),
    end: Math.min(count, Math.ceil((from + seen.height) / tall) + around),
    place: (row) => row * tall - from + seen.top,
    scrolled: (to) => to / faster,
  };
}
