/**
 * A card that is moved or judged is drawn anew at its new place. Whoever stood on it with the keyboard,
 * or was writing in it, goes along: the same control of the same card gets the focus back.
 */
export class FocusKeeper {
  #last: HTMLElement | null = null;
  #held: HTMLElement | null = null;

  /** Keeps an eye on where the focus is; the answer ends that. */
  watch(): () => void {
    const focus = (event: FocusEvent) => {
      this.#last = event.target as HTMLElement;
    };
    const press = (event: PointerEvent) => {
      if (!this.#last?.contains(event.target as Node)) this.#last = null;
    };
    document.addEventListener('focusin', focus);
    document.addEventListener('pointerdown', press);
    return () => {
      document.removeEventListener('focusin', focus);
      document.removeEventListener('pointerdown', press);
    };
  }

  /** To be called before the page is redrawn: a thing that only changes its place in a list loses the focus too. */
  hold(): void {
    this.#held = document.activeElement === document.body ? null : (document.activeElement as HTMLElement | null);
  }

  /** To be called after the page was redrawn. Answers the card that one stood on, where it is nowhere to be seen now. */
  restore(): string | null {
    const held = this.#held;
    this.#held = null;
    if (held?.isConnected && document.activeElement === document.body) held.focus({ preventScroll: true });
    const lost = this.#last;
    if (!lost || (document.activeElement !== null && document.activeElement !== document.body)) return null;
    if (lost.isConnected) return null;
    const card = lost.closest<HTMLElement>('[data-card]')?.dataset.card;
    const control = lost.closest<HTMLElement>('[data-control]')?.dataset.control;
    const within = card === undefined ? '' : `[data-card="${card}"] `;
    const again = control === undefined ? null : document.querySelector<HTMLElement>(`${within}[data-control="${control}"]`);
    if (!again) return card ?? null;
    again.focus();
    if (again instanceof HTMLTextAreaElement && lost instanceof HTMLTextAreaElement) {
      again.setSelectionRange(lost.selectionStart, lost.selectionEnd);
    }
    return null;
  }
}
