import { beforeEach, describe, expect, test } from 'vitest';
import { PendingQueue } from '../src/state/pending';
import type { Command, KernEvent, Receipt } from '../src/wire/messages';

const command = (id: string): Command => ({ type: 'do', id, action: 'lock_canvas' });
const event = (id: string) => ({ command: id }) as KernEvent;
const receipt = (id: string, outcome: Receipt['outcome']): Receipt => ({ type: 'receipt', id, outcome });
const ids = (commands: readonly Command[]) => commands.map(({ id }) => id);

let queue: PendingQueue;

beforeEach(() => {
  queue = new PendingQueue();
  for (const id of ['a', 'b', 'c']) queue.add(command(id), true);
});

describe('pending changes', () => {
  test('go out once, in order', () => {
    expect(ids(queue.take(0))).toEqual(['a', 'b', 'c']);
    expect(queue.take(0)).toEqual([]);
  });

  test('wait until they are kept on the device, and none overtakes one that is not', () => {
    queue = new PendingQueue();
    queue.add(command('a'));
    queue.add(command('b'), true);
    expect(queue.take(0)).toEqual([]);
    queue.keep('a');
    expect(ids(queue.take(0))).toEqual(['a', 'b']);
  });

  test('end with their event, whoever’s event comes along with it', () => {
    queue.take(0);
    expect(ids(queue.settle([event('x'), event('b'), event('b')]))).toEqual(['b']);
    expect(ids(queue.items.map((item) => item.command))).toEqual(['a', 'c']);
  });

  test.each(['duplicate', 'unchanged', 'rejected'] as const)('end with a receipt: %s', (outcome) => {
    queue.take(0);
    expect(queue.receipt(receipt('a', outcome))?.id).toBe('a');
    expect(queue.receipt(receipt('a', outcome))).toBeNull();
  });

  test('all go out again on a new connection, with the same ids', () => {
    queue.take(0);
    queue.settle([event('a')]);
    queue.sendAgain();
    expect(ids(queue.take(0))).toEqual(['b', 'c']);
  });

  test('one that is put off holds back all later ones', () => {
    queue.take(0);
    queue.putOff('b', 300, 1000);
    queue.add(command('d'), true);
    expect(queue.take(1299)).toEqual([]);
    expect(ids(queue.take(1300))).toEqual(['b', 'c', 'd']);
  });

  test('a rejection that may come from an earlier one’s being put off is not believed', () => {
    queue.take(0);
    queue.putOff('a', 300, 0);
    expect(queue.receipt(receipt('b', 'rejected'))).toBeNull();
    expect(queue.get('b')).toBeDefined();
    queue.take(300);
    expect(queue.receipt(receipt('b', 'rejected'))?.id).toBe('b');
  });

  test('no more than sixteen are on their way at a time', () => {
    for (let n = 0; n < 40; n += 1) queue.add(command(`n${n}`), true);
    expect(queue.take(0)).toHaveLength(16);
    queue.settle([event('a'), event('b')]);
    expect(queue.take(0)).toHaveLength(2);
  });
});
