export interface Verdict {
  version: number;
  digest: string;
  broken: number | null;
}

export function verify(
  log: Uint8Array,
  sha256: (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>,
  told?: (version: number, digest: string) => void | Promise<void>,
): Promise<Verdict>;
