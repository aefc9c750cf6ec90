import type { RoomCalls } from '../../wire/http';
import type { KernEvent } from '../../wire/messages';

/** Who took texts out of an event, when and why; the reason may itself have been taken out. */
export interface Redaction {
  version: number;
  by: string | null;
  at: string;
  reason: string;
  /** Out of which events. */
  from: readonly number[];
}

/** More than these, the newest, are not looked up: each is a call of its own. */
const MOST = 200;

/** What was taken out of a room: the events say no more than that something is gone, the redactions say why. */
export class Redactions {
  #list: readonly Redaction[] = $state.raw([]);
  #calls: RoomCalls;
  #turn = 0;
  readonly #byVersion = $derived(new Map(this.#list.flatMap((one) => one.from.map((version): [number, Redaction] => [version, one]))));

  constructor(calls: RoomCalls) {
    this.#calls = calls;
  }

  /** The last one that took something out of an event. */
  outOf(version: number): Redaction | undefined {
    return this.#byVersion.get(version);
  }

  of(version: number): Redaction | undefined {
    return this.#list.find((one) => one.version === version);
  }

  /** Asks for them anew: one more may be there, and the reason of another one gone. */
  async look(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    try {
      const { versions } = await this.#calls.versions({ participant: '', kind: 'TextRedacted', activity: '', text: '' });
      const found: Redaction[] = [];
      for (const version of versions.slice(-MOST)) {
        const { events } = await this.#calls.events(version - 1, 1);
        found.push(...events.map(redaction));
      }
      if (turn === this.#turn) this.#list = found;
    } catch {
      // The table says that something can't be fetched; what is known stays.
    }
  }
}

function redaction({ version, by, at, data }: KernEvent): Redaction {
  const also = (data.also ?? []) as { version: number }[];
  const from = new Set([Number(data.version), ...also.map((one) => one.version)]);
  return { version, by, at, reason: typeof data.reason === 'string' ? data.reason : '', from: [...from] };
}
