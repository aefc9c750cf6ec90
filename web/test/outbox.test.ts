import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { type KeptCommand, MemoryOutbox, openOutbox, type Outbox } from '../src/state/outbox';

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

test('what lies on the device is there when it is opened again', async () => {
  await (await openOutbox()).putCommand(kept('late', 9, 'reload'));
  expect((await (await openOutbox()).commands('reload')).map(({ id }) => id)).toEqual(['late']);
});
