import type { Clock } from '../wire/clock';
import { newId } from '../wire/ids';

const ANSWER_WITHIN_MS = 150;
const STORED_AS = 'kern.tab';

type Channel = Pick<BroadcastChannel, 'onmessage' | 'postMessage' | 'close'>;

/**
 * Which of one person's tabs is which. A change that waits on the device belongs to the tab that made
 * it; a new tab takes over only from tabs that no longer answer. A reload is the same tab.
 */
export class Tabs {
  id: string;
  #channel: Channel;
  #session: string = newId();
  #alive = new Set<string>();

  constructor(channel: Channel, memory: Storage) {
    this.#channel = channel;
    this.id = memory.getItem(STORED_AS) ?? newId();
    memory.setItem(STORED_AS, this.id);
    channel.onmessage = ({ data }) => this.#hear(data as { ask?: string; tab?: string; from: string });
  }

  /** Asks the others, then answers the ids of the tabs that are there beside this one. */
  async others(clock: Clock, memory: Storage): Promise<Set<string>> {
    this.#channel.postMessage({ ask: this.id, from: this.#session });
    await new Promise<void>((resolve) => void clock.after(ANSWER_WITHIN_MS, resolve));
    if (this.#alive.has(this.id)) {
      // A duplicated tab brings its original's memory along: it takes a name of its own.
      this.id = newId();
      memory.setItem(STORED_AS, this.id);
    }
    return this.#alive;
  }

  close(): void {
    this.#channel.close();
  }

  #hear(data: { ask?: string; tab?: string; from: string }): void {
    if (data.from === this.#session) return;
    if (data.tab !== undefined) this.#alive.add(data.tab);
    else this.#channel.postMessage({ tab: this.id, from: this.#session });
  }
}
