import type { Command, KernEvent, Receipt } from '../wire/messages';

const IN_FLIGHT = 16;

/** A change of one's own that is not durable yet. */
export interface Pending {
  command: Command;
  /** Kept in the outbox, so it may go out: what was sent must survive a reload. */
  kept: boolean;
  sent: boolean;
}

/**
 * One's own commands, in the order they were made, until the server has answered for each. Few are
 * on their way at a time, and none overtakes an earlier one that the server put off.
 */
export class PendingQueue {
  #items: Pending[] = [];
  #holdUntil = 0;

  get items(): readonly Pending[] {
    return this.#items;
  }

  get(id: string): Pending | undefined {
    return this.#items.find((item) => item.command.id === id);
  }

  add(command: Command, kept = false): void {
    if (!this.get(command.id)) this.#items.push({ command, kept, sent: false });
  }

  keep(id: string): void {
    const item = this.get(id);
    if (item) item.kept = true;
  }

  drop(id: string): void {
    this.#items = this.#items.filter((item) => item.command.id !== id);
  }

  /** A new connection: whatever is not answered goes out again, with the same ids, in order. */
  sendAgain(): void {
    for (const item of this.#items) item.sent = false;
    this.#holdUntil = 0;
  }

  /** The commands to send now, marked as sent. */
  take(now: number): Command[] {
    if (now < this.#holdUntil) return [];
    const out: Command[] = [];
    let flying = this.#items.filter((item) => item.sent).length;
    for (const item of this.#items) {
      if (item.sent) continue;
      if (!item.kept || flying >= IN_FLIGHT) break;
      item.sent = true;
      flying += 1;
      out.push(item.command);
    }
    return out;
  }

  /** The server put this one off: it and all later ones go out again after `ms`. */
  putOff(id: string, ms: number, now: number): void {
    const from = this.#items.findIndex((item) => item.command.id === id);
    if (from < 0) return;
    for (const item of this.#items.slice(from)) item.sent = false;
    this.#holdUntil = Math.max(this.#holdUntil, now + ms);
  }

  /** Drops what these events are the receipts of; answers those commands. */
  settle(events: readonly KernEvent[]): Command[] {
    const ids = new Set(events.map((event) => event.command));
    const done = this.#items.filter((item) => ids.has(item.command.id)).map((item) => item.command);
    for (const command of done) this.drop(command.id);
    return done;
  }

  /**
   * Takes a receipt. Answers the command it ended, or null: for an unknown one, and for a rejection
   * of a command that will go out again after an earlier one, on which it may depend.
   */
  receipt(message: Receipt): Command | null {
    const item = this.get(message.id);
    if (!item || (message.outcome === 'rejected' && !item.sent)) return null;
    this.drop(message.id);
    return item.command;
  }
}
