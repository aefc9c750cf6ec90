import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { applyChanges, type Change } from '../src/state/patch';
import { preview, previews } from '../src/state/previews';
import type { Canvas } from '../src/wire/canvas';
import type { Command } from '../src/wire/messages';
import { emptyCanvas } from './canvas';

interface Recorded {
  canvas: Canvas;
  me: string;
  command: Command;
  changes: Change[];
}

/** A recording of the real server, kept beside this test; the browser tests bring a fresh one. */
const file = process.env.KERN_RECORDING ?? new URL('recorded.json', import.meta.url);
const recording = JSON.parse(readFileSync(file, 'utf8')) as Recorded[];

test.each(recording.map((one) => [one.command.action, one] as const))('%s: the preview is what the server said', (_action, one) => {
  const { canvas, me, command, changes } = one;
  expect(preview(canvas, command, me)).toEqual(changes);
  expect(applyChanges(canvas, preview(canvas, command, me))).toEqual(applyChanges(canvas, changes));
});

test('each action that has a preview was recorded', () => {
  expect(new Set(recording.map(({ command }) => command.action))).toEqual(new Set(Object.keys(previews)));
});

test('what speaks of something that is not there, or that nobody can guess, previews nothing', () => {
  const lost = { activity: 'x', note: 'x', category: 'production', after: null, field: 'title', text: '', step: null };
  for (const action of ['reword_activity', 'move_activity', 'retire_activity', 'restore_activity', 'remove_note', 'move_note', 'reword_note', 'undo']) {
    expect(preview(emptyCanvas(), { ...lost, type: 'do', id: 'i', action }, 'me')).toEqual([]);
  }
});
