// Writes vectors.json beside itself: node tests/vectors/generate.mjs
//
// A second opinion on canonical JSON, commitments and digests. Nothing here was taken from the Python: strings are
// escaped by V8, sorted by V8 (UTF-16 code units, as RFC 8785 wants) and hashed by OpenSSL.
import { createHash, createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";

const sha = (text) => createHash("sha256").update(text, "utf8").digest("hex");
const ownSalt = (salt, pointer) => createHmac("sha256", Buffer.from(salt, "hex")).update(pointer, "utf8").digest("hex");
const commit = (own, text) => sha(`kern/word/1\n${own}\n${text}`);
const chained = (previous, body) => sha(`kern/event/1\n${previous}\n${body}`);

function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
  return `{${members.join(",")}}`;
}

const everyControl = Array.from({ length: 32 }, (_, i) => `\\u00${i.toString(16).padStart(2, "0").toUpperCase()}`).join("");
const deep = (n) => '{"a":['.repeat(n) + "1" + "]}".repeat(n);

const accepted = {
  "an empty object": "{}",
  "an empty list": " [ ] ",
  "an empty text": '""',
  "the three literals": "[true, false, null]",
  "nought": "0",
  "a negative integer": "-42",
  "2^53 - 1": "9007199254740991",
  "2^53 - 2": "9007199254740990",
  "-(2^53 - 1)": "-9007199254740991",
  "2^31 and 2^32 beside their neighbours": "[2147483647,2147483648,4294967295,4294967296]",
  "blanks between tokens": '\t{\r\n "a" :\n[ 1 , 2 ] }\n',
  "blanks within a text": '{"a":"  two  "}',
  "members out of order": '{"b":1,"a":2,"c":3}',
  "capitals before small letters": '{"a":1,"Z":2,"_":3,"A":4}',
  "digits as texts, not as numbers": '{"10":1,"9":2,"1":3,"":4}',
  "a prefix before what it begins": '{"ab":1,"a":2,"abc":3,"a b":4}',
  "members in order at every depth": '{"b":{"d":1,"c":[{"f":1,"e":2}]},"a":{}}',
  "a list keeps its order": '[3,1,2,"b","a"]',
  "a member written with an escape": '{"\\u0062":1,"a":2}',
  "__proto__ is a member like any other": '{"z":1,"__proto__":{"a":1},"constructor":2}',
  "an astral letter": '"a 😀 b"',
  "an astral letter, escaped": '"\\ud83d\\ude00"',
  "an astral letter, escaped in capitals": '"\\uD83E\\uDDF1"',
  "the last code point": '"\\udbff\\udfff"',
  "astral letters beside the end of the plane": '"\\uffff\\ud800\\udc00"',
  "an escape that needs none": '"\\u00e9\\u0041\\/"',
  "a composed and a combining letter stay apart": '"\\u00e9 e\\u0301"',
  "the short escapes": '"\\b\\t\\n\\f\\r\\"\\\\"',
  "every control character": `"${everyControl}"`,
  "delete and the C1 controls are letters": '"\\u007f\\u0080\\u009f"',
  "line separators": '"\\u2028\\u2029"',
  "a byte order mark within": '"\\ufeffa"',
  "non-characters": '"\\ufffe\\uffff\\ufdd0"',
  "the private use area": '"\\ue000\\uf8ff"',
  "what HTML would escape": '"<a href=\\u0027x\\u0027>&</a>"',
  "right to left": '"\\u05d0\\u202e\\u0627"',
  "a family, joined": '"👩‍👩‍👧‍👦"',
  "twenty levels": deep(20),
  "a long text": `"${"ab😀".repeat(1000)}"`,
};

const refused = {
  fraction: { "a half": "1.5", "a whole with a point": "1.0", "a power": "1e2", "a small power": "1E-2", "minus nought point nought": "-0.0",
    "within an event": '{"a":[0,{"b":0.1}]}', "beyond all floats": "1e400" },
  range: { "2^53": "9007199254740992", "2^53 + 1": "9007199254740993", "-(2^53)": "-9007199254740992", "2^63": "9223372036854775808",
    "2^64": "18446744073709551616", "thirty digits": "1".repeat(30), "within an event": '{"a":[9007199254740992]}' },
  surrogate: { "a high one alone": '"\\ud83d"', "a low one alone": '"\\ude00"', "in the wrong order": '"\\ude00\\ud83d"',
    "two high ones": '"\\ud83d\\ud83d\\ude00"', "at the end of a text": '"abc\\udbff"', "in a member's name": '{"\\ud800":1}',
    "before an escape": '"\\ud800\\n"', "deep within": '{"a":[{"b":"x\\udfffy"}]}' },
  duplicate: { "side by side": '{"a":1,"a":1}', "with another value": '{"a":1,"b":2,"a":3}', "one of them escaped": '{"a":1,"\\u0061":2}',
    "deep within": '[{"a":{"b":1,"b":2}}]', "an empty name": '{"":1,"":2}', "__proto__": '{"__proto__":1,"__proto__":2}' },
  malformed: { "nothing": "", "a blank": " ", "two values": "1 2", "a comma too many": "[1,]", "in an object": '{"a":1,}', "a name without quotes": "{a:1}",
    "single quotes": "{'a':1}", "a comment": "[1/*2*/]", "not a number": "NaN", "infinity": "Infinity", "minus infinity": "-Infinity",
    "a leading nought": "01", "a plus": "+1", "a bare point": "1.", "cut off": '{"a":', "a text cut off": '"abc', "an unknown escape": '"\\x41"',
    "a short escape cut": '"\\u12"', "a raw line feed": '"a\nb"', "a raw NUL": '"a\u0000b"', "a word": "undefined", "in capitals": "TRUE" },
};
const broken = { "a stray byte": "22ff22", "an overlong NUL": "22c08022", "a surrogate in bytes": "22eda08022", "beyond U+10FFFF": "22f490808022",
  "cut within a letter": "22f09f9822", "UTF-16": "7b007d00" };

