/** Hands somebody a file that was fetched, as if they had followed a link to it. */
export function save(file: { content: Blob; name: string }): void {
  const address = URL.createObjectURL(file.content);
  const link = document.createElement('a');
  link.href = address;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
