import { speech } from '../../i18n/words.svelte';
import { type Activity, CATEGORIES, type Place, placeOf } from '../../state/canvas';
import type { Desk } from '../../state/desk.svelte';
import type { Choice } from '../base/choice';

export const PLACES: readonly Place[] = [...CATEGORIES, 'unsorted'];

/** Puts an activity into a column: at its end, or behind `after` (null: first). */
export function moveTo(desk: Desk, activity: Activity, place: Place, after?: string | null): void {
  const category = place === 'unsorted' ? null : place;
  const last = desk.room.canvas?.categories[place].filter((id) => id !== activity.id).at(-1) ?? null;
  desk.room.do('move_activity', { activity: activity.id, category, after: after === undefined ? last : after });
  desk.said = speech.words.news.moveDone(activity.title, speech.words.categories[place]);
}

/** The list from which a keyboard or a thumb moves a card. */
export function moves(desk: Desk, activity: Activity): Choice[] {
  const { words } = speech;
  const here = placeOf(activity);
  const ids = desk.room.canvas?.categories[here] ?? [];
  const at = ids.indexOf(activity.id);
  const columns: Choice[] = PLACES.map((place) => ({
    word: words.categories[place],
    icon: place,
    checked: place === here,
    last: place === 'unsorted',
    do: () => {
      if (place !== here) moveTo(desk, activity, place);
    },
  }));
  const within = (word: string, after: string | null | undefined, possible: boolean): Choice => ({
    word,
    disabled: !possible,
    do: () => moveTo(desk, activity, here, after),
  });
  return [
    ...columns,
    within(words.card.toTop, null, at > 0),
    within(words.card.up, ids[at - 2] ?? null, at > 0),
    within(words.card.down, ids[at + 1], at < ids.length - 1),
    within(words.card.toBottom, undefined, at < ids.length - 1),
  ];
}
