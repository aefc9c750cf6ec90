// Checks a log that was exported from a Kern room: nothing but this and a SHA-256 is needed. docs/audit.md says why it is so.
const utf8 = (text) => new TextEncoder().encode(text);
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const unhex = (digits) => Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const must = (holds) => { if (!holds) throw new Error('broken'); };

/** Writes JSON in the one way that is hashed: no blanks, members in order, whole numbers, whole characters. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'number') must(Number.isSafeInteger(value));
  if (typeof value === 'string') encodeURIComponent(value); // throws where half of a character stands alone
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  must(Object.keys(value).every((name) => /^[\0-\x7f]*$/.test(name)));
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

/** Gives each object anywhere in what a redaction says that names a text by its event and pointer. */
const named = (value) => value === null || typeof value !== 'object' ? []
  : [...(Number.isInteger(value.version) ? [`${value.version} ${value.pointer}`] : []), ...Object.values(value).flatMap(named)];

/**
 * Says how far a log holds: `version` and `digest` are of the last event before anything is wrong, and `broken` is the
 * first version that is not what it was, or null. `told` is called with each event's version and digest.
 */
export async function verify(log, sha256, told = () => {}) {
  let version = 0, digest = '0'.repeat(64);
  const redacted = new Set();
  const hash = async (bytes) => hex(await sha256(bytes));
  const hmac = async (key, text) => {
    const pad = (byte, rest) => Uint8Array.from([...Array.from({ length: 64 }, (_, at) => (key[at] ?? 0) ^ byte), ...rest]);
    return hash(pad(0x5c, unhex(await hash(pad(0x36, utf8(text))))));
  };
  try {
    for (let start = 0, end = 0; start < log.length; start = end + 1) {
      end = log.indexOf(10, start);
      must(end >= 0);
      const line = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(log.subarray(start, end));
      const whole = JSON.parse(line), { salt, salts = null, digest: claimed, ...event } = whole;
      must(canonical(whole) === line && event.version === version + 1 && event.format === 1);
      const members = `at,by,command,data,digest,epoch,format,salt,${salts ? 'salts,' : ''}schema,type,version,words`;
      must(Object.keys(whole).sort().join() === members);
      must(event.words.length ? (salt === null) !== (salts === null) : salt === null && salts === null);
      must(salt === null || (typeof salt === 'string' && /^[0-9a-f]{32}$/.test(salt)));
      must(salts === null || (typeof salts === 'object' && !Array.isArray(salts)));
      const own = new Map(Object.entries(salts ?? {}));
      must([...own.values()].every((one) => typeof one === 'string' && /^[0-9a-f]{64}$/.test(one)));
      for (const pointer of event.words) {
        const path = pointer.split('/').slice(1), last = path.pop();
        const place = path.reduce((part, name) => part[name], event.data), word = place[last];
        if (typeof word === 'string') {
          const key = salt === null ? own.get(pointer) : await hmac(unhex(salt), pointer);
          must(key !== undefined);
          own.delete(pointer);
          place[last] = await hash(utf8(`kern/word/1\n${key}\n${word}`));
        } else {
          must(salt === null && Object.keys(word).join() === 'redacted');
          place[last] = word.redacted;
          redacted.add(`${event.version} ${pointer}`);
        }
      }
      must(own.size === 0 && await hash(utf8(`kern/event/1\n${digest}\n${canonical(event)}`)) === claimed);
      if (event.type === 'TextRedacted') for (const one of named(event.data)) redacted.delete(one);
      [version, digest] = [event.version, claimed];
      await told(version, digest);
    }
    const [lost] = redacted; // a text that is gone, though no redaction names it
    return { version, digest, broken: lost ? Number.parseInt(lost, 10) : version ? null : 1 };
  } catch {
    return { version, digest, broken: version + 1 };
  }
}
