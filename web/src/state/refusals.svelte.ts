import { keyOf } from '../text/flows';
import type { Command, Receipt } from '../wire/messages';
import type { Keeper } from './keeper';

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
    void this.#keeper.refused(command, receipt);
  }

  dismiss(id: string): void {
    this.list = this.list.filter(({ command }) => command.id !== id);
    this.#keeper.drop(id);
  }
}

/** What a person wrote in a command, to be handed back to them. */
export function wordsOf(command: Command): string {
  const written = ['title', 'details', 'text', 'name', 'goal', 'subject', 'reason', 'override_reason'];
  return written.flatMap((name) => (typeof command[name] === 'string' && command[name] !== '' ? [command[name]] : [])).join('\n');
}
