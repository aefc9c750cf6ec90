/** What fits on a page: A3 in landscape without its margins of 10 mm (styles/print.css). */
const PAGE_HEIGHT_MM = 277;

/** How the sheet is set: the size of its letters, and how much room the activities have. */
export interface Setting {
  points: number;
  /** `wide`: their block takes half the page; `apart`: they stand on pages of their own, and the canvas counts them. */
  activities: 'usual' | 'wide' | 'apart';
}

/**
 * Tried one after the other until all stands on one page; the last one holds for whatever length: it goes on
 * on a next page, and nothing is cut off.
 */
export const SETTINGS: readonly Setting[] = [
  { points: 12, activities: 'usual' },
  { points: 11, activities: 'usual' },
  { points: 10, activities: 'usual' },
  { points: 11, activities: 'wide' },
  { points: 10, activities: 'wide' },
  { points: 9, activities: 'wide' },
  { points: 8, activities: 'wide' },
  { points: 11, activities: 'apart' },
  { points: 9.5, activities: 'apart' },
  { points: 8, activities: 'apart' },
];

/** The first setting with which the canvas is not higher than a page. */
export function settle(tried: (setting: Setting) => number): void {
  const page = (PAGE_HEIGHT_MM / 25.4) * 96;
  SETTINGS.some((setting) => tried(setting) <= page);
}
