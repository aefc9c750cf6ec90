import type { Language } from '../../i18n/languages';

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** A day and a time of the device's own clock: "12 March, 14:05". */
export function moment(at: string, language: Language): string {
  const form: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' };
  return new Intl.DateTimeFormat(language === 'nl' ? 'nl-NL' : 'en-GB', form).format(new Date(at));
}

/** How long ago, in the largest unit that fits: "10 minutes ago"; null within a minute. */
export function ago(at: string, now: number, language: Language): string | null {
  const passed = now - Date.parse(at);
  const fits = UNITS.find(([, ms]) => passed >= ms);
  return fits ? new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-Math.floor(passed / fits[1]), fits[0]) : null;
}
