import type { Canvas } from '../../wire/canvas';
import type { Gone } from './marks';

/** The canvas with what has gone, each thing where it stood last. */
export function withGhosts(canvas: Canvas, gone: readonly Gone[]): Canvas {
  if (gone.length === 0) return canvas;
  const shown: Canvas = {
    ...canvas,
    activities: { ...canvas.activities },
    notes: { ...canvas.notes },
    categories: { ...canvas.categories },
    blocks: { ...canvas.blocks },
  };
  for (const { id, before } of gone) {
    const activity = before.activities[id];
    const note = before.notes[id];
    if (activity) {
      const place = activity.category ?? 'unsorted';
      shown.activities[id] = activity;
      shown.categories[place] = among(shown.categories[place], id, before.categories[place]);
    } else if (note) {
      shown.notes[id] = note;
      shown.blocks[note.block] = among(shown.blocks[note.block] ?? [], id, before.blocks[note.block] ?? []);
    }
  }
  return shown;
}

/** Behind the nearest of its former predecessors that still stands there. */
function among(list: readonly string[], id: string, former: readonly string[]): string[] {
  const predecessor = former.slice(0, former.indexOf(id)).findLast((one) => list.includes(one));
  const at = predecessor === undefined ? 0 : list.indexOf(predecessor) + 1;
  return [...list.slice(0, at), id, ...list.slice(at)];
}
