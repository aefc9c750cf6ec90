import { speech } from '../../i18n/words.svelte';
import type { Desk } from '../../state/desk.svelte';
import type { Block, Note } from '../../wire/canvas';
import type { Choice } from '../base/choice';
import { shortened } from '../base/shortened';
import { NOTE_BLOCKS } from './blocks';

/** Puts a note into a block, behind `after` (null: first), and says so. */
export function moveNote(desk: Desk, note: Note, block: Block, after: string | null): void {
  const ids = desk.room.canvas?.blocks[block] ?? [];
  const others = ids.filter((id) => id !== note.id);
  const place = after === null ? 0 : others.indexOf(after) + 1;
  if (block === note.block && ids.indexOf(note.id) === place) return;
  desk.room.do('move_note', { note: note.id, block, after });
  const { canvas, blocks } = speech.words;
  const short = shortened(note.text);
  desk.said = block === note.block ? canvas.within(short, place + 1, ids.length) : canvas.moved(short, blocks[block]);
}

/** What a keyboard or a thumb does with a note. */
export function choicesFor(desk: Desk, note: Note, remove: () => void): Choice[] {
  const { canvas, blocks } = speech.words;
  const ids = desk.room.canvas?.blocks[note.block] ?? [];
  const at = ids.indexOf(note.id);
  const end = ids.length - 1;
  const within = (word: string, after: string | null | undefined, possible: boolean): Choice => ({
    word,
    disabled: !possible,
    do: () => moveNote(desk, note, note.block as Block, after ?? null),
  });
  return [
    within(canvas.first, null, at > 0),
    within(canvas.up, ids[at - 2], at > 0),
    within(canvas.down, ids[at + 1], at < end),
    { ...within(canvas.last, ids[end], at < end), last: true },
    ...NOTE_BLOCKS.map((block, index) => ({
      word: blocks[block],
      icon: block,
      checked: block === note.block,
      last: index === NOTE_BLOCKS.length - 1,
      do: () => {
        if (block !== note.block) moveNote(desk, note, block, desk.room.canvas?.blocks[block]?.at(-1) ?? null);
      },
    })),
    { word: canvas.remove, icon: 'close', do: remove },
  ];
}
