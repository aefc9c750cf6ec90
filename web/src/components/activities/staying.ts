/**
 * What stands under one's hands stays there while something opens or folds above it. Answers what to do
 * once the page was drawn.
 */
export function staying(element: Element | null): () => void {
  if (element === null || !element.closest('#board')) return () => {};
  const before = element.getBoundingClientRect().top;
  return () => {
    if (!element.isConnected) return;
    const by = element.getBoundingClientRect().top - before;
    if (by !== 0) scroller(element).scrollBy({ top: by, behavior: 'instant' });
  };
}

function scroller(element: Element): Element {
  for (let at = element.parentElement; at !== null; at = at.parentElement) {
    if (at.scrollHeight > at.clientHeight && /auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return document.scrollingElement ?? document.documentElement;
}
