/** A recorded afternoon played over bad lines, in one tab or two, with reloads: it ends where the server ended. */
import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { MemoryOutbox } from '../src/state/outbox';
import type { Receipt } from '../src/wire/messages';
import { TestClock } from './clock';
import { chance, Playback, type Recorded } from './playback';
import { Air, pass, roomOf, type Tab } from './room';

/** Ids by chance that the seed repeats; a recorded command keeps its own. */
const { give } = vi.hoisted(() => ({ give: { next: null as string | null, random: Math.random } }));
vi.mock('../src/wire/ids', () => ({
  newId: () => {
    const id = give.next ?? give.random().toString(36).slice(2);
    give.next = null;
    return id;
  },
}));

const file = process.env.KERN_RECORDED_LOG ?? new URL('recorded_log.json', import.meta.url);
const recorded = JSON.parse(readFileSync(file, 'utf8')) as Recorded;
const SEEDS = Array.from({ length: Number(process.env.KERN_SEEDS ?? 60) }, (_, n) => Number(process.env.KERN_SEED ?? 1) + n);

/** Somebody with one tab or two, who does what was recorded as their own, in its order. */
class Player {
  clock = new TestClock();
  random: () => number;
  server: Playback;
  outbox = new MemoryOutbox(true);
  answers = new Map<string, (Receipt | null)[]>();
  /** Whoever waited for an answer on a page that is gone. */
  unheard = new Set<string>();
  tabs: Tab[];
  #air = new Air(this.clock);
  #left = [...recorded.own];

  constructor(seed: number) {
    this.random = chance(seed);
    give.random = chance(~seed);
    this.server = new Playback(recorded, this.clock, this.random);
    this.tabs = Array.from({ length: 1 + Math.floor(this.random() * 2) }, () => this.#open());
  }

  get done(): boolean {
    return this.#left.length === 0 && this.server.over && this.tabs.every((tab) => tab.waiting.length === 0);
  }

  /** One step of the afternoon. */
  step(calm: boolean): void {
    if (this.random() < 0.3) this.server.goOn();
    if (this.random() < 0.3) this.#act();
    if (calm) return;
    if (this.random() < 0.02) this.#someLine()?.end([null, 1006, 1013, 4503, 4429][Math.floor(this.random() * 5)] ?? null);
    if (this.random() < 0.005) this.server.resync();
    if (this.random() < 0.006) this.#reload();
    if (this.random() < 0.01) this.#someTab().nudge();
  }

  #act(): void {
    const [next] = this.#left;
    const tab = this.#someTab();
    if (!next || tab.canvas === null || tab.version < Number(next.command.base ?? 0)) return; // nobody rewords what they have not seen
    this.#left.shift();
    const { type: _type, id, action, ...fields } = next.command;
    give.next = id;
    void tab.ask(action, fields).then((answer) => this.answers.set(id, [...(this.answers.get(id) ?? []), answer]));
  }

  #reload(): void {
    const at = Math.floor(this.random() * this.tabs.length);
    const old = this.tabs[at] as Tab;
    for (const { id } of old.waiting) this.unheard.add(id);
    if (this.random() < 0.5) old.tabs.leave();
    old.freeze();
    for (const line of this.server.lines) if (this.random() < 0.5) line.end(null); // whosever they are
    this.tabs[at] = this.#open(old);
  }

  #open(former?: Tab): Tab {
    const tab = roomOf(this.server, this.clock, { participant: recorded.me, outbox: this.outbox, air: this.#air, former, frameMs: 100, random: this.random });
    void tab.start();
    return tab;
  }

  #someTab(): Tab {
    return this.tabs[Math.floor(this.random() * this.tabs.length)] as Tab;
  }

  #someLine() {
    return this.server.lines[Math.floor(this.random() * this.server.lines.length)];
  }
}

test.each(SEEDS)('seed %i', async (seed) => {
  const player = new Player(seed);
  for (let n = 0; n < 4000 && !player.done; n += 1) {
    player.step(n > 2500);
    await pass(player.clock, 20, 10);
  }
  await pass(player.clock, 90_000, 100); // a line that died without a word is found out
  for (const tab of player.tabs) {
    expect(tab.waiting).toEqual([]);
    expect(tab.status.phase).toBe('live');
    expect(tab.canvas).toEqual(recorded.canvas);
  }
  expect(await player.outbox.drafts(`r ${recorded.me}`)).toEqual([]);
  const kept = await player.outbox.commands(`r ${recorded.me}`);
  expect(kept.filter(({ refusal }) => refusal === null)).toEqual([]);
  for (const { command, answer } of recorded.own) {
    expect(player.server.heard.has(command.id) || player.server.overtaken.has(command.id), `${command.id} went out`).toBe(true);
    const answers = player.answers.get(command.id) ?? [];
    if (answers.length === 0 && player.unheard.has(command.id)) continue;
    expect(answers.map((one) => one?.code), `${command.action} was answered once`).toEqual([answer.code]);
  }
});
