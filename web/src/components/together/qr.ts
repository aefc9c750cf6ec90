/** A QR code as one path on a grid of modules, dark on light. The library comes when a code is first shown. */
export interface QrPicture {
  /** Modules a side, the quiet zone included. */
  size: number;
  path: string;
}

/** Readers need four light modules around the code. */
const QUIET = 4;

export async function qrPicture(text: string): Promise<QrPicture> {
  const { generate } = await import('lean-qr');
  const code = generate(text);
  const runs: string[] = [];
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      if (!code.get(x, y)) continue;
      const from = x;
      while (code.get(x + 1, y)) x += 1;
      runs.push(`M${from + QUIET} ${y + QUIET}h${x + 1 - from}v1H${from + QUIET}z`);
    }
  }
  return { size: code.size + 2 * QUIET, path: runs.join('') };
}
