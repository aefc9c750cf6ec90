const STORED_AS = 'kern.shortcuts';
const CHORD_WITHIN_MS = 1200;

/** Keys that work alone; who dictates, or is surprised by them, switches them off (WCAG 2.1.4). */
class Shortcuts {
  on: boolean = $state(localStorage.getItem(STORED_AS) !== 'off');
  #bound = new Map<string, () => void>();
  #begun: { key: string; at: number } | null = null;

  constructor() {
    addEventListener('keydown', (event) => this.#press(event));
  }

  choose(on: boolean): void {
    this.on = on;
    localStorage.setItem(STORED_AS, on ? 'on' : 'off');
  }

  /** Binds keys ('n', or 'g a' for one after the other); to be used in an effect, whose end unbinds them. */
  bind(keys: Record<string, () => void>): () => void {
    for (const [key, act] of Object.entries(keys)) this.#bound.set(key, act);
    return () => {
      for (const [key, act] of Object.entries(keys)) if (this.#bound.get(key) === act) this.#bound.delete(key);
    };
  }

  /** A key that is held down acts once. */
  #press(event: KeyboardEvent): void {
    if (!this.on || event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target as HTMLElement;
    if (target.closest('input, textarea, select, [contenteditable], [role="menu"], dialog')) return;
    const begun = this.#begun && event.timeStamp - this.#begun.at < CHORD_WITHIN_MS ? `${this.#begun.key} ` : '';
    const act = this.#bound.get(begun + event.key) ?? this.#bound.get(event.key);
    const begins = [...this.#bound.keys()].some((key) => key.startsWith(`${event.key} `));
    this.#begun = act === undefined && begins ? { key: event.key, at: event.timeStamp } : null;
    if (act === undefined) return;
    event.preventDefault();
    act();
  }
}

export const shortcuts = new Shortcuts();
