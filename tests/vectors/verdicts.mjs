// Says for each log on the standard input (a JSON array of logs in base64) what the verifier for browsers finds.
// node tests/vectors/verdicts.mjs VERIFIER
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const { verify } = await import(pathToFileURL(process.argv[2]).href);
const sha256 = (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest());
const verdicts = [];
for (const log of JSON.parse(readFileSync(0, 'utf8'))) {
  verdicts.push(await verify(new Uint8Array(Buffer.from(log, 'base64')), sha256));
}
console.log(JSON.stringify(verdicts));
