import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { type KeptCommand, MemoryOutbox, type Outbox, openOutbox, ROOMS_KEPT } from '../src/state/outbox';
import { emptyCanvas } from './canvas';

const kept = (id: string, order: number, owner = 'me'): KeptCommand => ({
  id,
  owner,
  order,
  tab: 't',
  command: { type: 'do', id, action: 'undo' },
  refusal: null,
});
const draft = { draft: 'x', baseText: '', baseVersion: 1, underWay: null };

const kinds: [string, () => Promise<Outbox>][] = [
  ['on the device', openOutbox],
  ['in memory', async () => new MemoryOutbox()],
];

test.each(kinds)('%s: commands come back in the order they were made, to their owner only', async (_name, open) => {
  const outbox = await open();
  for (const one of [kept('b', 2), kept('a', 1), kept('x', 1, 'you')]) await outbox.putCommand(one);
  expect((await outbox.commands('me')).map(({ id }) => id)).toEqual(['a', 'b']);
  await outbox.dropCommand('a');
  expect(await outbox.commands('me')).toEqual([kept('b', 2)]);
});

test.each(kinds)('%s: a text has one draft, the latest', async (_name, open) => {
  const outbox = await open();
  const one = { owner: 'me', key: 'note/n/text', tab: 't', draft };
  await outbox.putDraft(one);
  await outbox.putDraft({ ...one, draft: { ...draft, draft: 'xy' } });
  expect((await outbox.drafts('me')).map((each) => each.draft.draft)).toEqual(['xy']);
  await outbox.dropDraft('me', 'note/n/text', 't');
  expect(await outbox.drafts('me')).toEqual([]);
});

test.each(kinds)('%s: of the rooms seen, the latest are kept', async (_name, open) => {
  const outbox = await open();
  const you = { participant: 'p', name: 'Ben', role: 'participant' as const };
  const held = { canvas: emptyCanvas(), version: 1, epoch: 'e', digest: undefined, shape: undefined };
  const limits = { frame_bytes: 1, title: 1, details: 1, note: 1, comment: 1, commands_per_second: 1 };
  const room = (n: number) => ({ owner: `r${n} p`, at: 10 - n, code: 'c', held, you, people: [you], limits });
  for (let n = 0; n <= ROOMS_KEPT; n += 1) await outbox.putRoom(room(n));
  const there = await Promise.all(Array.from({ length: ROOMS_KEPT + 1 }, (_, n) => outbox.room(`r${n} p`)));
  expect(there.map((one) => one !== undefined)).toEqual([...Array(ROOMS_KEPT).fill(true), false]);
  expect(there[0]?.held).toEqual(held);
  await outbox.dropRoom('r0 p');
  expect(await outbox.room('r0 p')).toBeUndefined();
});

test.each(kinds)('%s: whoever left something is found by the room', async (_name, open) => {
  const outbox = await open();
  await outbox.putCommand(kept('m', 1, 'room1 ben'));
  await outbox.putDraft({ owner: 'room1 cleo', key: 'note/n/text', tab: 't', draft });
  await outbox.putCommand(kept('o', 1, 'room2 ben'));
  expect((await outbox.owners('room1 ')).sort()).toEqual(['room1 ben', 'room1 cleo']);
});

test('what lies on the device is there when it is opened again', async () => {
  await (await openOutbox()).putCommand(kept('late', 9, 'reload'));
  expect((await (await openOutbox()).commands('reload')).map(({ id }) => id)).toEqual(['late']);
});
