/** Comments that were begun and not sent: a sheet that is closed, or a page that is loaded anew, loses none. */
const NAMED = 'kern.comment ';

export function halfWritten(activity: string): string {
  try {
    return sessionStorage.getItem(NAMED + activity) ?? '';
  } catch {
    return '';
  }
}

export function keepHalfWritten(activity: string, text: string): void {
  try {
    if (text.trim()) sessionStorage.setItem(NAMED + activity, text);
    else sessionStorage.removeItem(NAMED + activity);
  } catch {
    // A device without room for it keeps it as long as the sheet is open.
  }
}
