import type { TextKey } from '../text/flows';
import type { Command } from '../wire/messages';
import type { Canvas } from './canvas';
import { applyChanges, type Change, Misfit } from './patch';
import { preview } from './previews';

/** The confirmed canvas with one's own pending changes and unsent words laid over it, in order. */
export function shown(confirmed: Canvas, pending: readonly Command[], words: readonly [TextKey, string][], me: string): Canvas {
  let canvas = confirmed;
  for (const command of pending) canvas = lay(canvas, preview(canvas, command, me));
  for (const [key, value] of words) canvas = lay(canvas, [{ op: 'replace', path: `/${plural(key)}`, value }]);
  return canvas;
}

/** The confirmed or shown text of a key; undefined where its thing is not there. */
export function textAt(canvas: Canvas | null, key: TextKey): string | undefined {
  const [kind, id = '', field] = key.split('/');
  if (kind === 'note') return canvas?.notes[id]?.text;
  return canvas?.activities[id]?.[field as 'title' | 'details'];
}

/** A guess that no longer fits, because somebody else was faster, shows nothing; the server will tell. */
function lay(canvas: Canvas, changes: Change[]): Canvas {
  try {
    return applyChanges(canvas, changes);
  } catch (error) {
    if (error instanceof Misfit) return canvas;
    throw error;
  }
}

function plural(key: TextKey): string {
  return key.startsWith('note/') ? `notes${key.slice('note'.length)}` : `activities${key.slice('activity'.length)}`;
}
