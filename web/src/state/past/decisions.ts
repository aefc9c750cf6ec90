import type { KernEvent } from '../../wire/messages';

/** What belongs together lies at most so many events apart: what one knows of a log is always a stretch of it. */
export const REACH = 100;

/**
 * What an event was done with: a stroke of typing, a command, or a template. Events with the same one are one
 * decision, also where others did something meanwhile.
 */
function actOf({ data, command, by, version }: KernEvent): string {
  if (typeof data.stroke === 'string') return data.stroke;
  return command ?? (by === null ? 'template' : `version ${version}`);
}

/** The versions at which a decision was complete, of consecutive events. */
export function stopsOf(events: readonly KernEvent[]): number[] {
  const next = new Map<string, number>();
  const stops: number[] = [];
  for (const event of events.toReversed()) {
    const act = actOf(event);
    if ((next.get(act) ?? Number.POSITIVE_INFINITY) - event.version > REACH) stops.push(event.version);
    next.set(act, event.version);
  }
  return stops.reverse();
}

/** The events of one decision up to a version, in order, of consecutive events that end there. */
export function decisionAt(events: readonly KernEvent[]): KernEvent[] {
  const last = events.at(-1);
  if (last === undefined) return [];
  const found = [last];
  for (const event of events.slice(0, -1).reverse()) {
    if ((found[0] as KernEvent).version - event.version > REACH) break;
    if (actOf(event) === actOf(last)) found.unshift(event);
  }
  return found;
}
