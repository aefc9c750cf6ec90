import type { Doorkey } from './doorkeys';
import { openOutbox } from './outbox';

/** Whose changes they are, as the outbox on this device names them. */
export function ownerOf({ room, participant }: Pick<Doorkey, 'room' | 'participant'>): string {
  return `${room} ${participant}`;
}

/** How many changes of a room lie on this device and nowhere else, those that came back refused included. */
export async function unsentOf({ room }: Doorkey): Promise<number> {
  return (await left(room)).reduce((sum, { commands, drafts }) => sum + commands.length + drafts.length, 0);
}

/** Drops them, and the room as it was last seen: their author was asked. */
export async function dropRoom(forgotten: Doorkey): Promise<void> {
  const outbox = await openOutbox();
  for (const { owner, commands, drafts } of await left(forgotten.room)) {
    for (const { id } of commands) await outbox.dropCommand(id);
    for (const { key, tab } of drafts) await outbox.dropDraft(owner, key, tab);
  }
  await outbox.dropRoom(ownerOf(forgotten));
}

/** By whoever one was in that room: after a removal one may have come in anew. */
async function left(room: string) {
  const outbox = await openOutbox();
  const owners = await outbox.owners(`${room} `);
  return Promise.all(owners.map(async (owner) => ({ owner, commands: await outbox.commands(owner), drafts: await outbox.drafts(owner) })));
}
