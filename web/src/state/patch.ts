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
 * The document after `changes`, in order. What did not change is shared with the document that
 * came in, which stays as it was: so views compare by identity, and going back costs nothing.
 */
export function applyChanges<T>(document: T, changes: readonly Change[]): T {
  const owned = new Set<unknown>(); // copies made in this call, free to be written
  let root: unknown = document;
  for (const change of changes) root = applyOne(root, change, owned);
  return root as T;
}

function applyOne(root: unknown, change: Change, owned: Set<unknown>): unknown {
  const keys = parsePointer(change.path);
  const last = keys.pop();
  if (last === undefined) {
    if (change.op === 'remove') throw new Misfit('the whole document can not be removed');
    return change.value;
  }
  const top = own(root, owned, change.path);
  let at = top;
  for (const key of keys) {
    const child = own(read(at, key, change.path), owned, change.path);
    write(at, key, child);
    at = child;
  }
  if (Array.isArray(at)) changeList(at, last, change);
  else changeObject(at, last, change);
  return top;
}

function changeList(list: unknown[], key: string, change: Change): void {
  const index = key === '-' ? list.length : position(key, change.path);
  const beyond = change.op === 'add' ? list.length + 1 : list.length;
  if (index >= beyond) throw new Misfit(`${change.path} is beyond the end`);
  if (change.op === 'add') list.splice(index, 0, change.value);
  else if (change.op === 'replace') list[index] = change.value;
  else list.splice(index, 1);
}

function changeObject(object: Record<string, unknown>, key: string, change: Change): void {
  if (change.op !== 'add' && !Object.hasOwn(object, key)) throw new Misfit(`${change.path} is not there`);
  if (change.op === 'remove') delete object[key];
  else object[key] = change.value;
}

function own(value: unknown, owned: Set<unknown>, path: string): Container {
  if (typeof value !== 'object' || value === null) throw new Misfit(`${path} leads through a plain value`);
  if (owned.has(value)) return value as Container;
  const copy: Container = Array.isArray(value) ? [...value] : { ...value };
  owned.add(copy);
  return copy;
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
  return path
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
