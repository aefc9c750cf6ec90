import type { TextKey } from '../text/flows';
import type { Draft } from '../text/flow';
import type { Command, Receipt } from '../wire/messages';
import type { KeptCommand, KeptDraft, Outbox } from './outbox';

/** One tab's hand on the outbox: every write in order, the latest draft of a text only. */
export class Keeper {
  #outbox: Promise<Outbox>;
  #owner: string;
  #tab: string;
  #order = Date.now();
  #orders = new Map<string, number>();
  #drafts = new Map<TextKey, Draft | null>();
  #writing: Promise<void> = Promise.resolve();

  constructor(outbox: Promise<Outbox>, owner: string, tab: string) {
    this.#outbox = outbox;
    this.#owner = owner;
    this.#tab = tab;
  }

  /** Resolves once the command would survive a reload (or can't: a full disk stops nobody's work). */
  command(command: Command, refusal: Receipt | null = null): Promise<void> {
    const order = this.#orders.get(command.id) ?? ++this.#order;
    this.#orders.set(command.id, order);
    const kept: KeptCommand = { id: command.id, owner: this.#owner, order, tab: this.#tab, command, refusal };
    return this.#then((outbox) => outbox.putCommand(kept));
  }

  drop(id: string): void {
    this.#orders.delete(id);
    void this.#then((outbox) => outbox.dropCommand(id));
  }

  draft(key: TextKey, draft: Draft | null): void {
    const waits = this.#drafts.has(key);
    this.#drafts.set(key, draft);
    if (!waits) void this.#then((outbox) => this.#writeDraft(outbox, key));
  }

  /** What this tab has to take up: its own, and what tabs left that are no longer there. */
  async takeUp(otherTabs: () => Promise<Set<string>>): Promise<{ commands: KeptCommand[]; drafts: Map<TextKey, Draft> }> {
    const outbox = await this.#outbox;
    const [commands, drafts] = await Promise.all([outbox.commands(this.#owner), outbox.drafts(this.#owner)]);
    const alive = commands.length || drafts.length ? await otherTabs() : new Set<string>();
    const left = <T extends { tab: string }>(all: T[]) => all.filter(({ tab }) => !alive.has(tab));
    for (const { id, order } of left(commands)) this.#orders.set(id, order);
    for (const { command, refusal } of left(commands)) void this.command(command, refusal);
    return { commands: left(commands), drafts: new Map(left(drafts).map(({ key, draft }: KeptDraft) => [key as TextKey, draft])) };
  }

  /** The tab's own name, once it is sure of it. */
  rename(tab: string): void {
    this.#tab = tab;
  }

  #writeDraft(outbox: Outbox, key: TextKey): Promise<void> {
    const draft = this.#drafts.get(key) ?? null;
    this.#drafts.delete(key);
    if (draft === null) return outbox.dropDraft(this.#owner, key);
    return outbox.putDraft({ owner: this.#owner, key, tab: this.#tab, draft });
  }

  #then(write: (outbox: Outbox) => Promise<void>): Promise<void> {
    this.#writing = this.#writing.then(async () => write(await this.#outbox)).catch(() => {});
    return this.#writing;
  }
}
