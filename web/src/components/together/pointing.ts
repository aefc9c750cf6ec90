/** Where people point: in thousandths of what a view holds, so that it means the same on screens of other sizes. */

import { placeSaid, type View } from '../../views/places';
import type { Presence } from '../../wire/messages';

export const RESTS_AFTER_MS = 5000;

/** The part of a screen that holds a view, and all that can be scrolled to in it. */
export interface Surface {
  left: number;
  top: number;
  width: number;
  height: number;
  /** How far it is scrolled, and how much there is to scroll. */
  scrollLeft: number;
  scrollTop: number;
  scrollWidth: number;
  scrollHeight: number;
}

export interface Pointer {
  participant: string;
  name: string;
  cursor: [number, number];
  /** When it last moved, in milliseconds. */
  at: number;
}

export function measure(element: HTMLElement): Surface {
  const { left, top, width, height } = element.getBoundingClientRect();
  const { scrollLeft, scrollTop, scrollWidth, scrollHeight } = element;
  return { left, top, width, height, scrollLeft, scrollTop, scrollWidth, scrollHeight };
}

export function thousandths(surface: Surface, x: number, y: number): [number, number] {
  const part = (at: number, whole: number) => Math.min(1000, Math.max(0, Math.round((at / whole) * 1000)));
  return [part(x - surface.left + surface.scrollLeft, surface.scrollWidth), part(y - surface.top + surface.scrollTop, surface.scrollHeight)];
}

/** The place on this screen; null where one would have to scroll to see it. */
export function onScreen(surface: Surface, [x, y]: [number, number]): { x: number; y: number } | null {
  const [right, down] = [(x / 1000) * surface.scrollWidth - surface.scrollLeft, (y / 1000) * surface.scrollHeight - surface.scrollTop];
  if (right < 0 || down < 0 || right > surface.width || down > surface.height) return null;
  return { x: Math.round(surface.left + right), y: Math.round(surface.top + down) };
}

/** Who points in this view now; who did not move since is as rested as before. */
export function pointers(before: readonly Pointer[], people: Iterable<Presence>, view: View, now: number): Pointer[] {
  const known = new Map(before.map((pointer) => [pointer.participant, pointer]));
  return [...people].flatMap(({ participant, name, cursor, view: said }) => {
    if (!cursor || placeSaid(said)?.view !== view) return [];
    const old = known.get(participant);
    const rests = old && old.cursor[0] === cursor[0] && old.cursor[1] === cursor[1];
    return rests && old.name === name ? [old] : [{ participant, name, cursor, at: rests ? old.at : now }];
  });
}
