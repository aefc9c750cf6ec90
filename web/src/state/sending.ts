import type { Clock } from '../wire/clock';
import type { Command, KernEvent, Receipt } from '../wire/messages';
import { Pace } from '../wire/pace';
import type { Keeper } from './keeper';
import type { KeptCommand } from './outbox';
import { type Pending, PendingQueue } from './pending';
import type { Said, Tabs } from './tabs';

const KEPT_WITHIN_MS = 1000;

/** Longer than any answer takes on a line that lives. */
const DOUBT_AFTER_MS = 5000;

interface Port {
  clock: Clock;
  keeper: Keeper;
  tabs: Tabs;
  live(): boolean;
  send(command: Command): boolean;
  /** What was sent is not answered: perhaps the line is dead and has not noticed. */
  doubt(): void;
  /** The version of the confirmed canvas. */
  version(): number;
  /** A command was answered: null where it is durable. `tell`: it is for this tab to tell its author. */
  ended(command: Command, receipt: Receipt | null, tell: boolean): void;
  /** Other tabs made changes, or heard what became of them. */
  changed(): void;
}

/**
 * From "do this" to "done", for all tabs of one person together: each change is kept on the device,
 * told to the other tabs, and sent by the one whose turn it is, until the server has answered for it.
 */
export class Sending {
  readonly queue = new PendingQueue();
  #port: Port;
  #pace = new Pace();
  /** Answers that another tab heard at a version which this one has not come to yet. */
  #early = new Map<string, Extract<Said, { kind: 'answered' }>>();
  /** Answered while this page was open: what a slow look at the device still finds of them is old. */
  #answered = new Set<string>();
  #held = 0;
  #stopHold: (() => void) | null = null;
  #stopSoon: (() => void) | null = null;
  #stopDoubt: (() => void) | null = null;

  constructor(port: Port) {
    this.#port = port;
  }

  /** A change of this tab. */
  make(command: Command): void {
    const kept = this.#port.keeper.make(command);
    this.#answered.delete(command.id);
    this.#add(kept, false);
    let gone = false;
    const go = () => {
      if (gone) return;
      gone = true;
      this.queue.keep(command.id);
      if (this.queue.get(command.id)) this.#tell([kept]);
      this.pump();
    };
    void this.#port.keeper.keep(kept).then(go);
    this.#port.clock.after(KEPT_WITHIN_MS, go); // a device that can't keep it must not hold it back
  }

