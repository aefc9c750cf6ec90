import type { Clock } from '../wire/clock';
import type { Command } from '../wire/messages';
import { type Draft, TextFlow } from './flow';
import { canonical } from './merge';

/** Which text: an activity's title or details, or a note. Also its name in the outbox. */
export type TextKey = `activity/${string}/title` | `activity/${string}/details` | `note/${string}/text`;

export interface FlowsHost {
  clock: Clock;
  /** The confirmed text and version; undefined where the thing is not there. */
  text(key: TextKey): string | undefined;
  version(): number;
  limit(key: TextKey): number;
  /** Makes the rewording a pending command; answers its id. */
  reword(fields: Record<string, unknown>): string;
  keepDraft(key: TextKey, draft: Draft | null): void;
}

/** The texts that are being written: each has one flow for as long as it has anything to do. */
export class Flows {
  #host: FlowsHost;
  #flows = new Map<TextKey, TextFlow>();

  constructor(host: FlowsHost) {
    this.#host = host;
  }

  get any(): boolean {
    return this.#flows.size > 0;
  }

  /** The flow of a text for a field that is entered. */
  open(key: TextKey): TextFlow {
    return this.#flows.get(key) ?? this.#start(key, this.#afresh(key));
  }

  /** The field is left: what waits is sent, and the flow goes once it has nothing left to do. */
  leave(key: TextKey): void {
    const flow = this.#flows.get(key);
    if (!flow) return;
    flow.onmerged = null;
    flow.flush();
    this.#tidy();
  }

  /** Everything that waits is sent now: the page is about to go. */
  flush(): void {
    for (const flow of this.#flows.values()) flow.flush();
  }

  /**
   * Takes up what a reload left: the rewordings under way, and what was typed beside them. Answers the
   * drafts whose thing is not there.
   */
  restore(commands: readonly Command[], drafts: ReadonlyMap<TextKey, Draft>, pending: (id: string) => boolean): [TextKey, Draft][] {
    const lost = [...drafts].filter(([key]) => this.#host.text(key) === undefined);
    for (const [key, draft] of drafts) this.#resume(key, draft, pending);
    for (const command of commands) {
      const key = keyOf(command);
      if (key === null) continue;
      const text = String(command.text);
      const sent = { id: command.id, text: canonical(text) };
      if (!this.#flows.has(key)) this.#start(key, { ...this.#afresh(key), draft: text, underWay: sent });
    }
    return lost;
  }

  /** Rewordings under way that speak of a log which is no more: made anew. Answers those that they replace. */
  startOver(stale: (id: string) => boolean): string[] {
    return [...this.#flows].flatMap(([key, flow]) => {
      const [id, text] = [flow.underWay, this.#host.text(key)];
      if (id === null || text === undefined || !stale(id)) return [];
      flow.startOver(text, this.#host.version());
      return [id];
    });
  }

  /** One event was applied: the confirmed canvas stands at its version. */
  step(command: string | null): void {
    for (const [key, flow] of this.#flows) {
      const text = this.#host.text(key);
      if (text === undefined) continue;
      if (command !== null && flow.underWay === command) flow.answered(text, this.#host.version());
      else flow.changed(text, this.#host.version());
    }
    this.#tidy();
  }

  /** The canvas came whole. */
  refresh(): void {
    this.step(null);
  }

  /** A receipt that is no event. Answers the latest text where the rewording was refused. */
  receipt(id: string, refused: boolean): string | null {
    for (const [key, flow] of this.#flows) {
      if (flow.underWay !== id) continue;
      const latest = flow.draft;
      if (refused) flow.refused();
      else flow.answered(this.#host.text(key) ?? latest, this.#host.version());
      this.#tidy();
      return latest;
    }
    return null;
  }

  /** The texts whose newest form the server has not been sent, for everyone else on this page to show. */
  ahead(): [TextKey, string][] {
    return [...this.#flows].flatMap(([key, flow]) => (flow.ahead === null ? [] : [[key, flow.ahead] as [TextKey, string]]));
  }

  #resume(key: TextKey, draft: Draft, pending: (id: string) => boolean): void {
    const text = this.#host.text(key);
    if (text === undefined || this.#flows.has(key)) return;
    const flow = this.#start(key, draft);
    if (draft.underWay === null) flow.changed(text, this.#host.version());
    else if (!pending(draft.underWay.id)) flow.answered(text, this.#host.version());
    flow.resume();
  }

  #afresh(key: TextKey): Draft {
    const text = this.#host.text(key) ?? '';
    return { draft: text, baseText: text, baseVersion: this.#host.version(), underWay: null };
  }

  #start(key: TextKey, draft: Draft): TextFlow {
    const flow = new TextFlow(
      {
        clock: this.#host.clock,
        required: !key.endsWith('/details'),
        limit: () => this.#host.limit(key),
        keep: (kept) => this.#host.keepDraft(key, kept),
        reword: (text, base, stroke) => this.#host.reword({ ...target(key), text, base, stroke }),
      },
      draft,
    );
    this.#flows.set(key, flow);
    return flow;
  }

  #tidy(): void {
    for (const [key, flow] of this.#flows) if (flow.onmerged === null && flow.idle) this.#flows.delete(key);
  }
}

/** The text that a command rewords; null for any other command. */
export function keyOf(command: Command): TextKey | null {
  if (command.action === 'reword_note') return `note/${command.note}/text`;
  if (command.action !== 'reword_activity') return null;
  return `activity/${command.activity}/${command.field as 'title' | 'details'}`;
}

/** The members of a command that say which text it rewords. */
export function target(key: TextKey): Record<string, unknown> {
  const [kind, id, field] = key.split('/');
  return kind === 'note' ? { action: 'reword_note', note: id } : { action: 'reword_activity', activity: id, field };
}
