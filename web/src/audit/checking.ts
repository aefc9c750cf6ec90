/**
 * Checks an exported log against itself and, where somebody kept one, a checkpoint: all of it in this page. SHA-256 and
 * Ed25519 are those of @noble, since a page that came by plain http has no `crypto.subtle`, and of many small texts these
 * are quicker too.
 */
import { hashes, verify as isSigned } from '@noble/ed25519';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { verify } from './verifier.js';

hashes.sha512 = sha512;

const EVERY = 500;
const ED25519 = 1;

export interface Checkpoint {
  room: string;
  version: number;
  head: string;
}

/** What became of it: `broken` is the first version that is not what it was. */
export interface Finding {
  version: number;
  digest: string;
  broken: number | null;
  why: 'altered' | 'cut' | 'anew' | null;
  room: string | null;
}

export type NoteFault = 'noKey' | 'noNote' | 'notSigned' | 'otherKey';

export class NoteError extends Error {
  readonly fault: NoteFault;

  constructor(fault: NoteFault) {
    super(fault);
    this.fault = fault;
  }
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

function bytesOf(base64: string, fault: NoteFault): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch {
    throw new NoteError(fault);
  }
}

/** Reads a note that this key has signed; see docs/protocol.md, K3 and K4. */
export function opened(note: string, key: string): Checkpoint {
  const [, name = '', id = '', encoded = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(key.trim()) ?? [];
  const bytes = bytesOf(encoded, 'noKey');
  const named = new Uint8Array([...utf8(`${name}\n`), ...bytes]);
  if (bytes[0] !== ED25519 || bytes.length !== 33 || hex(sha256(named)).slice(0, 8) !== id) throw new NoteError('noKey');
  const whole = `${note.replaceAll('\r', '').trim()}\n`;
  const [text = '', signatures] = whole.split('\n\n');
  const [origin = '', version = '', head = ''] = text.split('\n');
  if (signatures === undefined || !/^[1-9]\d*$/.test(version)) throw new NoteError('noNote');
  const digest = bytesOf(head, 'noNote');
  for (const [, signer, signature = ''] of signatures.matchAll(/^— ([^\s+]+) (\S+)$/gm)) {
    const signed = bytesOf(signature, 'noNote');
    if (signer !== name || hex(signed.subarray(0, 4)) !== id) continue;
    if (!holds(signed.subarray(4), utf8(`${text}\n`), bytes.subarray(1))) throw new NoteError('notSigned');
    if (!origin.startsWith(`${name}/`) || digest.length !== 32) throw new NoteError('noNote');
    return { room: origin.slice(name.length + 1), version: Number(version), head: hex(digest) };
  }
  throw new NoteError('otherKey');
}

function holds(signature: Uint8Array, text: Uint8Array, key: Uint8Array): boolean {
  try {
    return isSigned(signature, text, key);
  } catch {
    return false;
  }
}

/** Checks a log, in steps between which the page lives on; `told` hears how far it is. */
export async function checked(log: Uint8Array, checkpoint: Checkpoint | null, told: (version: number) => void): Promise<Finding> {
  let otherwise = 0;
  const verdict = await verify(log, sha256, async (version, digest) => {
    if (checkpoint?.version === version && checkpoint.head !== digest) otherwise = version;
    if (version % EVERY !== 0) return;
    told(version);
    await new Promise((go) => setTimeout(go));
  });
  const found = { ...verdict, room: roomOf(log) };
  if (otherwise) return { ...found, broken: otherwise, why: 'anew' };
  const whole = verdict.broken === null || verdict.broken <= verdict.version;
  if (whole && checkpoint && checkpoint.version > verdict.version) return { ...found, broken: verdict.version + 1, why: 'cut' };
  return { ...found, why: verdict.broken === null ? null : 'altered' };
}

function roomOf(log: Uint8Array): string | null {
  try {
    const end = log.indexOf(10);
    const first = JSON.parse(new TextDecoder().decode(log.subarray(0, end < 0 ? log.length : end))) as { data: { room: string } };
    return first.data.room;
  } catch {
    return null;
  }
}
