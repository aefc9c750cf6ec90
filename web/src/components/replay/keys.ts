import { shortcuts } from '../../state/shortcuts.svelte';

/** What one can do while looking back. */
export interface Doing {
  play: () => void;
  step: (by: 1 | -1) => void;
  iteration: (by: 1 | -1) => void;
  first: () => void;
  last: () => void;
  leave: () => void;
}

const ELSEWHERE = 'textarea, select, [role="menu"], dialog, input:not([type="range"])';

/** Keys, wherever one is but in a field, a menu or a sheet. What a card or a button makes of them itself is theirs. */
export function act(event: KeyboardEvent, doing: Doing): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const target = event.target as HTMLElement;
  if (target.closest(ELSEWHERE) || document.querySelector('dialog[open], :popover-open')) return;
  const onSlider = target.matches('input[type="range"]');
  const alone = shortcuts.on || onSlider; // single letters and signs can be switched off
  const does: Record<string, (() => void) | false> = {
    Escape: doing.leave,
    ArrowRight: () => doing.step(1),
    ArrowLeft: () => doing.step(-1),
    Home: doing.first,
    End: doing.last,
    ' ': alone && !target.closest('button, a, summary') && doing.play,
    '[': alone && (() => doing.iteration(-1)),
    ']': alone && (() => doing.iteration(1)),
  };
  const deed = does[event.key];
  if (!deed) return;
  event.preventDefault();
  deed();
}
