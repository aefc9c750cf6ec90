import type { Words } from '../../i18n/languages';
import { type Placed, placeSaid } from '../../views/places';
import type { Canvas } from '../../wire/canvas';
import type { Presence } from '../../wire/messages';

/** A place in words: its view, and the title of the card where one lies open. */
export function inWords(place: Placed, canvas: Canvas | null, words: Words): { view: string; title: string | null } {
  return { view: words.views[place.view], title: (place.card && canvas?.activities[place.card]?.title) || null };
}

/** Where somebody is, in one line; empty where they have not said. */
export function whereIs(person: Presence | undefined, canvas: Canvas | null, words: Words): string {
  const place = placeSaid(person?.view);
  if (!place) return '';
  const { view, title } = inWords({ ...place, card: place.card ?? person?.focus ?? null }, canvas, words);
  return title === null ? view : words.people.on(view, title);
}
