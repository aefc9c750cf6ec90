const FRAMES = 12;

/**
 * What stands under one's hands stays there while something opens or folds above it. Answers what to do
 * once the page was drawn: for some frames, since cards that come into sight get their true height only then.
 */
export function staying(element: Element | null): () => void {
  if (element === null || !element.closest('#board')) return () => {};
  const before = element.getBoundingClientRect().top;
  let left = FRAMES;
  const stop = () => {
    left = 0;
  };
  const settle = () => {
    if (left-- <= 0 || !element.isConnected) {
      for (const scrolls of ['wheel', 'touchmove', 'keydown']) removeEventListener(scrolls, stop);
      return;
    }
    const by = element.getBoundingClientRect().top - before;
    if (by !== 0) scrollBy(scroller(element), by);
    requestAnimationFrame(settle);
  };
  return () => {
    for (const scrolls of ['wheel', 'touchmove', 'keydown']) addEventListener(scrolls, stop, { passive: true });
    settle();
  };
}

/** Where the end of the list is in the way it gets room behind it. */
function scrollBy(list: HTMLElement, by: number): void {
  const missing = Math.ceil(list.scrollTop + by - (list.scrollHeight - list.clientHeight));
  if (missing > 0) list.style.setProperty('--room', `${Number.parseFloat(getComputedStyle(list).paddingBlockEnd) + missing}px`);
  list.scrollBy({ top: by, behavior: 'instant' });
}

function scroller(element: Element): HTMLElement {
  for (let at = element.parentElement; at !== null; at = at.parentElement) {
    if (at.scrollHeight > at.clientHeight && /auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return document.documentElement;
}
