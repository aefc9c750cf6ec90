/** Hands somebody a file that was fetched, as if they had followed a link to it. */
export function save(file: { content: Blob; name: string }): void {
  const address = URL.createObjectURL(file.content);
  const link = document.createElement('a');
  link.href = address;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/**
 * Shows a page of the server's in a tab of its own, to be read and printed. A tab can't ask for it with a token, so it
 * is opened at once, while the browser knows that somebody pressed something, and filled once the page is here. Where
 * the browser opens none, the page is saved.
 */
export async function showPage(coming: () => Promise<{ content: Blob; name: string }>): Promise<void> {
  const tab = open('', '_blank');
  try {
    const file = await coming();
    if (!tab) return save(file);
    tab.document.open();
    tab.document.write(await file.content.text());
    tab.document.close();
  } catch (error) {
    tab?.close();
    throw error;
  }
}
