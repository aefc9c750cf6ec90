/** RFC 6902, as far as the server uses it: `add`, `replace` and `remove`. */
export type Change =
  | { op: 'add' | 'replace'; path: string; value: unknown }
  | { op: 'remove'; path: string };

type Container = Record<string, unknown> | unknown[];

/** A change that does not fit the document: what is held here is not what the server holds. */
export class Misfit extends Error {
  override name = 'Misfit';
}

/**
 * Patches laid on a document, one after another. What did not change is shared with the document that
 * came in, which stays as it was: so views compare by identity, and going back costs nothing.
 */
export class Patching<T> {
  #root: unknown;
  #owned = new Set<unknown>(); // copies made here and not shown to anybody yet, free to be written
  #undo: (() => void)[] = [];

  constructor(document: T) {
    this.#root = document;
  }

  /** The document as it is now, to be looked at before the next patch and not to be kept. */
  get passing(): T {
    return this.#root as T;
  }

  /** The document as it is now; nothing in it is written any more. */
  get document(): T {
    this.#owned.clear();
    return this.#root as T;
  }

  /** Lays all of the changes, in order; where one does not fit, none of them, and it is a Misfit. */
  lay(changes: readonly Change[]): void {
    this.#undo = [];
    try {
      for (const change of changes) this.#layOne(change);
    } catch (error) {
      for (const undo of this.#undo.reverse()) undo();
      throw error;
    }
  }

  #layOne(change: Change): void {
    const keys = parsePointer(change.path);
    const last = keys.pop();
    if (last === undefined) {
      this.#replaceAll(change);
      return;
    }
    let at = this.#own(this.#root, change.path);
    this.#root = at;
    for (const key of keys) {
      const child = this.#own(read(at, key, change.path), change.path);
      write(at, key, child);
      at = child;
    }
    this.#undo.push(Array.isArray(at) ? changeList(at, last, change) : changeObject(at, last, change));
  }

  #replaceAll(change: Change): void {
    if (change.op === 'remove') throw new Misfit('the whole document can not be removed');
    const before = this.#root;
    this.#undo.push(() => {
      this.#root = before;
    });
    this.#root = change.value;
  }

  #own(value: unknown, path: string): Container {
    if (typeof value !== 'object' || value === null) throw new Misfit(`${path} leads through a plain value`);
    if (this.#owned.has(value)) return value as Container;
    const copy: Container = Array.isArray(value) ? [...value] : { ...value };
    this.#owned.add(copy);
    return copy;
  }
}

/** The document after `changes`, in order. */
export function applyChanges<T>(document: T, changes: readonly Change[]): T {
  const patching = new Patching(document);
  patching.lay(changes);
  return patching.document;
}

/** Changes a list; answers how to take that back. */
function changeList(list: unknown[], key: string, change: Change): () => void {
  const index = key === '-' ? list.length : position(key, change.path);
  const beyond = change.op === 'add' ? list.length + 1 : list.length;
  if (index >= beyond) throw new Misfit(`${change.path} is beyond the end`);
  const before = list[index];
  if (change.op === 'add') list.splice(index, 0, change.value);
  else if (change.op === 'replace') list[index] = change.value;
  else list.splice(index, 1);
  if (change.op === 'add') return () => list.splice(index, 1);
  if (change.op === 'remove') return () => list.splice(index, 0, before);
  return () => {
    list[index] = before;
  };
}

/** Changes an object; answers how to take that back. */
function changeObject(object: Record<string, unknown>, key: string, change: Change): () => void {
  const was = Object.hasOwn(object, key);
  if (change.op !== 'add' && !was) throw new Misfit(`${change.path} is not there`);
  const before = object[key];
  if (change.op === 'remove') delete object[key];
  else object[key] = change.value;
  return () => {
    if (was) object[key] = before;
    else delete object[key];
  };
}

function read(at: Container, key: string, path: string): unknown {
  if (Array.isArray(at)) return at[position(key, path)];
  if (!Object.hasOwn(at, key)) throw new Misfit(`${path} is not there`);
  return at[key];
}

function write(at: Container, key: string, value: unknown): void {
  if (Array.isArray(at)) at[Number(key)] = value;
  else at[key] = value;
}

function position(key: string, path: string): number {
  if (!/^(0|[1-9]\d*)$/.test(key)) throw new Misfit(`${path} has no position ${key}`);
  return Number(key);
}

function parsePointer(path: string): string[] {
  if (path === '') return [];
  const parts = path.slice(1).split('/');
  return path.includes('~') ? parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')) : parts;
}
