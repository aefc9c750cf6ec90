/** Brings a thing into the middle of what is seen of it, unless it is seen already: between the banner and the slider. */
export function leadTo(id: string | null): void {
  const thing = id === null ? null : document.querySelector(`[data-card="${CSS.escape(id)}"]`);
  if (!thing) return;
  const { top, bottom } = thing.getBoundingClientRect();
  const main = thing.closest('main')?.getBoundingClientRect();
  const heads = thing.closest('.tray, .rows')?.querySelector('.heads')?.getBoundingClientRect();
  const slider = document.querySelector('.through')?.getBoundingClientRect();
  if (top >= Math.max(main?.top ?? 0, heads?.bottom ?? 0, 0) && bottom <= (slider?.top ?? innerHeight)) return;
  thing.scrollIntoView({ block: 'center' });
}
