import type { TextKey } from '../text/flows';
import type { Command } from '../wire/messages';
import type { Canvas } from './canvas';
import { type Change, Misfit, Patching } from './patch';
import { preview } from './previews';

/**
 * The confirmed canvas with one's own pending changes laid over it, in order, and unsent words on top.
 * What was laid already stays as long as only more is made: then an hour's worth of changes costs a
 * letter typed no more than none.
 */
export class Shown {
  #confirmed: Canvas | null = null;
  #me = '';
  #laid: Command[] = [];
  #canvas: Patching<Canvas> | null = null;

  canvas(confirmed: Canvas, pending: readonly Command[], words: readonly [TextKey, string][], me: string): Canvas {
    const canvas = this.#base(confirmed, pending, me);
    for (const command of pending.slice(this.#laid.length)) lay(canvas, preview(canvas.passing, command, me));
    this.#laid = [...pending];
    const changes = canvas.document;
    if (words.length === 0) return changes;
    const above = new Patching(changes);
    for (const [key, value] of words) lay(above, [{ op: 'replace', path: `/${plural(key)}`, value }]);
    return above.document;
  }

  #base(confirmed: Canvas, pending: readonly Command[], me: string): Patching<Canvas> {
    const goesOn = confirmed === this.#confirmed && me === this.#me && this.#laid.every((command, index) => command === pending[index]);
    if (goesOn && this.#canvas !== null) return this.#canvas;
    this.#confirmed = confirmed;
    this.#me = me;
    this.#laid = [];
    this.#canvas = new Patching(confirmed);
    return this.#canvas;
  }
}

/** The confirmed or shown text of a key; undefined where its thing is not there. */
export function textAt(canvas: Canvas | null, key: TextKey): string | undefined {
  const [kind, id = '', field] = key.split('/');
  if (kind === 'note') return canvas?.notes[id]?.text;
  return canvas?.activities[id]?.[field as 'title' | 'details'];
}

/** A guess that no longer fits, because somebody else was faster, shows nothing; the server will tell. */
function lay(canvas: Patching<Canvas>, changes: Change[]): void {
  try {
    canvas.lay(changes);
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
  }
}

function plural(key: TextKey): string {
  return key.startsWith('note/') ? `notes${key.slice('note'.length)}` : `activities${key.slice('activity'.length)}`;
}
