import type { Command, KernEvent, Receipt } from '../wire/messages';

const IN_FLIGHT = 16;

/** A change of one's own that is not durable yet. */
export interface Pending {
  command: Command;
  /** Order of making, over reloads and over the tabs of one person. */
  order: number;
  /** The tab that made it, or took it up from one that is gone. */
  tab: string;
  /** Kept on the device, so it may go out: what was sent must survive a reload. */
  kept: boolean;
  /** Made as another participant, so that the server may have had it already. */
  adopted: boolean;
  sent: boolean;
}

/**
 * One person's commands, in the order they were made, until the server has answered for each. Few are
 * on their way at a time, and none overtakes an earlier one that the server put off.
 */
export class PendingQueue {
  #items: Pending[] = [];
  #byId = new Map<string, Pending>();

  get items(): readonly Pending[] {
    return this.#items;
  }

  get(id: string): Pending | undefined {
    return this.#byId.get(id);
  }

  /** Takes one more; one that is there already only learns which tab answers for it. */
  add(one: Omit<Pending, 'sent'>): void {
    const known = this.#byId.get(one.command.id);
    if (known) known.tab = one.tab;
    if (known) return;
    const item = { ...one, sent: false };
    this.#byId.set(one.command.id, item);
    let place = this.#items.length;
    while (place > 0 && comesAfter(this.#items[place - 1] as Pending, item)) place -= 1;
    if (place === this.#items.length) this.#items.push(item);
    else this.#items.splice(place, 0, item);
  }

  keep(id: string): void {
    const item = this.get(id);
    if (item) item.kept = true;
  }

  drop(...ids: string[]): void {
    for (const id of ids) {
      const item = this.#byId.get(id);
      this.#byId.delete(id);
      if (item) this.#items.splice(this.#items.indexOf(item), 1); // most often the first
    }
  }

  /** A new connection, or this tab's turn to send: whatever is not answered goes out again, with the same ids, in order. */
  sendAgain(): void {
    for (const item of this.#items) item.sent = false;
  }

  /** The commands to send now, at most so many, marked as sent. */
  take(most = Number.POSITIVE_INFINITY): Command[] {
    const out: Command[] = [];
    // Of a long queue only the beginning is looked at: what is on its way stands there.
    const near = this.#items.slice(0, 2 * IN_FLIGHT);
    let flying = near.filter((item) => item.sent).length;
    for (const item of near) {
      if (item.sent) continue;
      if (!item.kept || flying >= IN_FLIGHT || out.length >= most) break;
      item.sent = true;
      flying += 1;
      out.push(item.command);
    }
    return out;
  }

  /** Whether one could go out if the pace allowed it. */
  get ready(): boolean {
    const next = this.#items.findIndex((item) => !item.sent);
    return next >= 0 && next < IN_FLIGHT && (this.#items[next] as Pending).kept;
  }

  /** The server put this one off: it and all later ones have to go out again. */
  putOff(id: string): void {
    const from = this.#items.findIndex((item) => item.command.id === id);
    if (from < 0) return;
    for (const item of this.#items.slice(from)) item.sent = false;
  }

  /** Drops what these events are the receipts of; answers those items. */
  settle(events: readonly KernEvent[]): Pending[] {
    const done = [...new Set(events.flatMap(({ command }) => (command === null ? [] : (this.get(command) ?? []))))];
    this.drop(...done.map(({ command }) => command.id));
    return done;
  }

  /**
   * Takes a receipt. Answers the item it ended, or null: for an unknown one, and for a rejection of
   * a command that will go out again after an earlier one, on which it may depend.
   */
  receipt(message: Receipt): Pending | null {
    const item = this.get(message.id);
    if (!item || (message.outcome === 'rejected' && !item.sent)) return null;
    this.drop(message.id);
    return item;
  }
}

function comesAfter(one: Pending, other: Pending): boolean {
  return one.order > other.order || (one.order === other.order && one.command.id > other.command.id);
}
