import type { Draft } from '../text/flow';
import { type Flows, type TextKey, target } from '../text/flows';
import type { Clock } from '../wire/clock';
import { newId } from '../wire/ids';
import type { Keeper, Left } from './keeper';
import type { KeptCommand, KeptDraft } from './outbox';
import type { Refusals } from './refusals.svelte';
import type { Sending } from './sending';
import type { Tabs } from './tabs';

const LOOK_EVERY_MS = 15_000;
/** A page that is loaded anew takes up what it left itself; only then is it for the other tabs. */
const RELOADED_WITHIN_MS = 5000;

interface Port {
  clock: Clock;
  keeper: Keeper;
  tabs: Tabs;
  sending: Sending;
  flows: Flows;
  refusals: Refusals;
  /** Where the confirmed canvas stands; null where there is none yet. */
  stands(): { version: number; live: boolean } | null;
  changed(): void;
}

/**
 * Takes up what was left on this device: by this page before it was loaded anew, by tabs that are
 * gone, and, if the person says so, by themselves as another participant.
 */
export class Heir {
  /** What was written here as another participant: to be gone on with, or not. */
  left: Left | null = $state.raw(null);
  #port: Port;
  #drafts: KeptDraft[] = [];
  #stops = new Set<() => void>();

  constructor(port: Port) {
    this.#port = port;
  }

  /** At once: all that waits to be sent, and what this page itself had before. */
  begin({ commands, drafts }: Left, former: string | undefined): void {
    const own = <T extends { tab: string }>(all: T[]) => all.filter(({ tab }) => tab === former);
    this.#port.sending.takeUp(commands.filter(waits));
    this.#port.sending.takeOver(own(commands).filter(waits));
    this.#takeUp({ commands: own(commands), drafts: own(drafts) });
  }

  /** Once it is known which tabs are there: what the others left. */
  async goOn(): Promise<void> {
    await this.#takeUpLeft();
    const left = await this.#port.keeper.leftByOthers();
    if (left.commands.length || left.drafts.length) this.left = left;
    this.#lookAgain();
  }

  stop(): void {
    for (const stop of this.#stops) stop();
  }

  tabGone(): void {
    this.#stops.add(this.#port.clock.after(RELOADED_WITHIN_MS, () => void this.#takeUpLeft()));
  }

  /** What another participant left becomes one's own, under the ids it was made with. */
  adopt(): void {
    if (this.left === null) return;
    const commands = this.#port.keeper.adopt(this.left);
    this.#port.sending.takeOver(commands.filter(waits));
    this.#bringBack(commands);
    this.#drafts = [...this.#drafts, ...this.left.drafts];
    this.left = null;
    this.resume();
    this.#port.changed();
  }

  discard(): void {
    if (this.left) void this.#port.keeper.dropLeft(this.left);
    this.left = null;
  }

  /** Words go on as soon as the canvas has come to where they were; on a live line that is always so. */
  resume(): void {
    const stands = this.#port.stands();
    if (stands === null) return;
    const { queue } = this.#port.sending;
    const pending = (id: string) => queue.get(id) !== undefined;
    const ripe = ({ draft }: KeptDraft) =>
      stands.live || (draft.baseVersion <= stands.version && (draft.underWay === null || pending(draft.underWay.id)));
    const own = queue.items.filter(({ tab }) => tab === this.#port.tabs.id).map(({ command }) => command);
    const drafts = new Map(this.#drafts.filter(ripe).map(({ key, draft }) => [key as TextKey, draft]));
    const lost = new Map(this.#port.flows.restore(own, drafts, pending));
    this.#drafts = this.#drafts.filter((one) => !ripe(one) || (!stands.live && lost.has(one.key as TextKey)));
    if (stands.live) for (const [key, draft] of lost) this.#ask(key, draft);
  }

  /** Words of a thing that is gone: the server will say why, and then they are handed back. */
  #ask(key: TextKey, { draft, baseVersion }: Draft): void {
    this.#port.keeper.draft(key, null);
    this.#port.sending.make({ type: 'do', id: newId(), ...target(key), action: String(target(key).action), text: draft, base: baseVersion });
  }

  async #takeUpLeft(): Promise<void> {
    const { commands, drafts } = await this.#port.keeper.look();
    this.#port.sending.takeUp(commands.filter(waits)); // made in a tab's last moment, they were told to nobody
    const gone = <T extends { tab: string }>(all: T[]) => all.filter(({ tab }) => !this.#port.tabs.isThere(tab));
    const left = { commands: gone(commands).filter((kept) => !waits(kept)), drafts: gone(drafts) };
    if (left.commands.length || left.drafts.length) this.#takeUp(left);
  }

  #takeUp(left: Left): void {
    this.#port.keeper.takeUp(left);
    this.#bringBack(left.commands);
    this.#drafts = [...this.#drafts, ...left.drafts];
    this.resume();
    this.#port.changed();
  }

  #bringBack(commands: readonly KeptCommand[]): void {
    for (const { command, refusal } of commands) if (refusal) this.#port.refusals.bringBack({ command, receipt: refusal });
  }

  #lookAgain(): void {
    const stop = this.#port.clock.after(LOOK_EVERY_MS, () => {
      this.#stops.delete(stop);
      if (this.#port.tabs.sends) void this.#takeUpLeft();
      else void this.#port.sending.reconcile();
      this.#lookAgain();
    });
    this.#stops.add(stop);
  }
}

/** Not refused: it waits to be sent or to be answered. */
function waits({ refusal }: KeptCommand): boolean {
  return refusal === null;
}
