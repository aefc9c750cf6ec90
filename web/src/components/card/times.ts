import type { Language } from '../../i18n/languages';

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

const forms = new Map<string, Intl.DateTimeFormat>();

/** Making a form takes longer than a hundred uses of it. */
function written(at: string, language: Language, form: Intl.DateTimeFormatOptions): string {
  const key = language + JSON.stringify(form);
  const known = forms.get(key) ?? new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', form);
  forms.set(key, known);
  return known.format(new Date(at));
}

/** A day and a time of the device's own clock: "12 March, 14:05". */
export function moment(at: string, language: Language): string {
  const form: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' };
  return written(at, language, form);
}

/** A moment of the past to the second, as short as a table needs it: "24 Nov, 14:05:09". */
export function shortly(at: string, language: Language): string {
  const form: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' };
  return written(at, language, form);
}

/** A moment of the past to the second, with its day: "Tue 24 November 2026, 14:05:09". */
export function exactly(at: string, language: Language): string {
  const form: Intl.DateTimeFormatOptions = { weekday: 'short', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' };
  return written(at, language, form);
}

/** How long ago, in the largest unit that fits: "10 minutes ago"; null within a minute. */
export function ago(at: string, now: number, language: Language): string | null {
  const passed = now - Date.parse(at);
  const fits = UNITS.find(([, ms]) => passed >= ms);
  return fits ? new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-Math.floor(passed / fits[1]), fits[0]) : null;
}
