import { keyOf } from '../text/flows';
import type { Command, Receipt } from '../wire/messages';
import type { Keeper, Left } from './keeper';

/** A change that the server refused. */
export interface Refusal {
  command: Command;
  receipt: Receipt;
}

/** What the server did not take: words come back to their author and stay until they decide; the rest is said. */
export class Refusals {
  /** Those with words, kept on this device. */
  list: readonly Refusal[] = $state.raw([]);
  /** The newest without words, to be told in passing. */
  notice: Refusal | null = $state.raw(null);
  #keeper: Keeper;

  constructor(keeper: Keeper) {
    this.#keeper = keeper;
  }

  /** One that an earlier visit left. */
  bringBack(refusal: Refusal): void {
    this.list = [...this.list.filter(({ command }) => command.id !== refusal.command.id), refusal];
  }

  add(refusal: Refusal): void {
    const { command, receipt } = refusal;
    if (wordsOf(command) === '') {
      this.#keeper.drop(command.id);
      this.notice = refusal;
      return;
    }
    const key = keyOf(command);
    const earlier = this.list.filter((one) => key !== null && keyOf(one.command) === key);
    for (const one of earlier) this.dismiss(one.command.id); // of one text only the latest words
    this.bringBack(refusal);
    if (receipt.code === 'redacted') this.#keeper.drop(command.id); // a text that was taken out lies on no device for this
    else void this.#keeper.refused(command, receipt);
  }

  dismiss(id: string): void {
    this.list = this.list.filter(({ command }) => command.id !== id);
    this.#keeper.drop(id);
  }
}

const WRITTEN = ['title', 'details', 'text', 'name', 'label', 'goal', 'subject', 'reason', 'override_reason'];

/** What a person wrote in a command, to be handed back to them. */
export function wordsOf(command: Command): string {
  const lists = [command.steps, command.questions].filter(Array.isArray).flat() as { name?: string; text?: string }[];
  const all = [...WRITTEN.map((name) => command[name]), ...lists.map(({ name, text }) => name ?? text)];
  return all.filter((words) => typeof words === 'string' && words !== '').join('\n');
}

/** The same of everything that was left on a device. */
export function wordsLeft({ commands, drafts }: Left): string[] {
  return latest(commands.map(({ command }) => command), drafts.map(({ key, draft }) => [key, draft.draft]));
}

/** The same of everything that is not saved. */
export function unsavedWords(waiting: readonly Command[], refused: readonly Refusal[], unsent: readonly [string, string][]): string[] {
  return latest([...waiting, ...refused.map(({ command }) => command)], unsent);
}

/** Of a text that was sent several times only the words that were written last. */
function latest(commands: readonly Command[], words: readonly [string, string][]): string[] {
  const texts = new Map<string, string>();
  for (const command of commands) texts.set(keyOf(command) ?? command.id, wordsOf(command));
  for (const [key, text] of words) texts.set(key, text);
  return [...texts.values()].filter((text) => text !== '');
}
