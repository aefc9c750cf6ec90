import type { Draft } from '../text/flow';
import type { Command, Receipt } from '../wire/messages';

/** One's own changes of one room, as they lie on this device until they are durable on the server. */
export interface KeptCommand {
  id: string;
  owner: string;
  /** Order of making, over reloads too. */
  order: number;
  tab: string;
  command: Command;
  /** Set once the server refused it: it waits for its author. */
  refusal: Receipt | null;
}

export interface KeptDraft {
  owner: string;
  key: string;
  tab: string;
  draft: Draft;
}

export interface Outbox {
  commands(owner: string): Promise<KeptCommand[]>;
  drafts(owner: string): Promise<KeptDraft[]>;
  putCommand(kept: KeptCommand): Promise<void>;
  dropCommand(id: string): Promise<void>;
  putDraft(kept: KeptDraft): Promise<void>;
  dropDraft(owner: string, key: string): Promise<void>;
}

/** The outbox on this device's IndexedDB; where there is none (some private windows), in memory. */
export async function openOutbox(): Promise<Outbox> {
  try {
    return new DeviceOutbox(await openDatabase());
  } catch {
    return new MemoryOutbox();
  }
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('kern', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('commands', { keyPath: 'id' }).createIndex('owner', 'owner');
      request.result.createObjectStore('drafts', { keyPath: ['owner', 'key'] }).createIndex('owner', 'owner');
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

class DeviceOutbox implements Outbox {
  #database: IDBDatabase;

  constructor(database: IDBDatabase) {
    this.#database = database;
  }

  async commands(owner: string): Promise<KeptCommand[]> {
    const all = await this.#read<KeptCommand[]>('commands', (store) => store.index('owner').getAll(owner));
    return all.sort((a, b) => a.order - b.order);
  }

  drafts(owner: string): Promise<KeptDraft[]> {
    return this.#read('drafts', (store) => store.index('owner').getAll(owner));
  }

  putCommand(kept: KeptCommand): Promise<void> {
    return this.#write('commands', (store) => store.put(kept));
  }

  dropCommand(id: string): Promise<void> {
    return this.#write('commands', (store) => store.delete(id));
  }

  putDraft(kept: KeptDraft): Promise<void> {
    return this.#write('drafts', (store) => store.put(kept));
  }

  dropDraft(owner: string, key: string): Promise<void> {
    return this.#write('drafts', (store) => store.delete([owner, key]));
  }

  #read<T>(name: string, ask: (store: IDBObjectStore) => IDBRequest): Promise<T> {
    return new Promise((resolve, reject) => {
      const request = ask(this.#database.transaction(name).objectStore(name));
      request.onsuccess = () => resolve(request.result as T);
      request.onerror = () => reject(request.error);
    });
  }

  #write(name: string, change: (store: IDBObjectStore) => IDBRequest): Promise<void> {
    return new Promise((resolve, reject) => {
      const transaction = this.#database.transaction(name, 'readwrite');
      change(transaction.objectStore(name));
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
  }
}

export class MemoryOutbox implements Outbox {
  #commands = new Map<string, KeptCommand>();
  #drafts = new Map<string, KeptDraft>();

  async commands(owner: string): Promise<KeptCommand[]> {
    return [...this.#commands.values()].filter((kept) => kept.owner === owner).sort((a, b) => a.order - b.order);
  }

  async drafts(owner: string): Promise<KeptDraft[]> {
    return [...this.#drafts.values()].filter((kept) => kept.owner === owner);
  }

  async putCommand(kept: KeptCommand): Promise<void> {
    this.#commands.set(kept.id, kept);
  }

  async dropCommand(id: string): Promise<void> {
    this.#commands.delete(id);
  }

  async putDraft(kept: KeptDraft): Promise<void> {
    this.#drafts.set(`${kept.owner} ${kept.key}`, kept);
  }

  async dropDraft(owner: string, key: string): Promise<void> {
    this.#drafts.delete(`${owner} ${key}`);
  }
}
