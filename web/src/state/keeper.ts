import type { Draft } from '../text/flow';
import type { TextKey } from '../text/flows';
import type { Command, Receipt } from '../wire/messages';
import type { KeptCommand, KeptDraft, KeptRoom, Outbox } from './outbox';

/** Kept by another client, a canvas may lack what this one shows: the address of the code tells them apart. */
const CODE = import.meta.url;

export interface Left {
  commands: KeptCommand[];
  drafts: KeptDraft[];
}

/** One tab's hand on the outbox: every write in order, the latest draft of a text only. */
export class Keeper {
  readonly tab: string;
  readonly owner: string;
  #outbox: Promise<Outbox>;
  #now: () => number;
  #order = 0;
  #drafts = new Map<TextKey, Draft | null>();
  #writing: Promise<void> = Promise.resolve();

  constructor(outbox: Promise<Outbox>, owner: string, tab: string, now: () => number = Date.now) {
    this.#now = now;
    this.#outbox = outbox;
    this.owner = owner;
    this.tab = tab;
  }

  /** A new command of this tab; it comes after all that this tab has seen of any. */
  make(command: Command): KeptCommand {
    this.#order = Math.max(this.#now(), this.#order + 1);
    return { id: command.id, owner: this.owner, order: this.#order, tab: this.tab, command, refusal: null };
  }

  /** Another tab made commands: what this one makes from now on comes after them. */
  saw(order: number): void {
    this.#order = Math.max(this.#order, order);
  }

  /** Resolves once the command would survive a reload (or can't: a full disk stops nobody's work). */
  keep(kept: KeptCommand): Promise<void> {
    return this.#then((outbox) => outbox.putCommand(kept));
  }

  /** A refused command, kept for the tab that tells its author. */
  refused(command: Command, refusal: Receipt, tab = this.tab): Promise<void> {
    return this.keep({ ...this.make(command), tab, refusal });
  }

  drop(id: string): void {
    void this.#then((outbox) => outbox.dropCommand(id));
  }

  draft(key: TextKey, draft: Draft | null): void {
    const waits = this.#drafts.has(key);
    this.#drafts.set(key, draft);
    if (!waits) void this.#then((outbox) => this.#writeDraft(outbox, key));
  }

  /** Everything of this person that lies on the device, whichever tab it is of. */
  async look(): Promise<Left & { shared: boolean }> {
    const outbox = await this.#outbox;
    await this.#writing;
    const [commands, drafts] = await Promise.all([outbox.commands(this.owner), outbox.drafts(this.owner)]);
    for (const { order } of commands) this.saw(order);
    return { commands, drafts, shared: outbox.shared };
  }

  /** What another tab left is this tab's from now on. */
  takeUp({ commands, drafts }: Left): void {
    for (const kept of commands) void this.keep({ ...kept, tab: this.tab });
    for (const { owner, key, tab, draft } of drafts) {
      this.draft(key as TextKey, draft);
      void this.#then((outbox) => outbox.dropDraft(owner, key, tab));
    }
  }

  /** The room as it was when it was last seen here; undefined where nothing, or not by this client. */
  async room(): Promise<KeptRoom | undefined> {
    const kept = await (await this.#outbox).room(this.owner);
    return kept?.code === CODE ? kept : undefined;
  }

  keepRoom(room: Omit<KeptRoom, 'owner' | 'code' | 'at'>): void {
    void this.#then((outbox) => outbox.putRoom({ ...room, owner: this.owner, code: CODE, at: this.#now() }));
  }

  dropRoom(): void {
    void this.#then((outbox) => outbox.dropRoom(this.owner));
  }

  /** What somebody left here who was in this room from this device as another participant. */
  async leftByOthers(): Promise<Left> {
    const outbox = await this.#outbox;
    const owners = await this.#others(outbox);
    const commands = (await Promise.all(owners.map((owner) => outbox.commands(owner)))).flat();
    const drafts = (await Promise.all(owners.map((owner) => outbox.drafts(owner)))).flat();
    return { commands: commands.sort((a, b) => a.order - b.order), drafts };
  }

  /** That is this participant's own from now on. */
  adopt({ commands, drafts }: Left): KeptCommand[] {
    const adopted = commands.map((kept) => ({ ...kept, owner: this.owner, tab: this.tab, adopted: true }));
    for (const kept of adopted) void this.keep(kept);
    this.takeUp({ commands: [], drafts });
    return adopted;
  }

  /** Or it is not wanted. */
  async dropLeft({ commands, drafts }: Left): Promise<void> {
    for (const { id } of commands) this.drop(id);
    for (const { owner, key, tab } of drafts) await this.#then((outbox) => outbox.dropDraft(owner, key, tab));
  }

  async #others(outbox: Outbox): Promise<string[]> {
    const room = this.owner.slice(0, this.owner.indexOf(' ') + 1);
    return (await outbox.owners(room)).filter((owner) => owner !== this.owner);
  }

  #writeDraft(outbox: Outbox, key: TextKey): Promise<void> {
    const draft = this.#drafts.get(key) ?? null;
    this.#drafts.delete(key);
    if (draft === null) return outbox.dropDraft(this.owner, key, this.tab);
    return outbox.putDraft({ owner: this.owner, key, tab: this.tab, draft });
  }

  #then(write: (outbox: Outbox) => Promise<void>): Promise<void> {
    this.#writing = this.#writing.then(async () => write(await this.#outbox)).catch(() => {});
    return this.#writing;
  }
}
