import { keyOf } from '../text/flows';
import type { Canvas } from '../wire/canvas';
import { newId } from '../wire/ids';
import type { Command, Limits } from '../wire/messages';
import { type Refusal, wordsOf } from './refusals.svelte';

/** A way on from a refusal: what it does, as a button says it, and to what. */
export type Way =
  | { to: 'again' | 'value' | 'steps' | 'skip' }
  | { to: 'restore'; activity: string }
  /** The same change, with these fields in place of its own. */
  | { to: 'into' | 'comment' | 'new_activity' | 'new_note' | 'no_step' | 'anew'; fields: Record<string, unknown> }
  | { to: 'shorten'; field: string; limit: number };

interface Surroundings {
  canvas: Canvas;
  limits: Limits | null;
  mayEdit: boolean;
  /** The block that a note stood in when it was reworded. */
  blockOf(note: string): string | undefined;
}

/** The ways on that fit a refusal, the best first; what cannot be mended can still be copied. */
export function waysOn(refusal: Refusal, around: Surroundings): Way[] {
  const { command, receipt } = refusal;
  if (!around.mayEdit) return [];
  switch (receipt.code) {
    case 'value_proposition_first':
      return around.canvas.blocks.value_propositions?.length ? [{ to: 'again' }] : [{ to: 'value' }];
    case 'activity_retired':
      return retired(command, receipt.into);
    case 'unknown_activity':
      return newActivity(command);
    case 'unknown_note':
      return newNote(command, around);
    case 'unknown_step':
      return command.action === 'add_activity' ? [{ to: 'no_step', fields: { step: undefined } }] : [];
    case 'id_taken':
    case 'command_reused':
      return [{ to: 'anew', fields: newIds(command) }];
    case 'text_too_long':
      return tooLong(refusal, around.limits);
    case 'step_in_use':
      return [{ to: 'steps' }];
    case 'changed_since':
      if (command.action === 'restore_iteration' || command.action === 'undo_person') return []; // it has to be looked at anew
      return command.action === 'undo' || command.action === 'redo' ? [{ to: 'skip' }] : [{ to: 'again' }];
    default:
      return wordsOf(command) === '' ? [] : [{ to: 'again' }];
  }
}

function retired(command: Command, into: string | undefined): Way[] {
  const back: Way[] = typeof command.activity === 'string' ? [{ to: 'restore', activity: command.activity }] : [];
  if (into === undefined) return back;
  if (!keyOf(command)) return [{ to: 'into', fields: { activity: into } }, ...back];
  const comment = { ...only(command, 'text'), action: 'comment_on_activity', activity: into, comment: newId() };
  return [{ to: 'comment', fields: comment }, ...back];
}

/** What was to be a card's text can be a card of its own. */
function newActivity(command: Command): Way[] {
  const words = wordsOf(command).trim();
  if (words === '') return [];
  const [title = ''] = words.split('\n');
  const whole = title === words && title.length <= TITLE;
  const fields = { activity: newId(), title: title.slice(0, TITLE), category: null, ...(whole ? {} : { details: words }) };
  return [{ to: 'new_activity', fields: { ...only(command), action: 'add_activity', ...fields } }];
}

const TITLE = 120;

function newNote(command: Command, { blockOf }: Surroundings): Way[] {
  const block = blockOf(String(command.note));
  if (keyOf(command) === null || block === undefined) return [];
  return [{ to: 'new_note', fields: { ...only(command, 'text'), action: 'add_note', note: newId(), block } }];
}

function newIds(command: Command): Record<string, string> {
  const made: Record<string, string> = { add_activity: 'activity', add_note: 'note', comment_on_activity: 'comment', combine_activities: 'into', open_iteration: 'iteration' };
  const name = made[command.action];
  return name === undefined ? {} : { [name]: newId() };
}

function tooLong({ command, receipt }: Refusal, limits: Limits | null): Way[] {
  const field = receipt.field ?? longest(command);
  const most = receipt.limit ?? (command.action === 'comment_on_activity' ? limits?.comment : command.action.endsWith('_note') ? limits?.note : limits?.details);
  return field === undefined ? [] : [{ to: 'shorten', field: field in command ? field : 'text', limit: most ?? 1000 }];
}

function longest(command: Command): string | undefined {
  const texts = Object.entries(command).filter((one): one is [string, string] => typeof one[1] === 'string');
  return texts.sort(([, a], [, b]) => b.length - a.length)[0]?.[0];
}

/** Takes away all fields of a command but these: for a way on that is another action. */
function only(command: Command, ...names: string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(command)
      .filter((name) => !['type', 'id', 'action'].includes(name))
      .map((name) => [name, names.includes(name) ? command[name] : undefined]),
  );
}
