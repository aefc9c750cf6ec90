import type { Draft } from '../text/flow';
import type { Command, Limits, Person, Receipt } from '../wire/messages';
import type { Held } from './replica';

/** One's own changes of one room, as they lie on this device until they are durable on the server. */
export interface KeptCommand {
  id: string;
  /** The room and the participant. */
  owner: string;
  /** Order of making, over reloads and tabs too. */
  order: number;
  /** The tab that answers for it to the person. */
  tab: string;
  command: Command;
  /** Set once the server refused it: it waits for its author. */
  refusal: Receipt | null;
  /** Made as another participant, who was removed or whose key was lost. */
  adopted?: boolean;
}

export interface KeptDraft {
  owner: string;
  key: string;
  tab: string;
  draft: Draft;
}

/** A room as it was last seen here, so that it can be shown, and gone on with, before the server answers. */
export interface KeptRoom {
  owner: string;
  at: number;
  /** Which client kept it: another one may hold other things in a canvas. */
  code: string;
  held: Held;
  you: Person;
  people: readonly Person[];
  limits: Limits;
}

export interface Outbox {
  /** Whether other tabs see the same. */
  shared: boolean;
  commands(owner: string): Promise<KeptCommand[]>;
  drafts(owner: string): Promise<KeptDraft[]>;
  /** Who else has left something here, of those whose name begins like this. */
  owners(beginning: string): Promise<string[]>;
  putCommand(kept: KeptCommand): Promise<void>;
  dropCommand(id: string): Promise<void>;
  putDraft(kept: KeptDraft): Promise<void>;
  dropDraft(owner: string, key: string, tab: string): Promise<void>;
  room(owner: string): Promise<KeptRoom | undefined>;
  putRoom(kept: KeptRoom): Promise<void>;
  dropRoom(owner: string): Promise<void>;
}

/** So many rooms are kept to be shown again; of changes and words nothing is ever dropped for room. */
export const ROOMS_KEPT = 5;

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
    const request = indexedDB.open('kern', 2);
    request.onupgradeneeded = ({ oldVersion }) => upgrade(request, oldVersion);
    request.onsuccess = () => {
      // A newer client in another tab must not wait for this one.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('an older client holds the outbox'));
  });
}

function upgrade({ result: database, transaction }: IDBOpenDBRequest, from: number): void {
  if (from < 1) database.createObjectStore('commands', { keyPath: 'id' }).createIndex('owner', 'owner');
  database.createObjectStore('rooms', { keyPath: 'owner' }).createIndex('at', 'at');
  const makeDrafts = () => {
    const drafts = database.createObjectStore('drafts', { keyPath: ['owner', 'key', 'tab'] });
    drafts.createIndex('owner', 'owner');
    return drafts;
  };
  if (from < 1) {
    makeDrafts();
    return;
  }
  // Version 1 had one draft of a text for all tabs.
  const old = (transaction as IDBTransaction).objectStore('drafts').getAll();
  old.onsuccess = () => {
    database.deleteObjectStore('drafts');
    const drafts = makeDrafts();
    for (const one of old.result) drafts.put(one);
  };
}

class DeviceOutbox implements Outbox {
  readonly shared = true;
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

  async owners(beginning: string): Promise<string[]> {
    const range = IDBKeyRange.bound(beginning, `${beginning}\uffff`);
    const all = await Promise.all(
      ['commands', 'drafts'].map((name) => this.#read<{ owner: string }[]>(name, (store) => store.index('owner').getAll(range))),
    );
    return [...new Set(all.flat().map(({ owner }) => owner))];
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

  dropDraft(owner: string, key: string, tab: string): Promise<void> {
    return this.#write('drafts', (store) => store.delete([owner, key, tab]));
  }

  room(owner: string): Promise<KeptRoom | undefined> {
    return this.#read('rooms', (store) => store.get(owner));
  }

  async putRoom(kept: KeptRoom): Promise<void> {
    await this.#write('rooms', (store) => store.put(kept));
    const owners = await this.#read<string[]>('rooms', (store) => store.index('at').getAllKeys());
    for (const owner of owners.reverse().slice(ROOMS_KEPT)) await this.dropRoom(owner);
  }

  dropRoom(owner: string): Promise<void> {
    return this.#write('rooms', (store) => store.delete(owner));
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
      transaction.commit?.(); // at once: the page may be about to go, and then nobody is there to say so
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
  }
}

export class MemoryOutbox implements Outbox {
  shared: boolean;
  #commands = new Map<string, KeptCommand>();
  #drafts = new Map<string, KeptDraft>();
  #rooms = new Map<string, KeptRoom>();

  /** `shared`: for tests, in which one memory plays the device of several tabs. */
  constructor(shared = false) {
    this.shared = shared;
  }

  async commands(owner: string): Promise<KeptCommand[]> {
    return [...this.#commands.values()].filter((kept) => kept.owner === owner).sort((a, b) => a.order - b.order);
  }

  async drafts(owner: string): Promise<KeptDraft[]> {
    return [...this.#drafts.values()].filter((kept) => kept.owner === owner);
  }

  async owners(beginning: string): Promise<string[]> {
    const all = [...this.#commands.values(), ...this.#drafts.values()].map(({ owner }) => owner);
    return [...new Set(all.filter((owner) => owner.startsWith(beginning)))].sort();
  }

  async putCommand(kept: KeptCommand): Promise<void> {
    this.#commands.set(kept.id, kept);
  }

  async dropCommand(id: string): Promise<void> {
    this.#commands.delete(id);
  }

  async putDraft(kept: KeptDraft): Promise<void> {
    this.#drafts.set(`${kept.owner} ${kept.key} ${kept.tab}`, kept);
  }

  async dropDraft(owner: string, key: string, tab: string): Promise<void> {
    this.#drafts.delete(`${owner} ${key} ${tab}`);
  }

  async room(owner: string): Promise<KeptRoom | undefined> {
    return this.#rooms.get(owner);
  }

  async putRoom(kept: KeptRoom): Promise<void> {
    this.#rooms.set(kept.owner, kept);
    const oldest = [...this.#rooms.values()].sort((a, b) => b.at - a.at).slice(ROOMS_KEPT);
    for (const { owner } of oldest) this.#rooms.delete(owner);
  }

  async dropRoom(owner: string): Promise<void> {
    this.#rooms.delete(owner);
  }
}
