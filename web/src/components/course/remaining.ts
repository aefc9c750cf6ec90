/** The time of a phase, as people read it. It only signals: what comes next is for people to say. */
import type { Phase } from '../../wire/canvas';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** Minutes that are worth a word while the time runs; 0 is its end. */
const SAID = [5, 1, 0] as const;
export type Said = (typeof SAID)[number];

/** Milliseconds until then, none below 0; null where no end was set. */
export function remaining(endsAt: string | null, now: number): number | null {
  return endsAt === null ? null : Math.max(0, Date.parse(endsAt) - now);
}

/** `4:05`, `1:00:00`: a second that has begun counts, so 0:00 is the end. */
export function clockOf(ms: number): string {
  const seconds = Math.ceil(ms / SECOND_MS);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** What is to be said when so much is left, and that much was left when last looked; one thing at most. */
export function crossed(before: number, left: number): Said | null {
  return SAID.find((minutes) => left <= minutes * MINUTE_MS && before > minutes * MINUTE_MS && (minutes === 0 || left > (minutes - 1) * MINUTE_MS)) ?? null;
}

/** The server's way of writing a moment. */
export function moment(ms: number): string {
  return new Date(ms).toISOString().replace(/(\.\d{3})Z$/, '$1000Z');
}

export function inMinutes(now: number, minutes: number): string {
  return moment(now + minutes * MINUTE_MS);
}

/** A minute more, from now where the time is up. */
export function minuteMore(endsAt: string, now: number): string {
  return inMinutes(Math.max(now, Date.parse(endsAt)), 1);
}

/** Whether another phase has begun, rather than that the same one got more time, or none. */
export function begins(before: Phase | null, after: Phase | null, now: number): boolean {
  if (before === null || after === null || before.label !== after.label) return before !== after;
  const wasOver = before.ends_at !== null && Date.parse(before.ends_at) <= now;
  const added = Date.parse(after.ends_at ?? '') - Math.max(now, Date.parse(before.ends_at ?? ''));
  return wasOver && added > 1.5 * MINUTE_MS;
}
