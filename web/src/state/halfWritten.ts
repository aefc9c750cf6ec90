/** Words that were begun and not sent: another view, or a page that is loaded anew, loses none. */
const NAMED = 'kern.begun ';

/** What was begun at a place of the page. */
export function halfWritten(place: string): string {
  try {
    return sessionStorage.getItem(NAMED + place) ?? '';
  } catch {
    return '';
  }
}

export function keepHalfWritten(place: string, text: string): void {
  try {
    if (text.trim()) sessionStorage.setItem(NAMED + place, text);
    else sessionStorage.removeItem(NAMED + place);
  } catch {
    // A device without room for it keeps it as long as its field is open.
  }
}