const salt = "000102030405060708090a0b0c0d0e0f";
const words = [
  [salt, "/text", "Playing well"], [salt, "/title", "Playing well"], ["ff".repeat(16), "/text", "Playing well"], [salt, "/text", ""],
  [salt, "/steps/0/name", "Stap één"], [salt, "/steps/10/name", "Stap één"], [salt, "/a~1b/~0", "escaped pointer"], [salt, "/text", "line\nbreak\ttab"],
  [salt, "/text", "😀🧱 𝄞"], [salt, "/text", "\u0000\u001f\u007f"], [salt, "/text", "é"], [salt, "/text", "e\u0301"], [salt, "/text", "\"\\/"],
  ["00".repeat(16), "/goal", "kern/word/1\n"], [salt, "/reason", "x".repeat(4000)],
];

const event = (version, type, command, data, pointers, given = salt) => ({
  format: 1, version, epoch: "e1", type, schema: 1, at: `2025-01-02T03:04:05.${String(version).padStart(6, "0")}Z`,
  by: version === 1 ? null : "p1", command, data, words: pointers, salt: pointers.length ? given : null, changes: [{ op: "replace", path: "", value: version }] });
const id = (n) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const redacted = event(10, "ActivityReworded", id(7), { activity: id(1), field: "title", text: { redacted: commit(ownSalt(salt, "/text"), "secret") }, ours: "kept" }, ["/ours", "/text"]);
redacted.salt = null;
redacted.salts = { "/ours": ownSalt(salt, "/ours") };
const log = [
  event(1, "WorkshopOpened", null, { room: "r1", title: "LEGO", language: "nl" }, ["/title"]),
  event(2, "ParticipantJoined", null, { participant: "p1", role: "facilitator" }, []),
  event(3, "StepsDefined", id(3), { steps: [{ id: id(31), name: "Idee 💡" }, { id: id(32), name: "" }] }, ["/steps/0/name", "/steps/1/name"]),
  event(4, "NoteAdded", id(4), { note: id(41), block: "value_propositions", text: "\u2028\"Spelen\"\\\u0001", place: null }, ["/text"], "a1".repeat(16)),
  event(5, "ActivityReworded", id(5), { activity: id(1), field: "title", text: "both", base: 9007199254740991, merged: true, ours: "a", theirs: "b" }, ["/ours", "/text", "/theirs"]),
  event(6, "CanvasLocked", id(6), {}, []),
  event(7, "PhaseSet", id(8), { label: null, ends_at: "2025-01-02T03:04:05.000006Z" }, []),
  event(8, "QuestionsDefined", id(9), { questions: Array.from({ length: 11 }, (_, n) => ({ id: id(90 + n), text: `Vraag ${n}?` })) },
    Array.from({ length: 11 }, (_, n) => `/questions/${n}/text`).sort()),
  event(9, "WorkshopCopied", null, { room: "r0", version: 12, goal: "Méér", steps: [{ id: id(31), name: "Idee 💡" }], step: null,
    notes: [{ id: id(41), block: "channels", text: "" }], activities: [{ id: id(1), category: null, title: "Bouwen", links: [id(41)], retired: true, because: "Te duur" }],
    comments: [{ activity: id(1), id: id(2), text: "\u2028?" }] },
    ["/activities/0/because", "/activities/0/title", "/comments/0/text", "/goal", "/notes/0/text", "/steps/0/name"]),
  redacted,
];

const at = (data, pointer) => pointer.slice(1).split("/").reduce((value, part) => value[part.replaceAll("~1", "/").replaceAll("~0", "~")], data);
function hashed(whole) {
  const { changes, salt: key, salts, digest, ...rest } = structuredClone(whole);
  for (const pointer of rest.words) {
    const path = pointer.split("/"), last = path.pop(), parent = path.length > 1 ? at(rest.data, path.join("/")) : rest.data;
    const word = parent[last];
    parent[last] = typeof word === "object" ? word.redacted : commit(salts?.[pointer] ?? ownSalt(key, pointer), word);
  }
  return canonical(rest);
}

const refusals = [];
for (const [because, cases] of Object.entries(refused))
  for (const [name, json] of Object.entries(cases)) {
    let parses = true;
    try { JSON.parse(json); } catch { parses = false; }
    if (parses === (because === "malformed")) throw new Error(`${because}: ${name}`);
    refusals.push({ name: `${because}: ${name}`, bytes: Buffer.from(json, "utf8").toString("hex") });
  }
for (const [name, bytes] of Object.entries(broken)) refusals.push({ name: `bytes: ${name}`, bytes });

let previous = "0".repeat(64);
const chain = log.map((whole) => {
  const body = hashed(whole), digest = chained(previous, body), entry = { previous, event: { ...whole, digest }, body, digest };
  previous = digest;
  return entry;
});
const vectors = {
  accepted: Object.entries(accepted).map(([name, json]) => {
    const text = canonical(JSON.parse(json));
    return { name, json, canonical: text, sha256: sha(text) };
  }),
  refused: refusals,
  commitments: words.map(([given, pointer, text]) => ({ salt: given, pointer, text, own: ownSalt(given, pointer), commitment: commit(ownSalt(given, pointer), text) })),
  chain,
};
writeFileSync(new URL("vectors.json", import.meta.url), `${JSON.stringify(vectors, null, 1)}\n`);
const counts = Object.entries(vectors).map(([kind, list]) => `${list.length} ${kind}`);
console.log(counts.join(", "));
