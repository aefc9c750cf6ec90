/**
 * Puts a text on the clipboard. A page that came by plain http from another machine has no clipboard
 * of its own, so there a hidden field is selected and copied, as by hand.
 */
export async function copy(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const field = document.createElement('textarea');
  field.value = text;
  const from = document.activeElement as HTMLElement | null;
  (document.querySelector('dialog[open]') ?? document.body).append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  from?.focus();
  return done;
}
