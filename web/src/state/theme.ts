export type Theme = 'auto' | 'light' | 'dark';

const STORED_AS = 'kern.theme';

export function theme(): Theme {
  const stored = localStorage.getItem(STORED_AS);
  return stored === 'light' || stored === 'dark' ? stored : 'auto';
}

export function chooseTheme(choice: Theme): void {
  localStorage.setItem(STORED_AS, choice);
  showTheme(choice);
}

/** Sets the page's colours; `auto` leaves them to the device. */
export function showTheme(choice: Theme): void {
  if (choice === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
}
