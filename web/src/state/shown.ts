import type { TextKey } from '../text/flows';
import type { Canvas } from '../wire/canvas';
import type { Command } from '../wire/messages';
import { type Change, Misfit, Patching } from './patch';
import { preview } from './previews';

/**
 * The confirmed canvas with one's own pending changes laid over it, in order, and unsent words on top.
 * What was laid stays as long as only more is made: then an hour's worth of changes costs a letter
 * typed no more than none.
 */
export class Shown {
  #confirmed: Canvas | null = null;
  #me = '';
  #laid = new Set<Command>();
  #canvas: Patching<Canvas> | null = null;

  /** On this canvas, which the server has confirmed. */
  canvas(confirmed: Canvas, pending: readonly Command[], words: readonly [TextKey, string][], me: string): Canvas {
    const goesOn = confirmed === this.#confirmed && me === this.#me && pending.length >= this.#laid.size;
    if (!goesOn || ![...this.#laid].every((command, index) => command === pending[index])) {
      this.#confirmed = confirmed;
      this.#me = me;
      this.#laid = new Set();
      this.#canvas = new Patching(confirmed);
    }
    return this.more(pending, words) ?? confirmed;
  }

  /** On the canvas of the last time, though the server may have gone on since; null where there was none. */
  more(pending: readonly Command[], words: readonly [TextKey, string][]): Canvas | null {
    const canvas = this.#canvas;
    if (canvas === null) return null;
    for (const command of pending) {
      if (!this.#laid.has(command)) lay(canvas, preview(canvas.passing, command, this.#me));
      this.#laid.add(command);
    }
    const changes = canvas.document;
    if (words.length === 0) return changes;
    const above = new Patching(changes);
    for (const [key, value] of words) lay(above, [{ op: 'replace', path: `/${plural(key)}`, value }]);
    return above.document;
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
