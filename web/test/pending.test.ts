import { beforeEach, describe, expect, test } from 'vitest';
import { type Pending, PendingQueue } from '../src/state/pending';
import type { Command, KernEvent, Receipt } from '../src/wire/messages';

const command = (id: string): Command => ({ type: 'do', id, action: 'lock_canvas' });
const event = (id: string) => ({ command: id }) as KernEvent;
const receipt = (id: string, outcome: Receipt['outcome']): Receipt => ({ type: 'receipt', id, outcome });
const ids = (commands: readonly Command[]) => commands.map(({ id }) => id);

const item = (id: string, order: number, more: Partial<Pending> = {}) => ({ command: command(id), order, tab: 't', kept: true, adopted: false, ...more });
const named = (items: readonly Pending[]) => items.map((one) => one.command.id);

let queue: PendingQueue;

beforeEach(() => {
  queue = new PendingQueue();
  for (const [order, id] of ['a', 'b', 'c'].entries()) queue.add(item(id, order));
});

describe('pending changes', () => {
  test('go out once, in order', () => {
    expect(ids(queue.take())).toEqual(['a', 'b', 'c']);
    expect(queue.take()).toEqual([]);
  });

  test('wait until they are kept on the device, and none overtakes one that is not', () => {
    queue = new PendingQueue();
    queue.add(item('a', 1, { kept: false }));
    queue.add(item('b', 2));
    expect(queue.take()).toEqual([]);
    queue.keep('a');
    expect(ids(queue.take())).toEqual(['a', 'b']);
  });

  test('end with their event, whoever’s event comes along with it', () => {
    queue.take();
    expect(named(queue.settle([event('x'), event('b'), event('b')]))).toEqual(['b']);
    expect(named(queue.items)).toEqual(['a', 'c']);
  });

  test.each(['duplicate', 'unchanged', 'rejected'] as const)('end with a receipt: %s', (outcome) => {
    queue.take();
    expect(queue.receipt(receipt('a', outcome))?.command.id).toBe('a');
    expect(queue.receipt(receipt('a', outcome))).toBeNull();
  });

  test('all go out again on a new connection, with the same ids', () => {
    queue.take();
    queue.settle([event('a')]);
    queue.sendAgain();
    expect(ids(queue.take())).toEqual(['b', 'c']);
  });

  test('one that is put off goes out again before all later ones', () => {
    queue.take();
    queue.putOff('b');
    queue.add(item('d', 9));
    expect(ids(queue.take())).toEqual(['b', 'c', 'd']);
  });

  test('a rejection that may come from an earlier one’s being put off is not believed', () => {
    queue.take();
    queue.putOff('a');
    expect(queue.receipt(receipt('b', 'rejected'))).toBeNull();
    expect(queue.get('b')).toBeDefined();
    queue.take();
    expect(queue.receipt(receipt('b', 'rejected'))?.command.id).toBe('b');
  });

  test('no more than sixteen are on their way at a time', () => {
    for (let n = 0; n < 40; n += 1) queue.add(item(`n${n}`, n + 3));
    expect(queue.take()).toHaveLength(16);
    queue.settle([event('a'), event('b')]);
    expect(queue.take()).toHaveLength(2);
  });

  test('no more go out than the pace allows', () => {
    expect(ids(queue.take(2))).toEqual(['a', 'b']);
    expect(ids(queue.take(2))).toEqual(['c']);
  });

  test('of several tabs stand in the order in which they were made, each once', () => {
    queue.add(item('early', 0.5, { tab: 'other' }));
    queue.add(item('b', 7, { tab: 'other' }));
    expect(named(queue.items)).toEqual(['a', 'early', 'b', 'c']);
    expect(queue.get('b')?.tab).toBe('other');
  });
});