  /** What lies on the device. */
  takeUp(commands: readonly KeptCommand[]): void {
    for (const kept of commands) if (!this.#answered.has(kept.id)) this.#add(kept, true);
    this.pump();
  }

  /** The same, and from now on this tab answers for it. */
  takeOver(commands: readonly KeptCommand[]): void {
    const own = commands.map((kept) => ({ ...kept, tab: this.#port.tabs.id }));
    this.#hearMade(own);
    this.#tell(own);
  }

  stop(): void {
    this.#stopHold?.();
    this.#stopSoon?.();
    this.#stopDoubt?.();
  }

  /** A new connection: what was on its way may not have arrived. */
  welcomed(perSecond: number): void {
    this.#pace.limit(perSecond, this.#port.clock.now());
    this.#release();
    this.queue.sendAgain();
    this.pump();
  }

  /** These events were applied: some are the receipts of one's own commands. */
  settle(events: readonly KernEvent[]): void {
    for (const item of this.queue.settle(events)) this.#end(item, null);
    this.#catchUp();
  }

  receipt(message: Receipt): void {
    const item = this.queue.receipt(message);
    if (item === null) return;
    const wasHad = item.adopted && message.code === 'command_reused'; // by the server, before its author came back as another
    this.#end(item, message.outcome === 'rejected' && !wasHad ? message : null);
    this.pump();
  }

  putOff(id: string, ms: number): void {
    this.queue.putOff(id);
    this.#pace.exhaust();
    const until = this.#port.clock.now() + ms;
    if (this.#stopHold && until <= this.#held) return;
    this.#stopHold?.();
    this.#held = until;
    this.#stopHold = this.#port.clock.after(ms, () => {
      this.#release();
      this.pump();
    });
  }

  /** Made anew under another id: this one is not wanted any more. */
  replace(ids: readonly string[]): void {
    for (const id of ids) {
      const item = this.queue.get(id);
      this.queue.drop(id);
      if (item) this.#end(item, null);
    }
  }

  /** The turn to send came here or went to another tab; then those it went to have to have everything. */
  turned(): void {
    const { tabs, keeper } = this.#port;
    if (tabs.sends) {
      this.queue.sendAgain();
      void this.reconcile();
    } else this.#tell(this.queue.items.filter(({ kept, tab }) => kept && tab === tabs.id).map((item) => keptOf(item, keeper.owner)));
    this.pump();
  }

  hear(said: Said): void {
    if (said.kind === 'made') this.#hearMade(said.commands);
    if (said.kind === 'answered') this.#hearAnswer(said);
    this.#port.changed();
  }

  /** Looks at the device for what this tab missed while it slept. */
  async reconcile(): Promise<void> {
    const { keeper, tabs } = this.#port;
    const { commands, shared } = await keeper.look();
    if (!shared) return;
    this.takeUp(commands.filter(({ refusal }) => refusal === null));
    if (tabs.sends) return;
    const there = new Set(commands.map(({ id }) => id));
    const missing = this.queue.items.filter(({ command, kept }) => kept && !there.has(command.id));
    // Others' were answered; one's own are asked for again, which says what became of them.
    this.queue.drop(...missing.filter(({ tab }) => tab !== tabs.id).map(({ command }) => command.id));
    this.#tell(missing.filter(({ tab }) => tab === tabs.id).map((item) => keptOf(item, keeper.owner)));
    this.#port.changed();
  }

  /** Sends what may go out now, and comes back when more may. */
  pump(): void {
    const { clock, tabs } = this.#port;
    if (!tabs.sends || !this.#port.live() || this.#stopHold) return;
    const now = clock.now();
    const commands = this.queue.take(this.#pace.allowed(now));
    for (const command of commands) this.#port.send(command);
    this.#pace.spend(commands.length);
    if (commands.length) this.#expect();
    if (!this.queue.ready || this.#pace.wait() === 0) return;
    this.#stopSoon ??= clock.after(this.#pace.wait(), () => {
      this.#stopSoon = null;
      this.pump();
    });
  }

  #add({ command, order, tab, adopted = false }: KeptCommand, kept: boolean): void {
    this.#port.keeper.saw(order);
    this.queue.add({ command, order, tab, kept, adopted });
  }

  /** Another tab asks for these, perhaps for the second time: a refused one may be tried again. */
  #hearMade(commands: readonly KeptCommand[]): void {
    for (const { id } of commands) this.#answered.delete(id);
    this.takeUp(commands);
  }

  #end(item: Pending, receipt: Receipt | null): void {
    const { tabs, keeper } = this.#port;
    const { command } = item;
    this.#answered.add(command.id);
    const to = tabs.isThere(item.tab) ? item.tab : tabs.id;
    // Said even if no other tab is known: one that is just being opened hears it before it says who it is.
    const tell = () => tabs.say({ kind: 'answered', tab: tabs.id, id: command.id, receipt, version: this.#port.version(), to });
    if (receipt === null) keeper.drop(command.id);
    if (receipt === null || to === tabs.id || receipt.code === 'redacted') tell();
    else void keeper.refused(command, receipt, to).then(tell);
    this.#port.ended(command, receipt, to === tabs.id);
  }

  /** A durable change counts once it stands in this tab's canvas too; a refusal at once. */
  #hearAnswer(said: Extract<Said, { kind: 'answered' }>): void {
    const item = this.queue.get(said.id);
    if (!item) {
      this.#answered.add(said.id); // it may be just being read from the device
      return;
    }
    if (said.receipt === null && said.version > this.#port.version()) {
      this.#early.set(said.id, said);
      return;
    }
    this.#early.delete(said.id);
    this.#answered.add(said.id);
    this.queue.drop(said.id);
    this.#port.ended(item.command, said.receipt, said.to === this.#port.tabs.id);
  }

  #catchUp(): void {
    for (const said of [...this.#early.values()]) this.#hearAnswer(said);
  }

  #tell(commands: KeptCommand[]): void {
    const { tabs } = this.#port;
    if (commands.length) tabs.say({ kind: 'made', tab: tabs.id, commands });
  }

  /** Answers within some seconds; a phone that went from one network to another tells nobody. */
  #expect(): void {
    this.#stopDoubt?.();
    this.#stopDoubt = this.#port.clock.after(DOUBT_AFTER_MS, () => {
      this.#stopDoubt = null;
      if (this.#port.live() && this.queue.items.some(({ sent }) => sent)) this.#port.doubt();
    });
  }

  #release(): void {
    this.#stopHold?.();
    this.#stopHold = null;
  }
}

function keptOf({ command, order, tab, adopted }: Pending, owner: string): KeptCommand {
  return { id: command.id, owner, order, tab, command, refusal: null, adopted };
}
