import { expect, test } from 'vitest';
import { previews } from '../src/state/previews';
import { unsavedWords, wordsOf } from '../src/state/refusals.svelte';
import { type Way, waysOn } from '../src/state/ways';
import type { Command, Receipt } from '../src/wire/messages';
import { canvasWith, emptyCanvas } from './canvas';

const LIMITS = { frame_bytes: 65_536, title: 200, details: 4000, note: 1000, comment: 1000, commands_per_second: 50 };
const command = (action: string, fields: Record<string, unknown> = {}): Command => ({ type: 'do', id: 'i', action, ...fields });
const receipt = (code: string, more: Partial<Receipt> = {}): Receipt => ({ type: 'receipt', id: 'i', outcome: 'rejected', code, ...more });
const withValue = { ...canvasWith({ id: 'a' }), blocks: { ...emptyCanvas().blocks, value_propositions: ['n'] } };

const ADD = command('add_activity', { activity: 'b', title: 'Sell', category: 'production', step: 's' });
const COMMENT = command('comment_on_activity', { activity: 'a', comment: 'k', text: 'Why?' });
const REWORD = command('reword_activity', { activity: 'a', field: 'title', text: 'Build it', base: 3 });
const NOTE = command('reword_note', { note: 'n', text: 'Parents see it', base: 3 });

function ways(of: Command, code: string, more: Partial<Receipt> = {}, around: { canvas?: typeof withValue; mayEdit?: boolean } = {}): Way[] {
  const { canvas = withValue, mayEdit = true } = around;
  return waysOn({ command: of, receipt: receipt(code, more) }, { canvas, limits: LIMITS, mayEdit, blockOf: () => 'channels' });
}
const to = (...all: Parameters<typeof ways>) => ways(...all).map((way) => way.to);

test('no value proposition: to its field, and once there is one, again', () => {
  expect(to(ADD, 'value_proposition_first', {}, { canvas: emptyCanvas() as typeof withValue })).toEqual(['value']);
  expect(to(ADD, 'value_proposition_first')).toEqual(['again']);
});

test('retired: bring it back; combined: put it into the other one', () => {
  expect(ways(COMMENT, 'activity_retired')).toEqual([{ to: 'restore', activity: 'a' }]);
  expect(ways(COMMENT, 'activity_retired', { into: 'z' })[0]).toEqual({ to: 'into', fields: { activity: 'z' } });
  const words = ways(REWORD, 'activity_retired', { into: 'z' })[0];
  expect(words).toMatchObject({ to: 'comment', fields: { action: 'comment_on_activity', activity: 'z', text: 'Build it', field: undefined, base: undefined } });
});

test('gone: the words can be a thing of their own', () => {
  expect(ways(REWORD, 'unknown_activity')[0]).toMatchObject({ to: 'new_activity', fields: { action: 'add_activity', title: 'Build it', text: undefined } });
  const long = 'x'.repeat(300);
  expect(ways({ ...COMMENT, text: long }, 'unknown_activity')[0]).toMatchObject({ fields: { title: 'x'.repeat(120), details: long } });
  expect(ways(NOTE, 'unknown_note')[0]).toMatchObject({ to: 'new_note', fields: { action: 'add_note', block: 'channels', text: 'Parents see it', base: undefined } });
  expect(ways(ADD, 'unknown_step')).toEqual([{ to: 'no_step', fields: { step: undefined } }]);
  expect(to(command('judge_activity', { activity: 'a', judgement: 'must_do' }), 'unknown_activity')).toEqual([]);
});

test('a taken id: the same under new ones', () => {
  const way = ways(ADD, 'id_taken')[0];
  expect(way).toMatchObject({ to: 'anew' });
  expect(way && 'fields' in way && way.fields.activity).not.toBe('b');
  expect(to(COMMENT, 'command_reused')).toEqual(['anew']);
});

test('too long: shorten it, to as much as the server takes', () => {
  expect(ways(ADD, 'text_too_long', { field: 'title', limit: 200 })).toEqual([{ to: 'shorten', field: 'title', limit: 200 }]);
  expect(ways({ ...COMMENT, text: 'x'.repeat(70_000) }, 'text_too_long')).toEqual([{ to: 'shorten', field: 'text', limit: 1000 }]);
});

test('an undo that others barred: pass over it; a step in use: to the steps', () => {
  expect(to(command('undo'), 'changed_since')).toEqual(['skip']);
  expect(to(command('restore_iteration', { iteration: 'i', base: 7 }), 'changed_since')).toEqual([]);
  expect(to(command('define_steps', { steps: [{ id: 's', name: 'Idea' }] }), 'step_in_use')).toEqual(['steps']);
});

test.each(['locked', 'not_allowed', 'text_too_long'])('who may not edit can try nothing, whatever it is: %s', (code) => {
  expect(to(COMMENT, code, {}, { mayEdit: false })).toEqual([]);
});

test.each(['locked', 'not_allowed', 'text_empty', 'too_many', 'invalid', 'redacted', 'whatever comes later'])('else words can be sent again: %s', (code) => {
  expect(to(COMMENT, code)).toEqual(['again']);
  expect(to(command('lock_canvas'), code)).toEqual([]);
});

test('every action with words gives them back', () => {
  const silent = ['enter_step', 'lock_canvas', 'unlock_canvas', 'move_note', 'remove_note', 'move_activity', 'place_activity', 'link_activity', 'unlink_activity', 'restore_activity'];
  const words = { title: 'W', text: 'W', details: 'W', goal: 'W', reason: 'W', steps: [{ id: 's', name: 'W' }], questions: [{ id: 'q', text: 'W' }], label: 'W', name: 'W' };
  for (const action of Object.keys(previews).filter((one) => !silent.includes(one))) expect(wordsOf(command(action, words)), action).toContain('W');
});

test('of a text that was sent several times, only the words written last are handed back', () => {
  const again = { ...REWORD, id: 'j', text: 'Build it well' };
  expect(unsavedWords([REWORD, again, COMMENT], [], [['note/n/text', 'Draft']])).toEqual(['Build it well', 'Why?', 'Draft']);
  expect(unsavedWords([REWORD], [], [['activity/a/title', 'Newest']])).toEqual(['Newest']);
});
