/**
 * A textarea as high as its text, where the browser's style sheets can't do that themselves
 * (`field-sizing`). `text` is read so that it follows what others write too.
 */
export function growing(text: () => string): (element: HTMLTextAreaElement) => (() => void) | undefined {
  return (element) => {
    if (CSS.supports('field-sizing', 'content')) return undefined;
    const grow = () => {
      element.style.height = 'auto';
      element.style.height = `${element.scrollHeight + element.offsetHeight - element.clientHeight}px`;
    };
    text();
    grow();
    element.addEventListener('input', grow);
    return () => element.removeEventListener('input', grow);
  };
}
