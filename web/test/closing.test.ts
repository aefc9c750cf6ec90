import { describe, expect, it } from 'vitest';
import { nameFor, seemsToNeed, toDo } from '../src/state/closing';
import { onTopOf } from '../src/state/onTop';
import { standingAt } from '../src/state/steps';
import { canvasWith } from './canvas';

const NONE: ReadonlySet<string> = new Set();
const lines = (canvas: ReturnType<typeof canvasWith>, listed = NONE, refused: Parameters<typeof toDo>[2] = null) =>
  toDo(canvas, listed, refused).map(({ activity, needs }) => [activity.id, ...needs]);

describe('what stands between an iteration and its end', () => {
  it('names what each activity seems to need', () => {
    const canvas = canvasWith(
      { id: 'loose', category: null, judgement: 'not_now' },
      { id: 'open' },
      { id: 'bare', judgement: 'must_do' },
      { id: 'done', judgement: 'must_do', links: ['n'] },
      { id: 'parked', judgement: 'not_now' },
    );
    expect(lines(canvas)).toEqual([
      ['open', 'judgement'],
      ['bare', 'value_proposition'],
      ['loose', 'category'],
    ]);
  });

  it('keeps what was listed, once it is mended, as done; what left the board is gone', () => {
    const canvas = canvasWith({ id: 'a', judgement: 'not_now' }, { id: 'b' });
    expect(lines(canvas, new Set(['a', 'gone']))).toEqual([['a'], ['b', 'judgement']]);
  });

  it('believes the server where it named more, until that activity is changed', () => {
    const canvas = canvasWith({ id: 'a', judgement: 'not_now' });
    const refused = { blockers: [{ activity: 'a', needs: ['value_proposition' as const] }], activities: canvas.activities };
    expect(lines(canvas, NONE, refused)).toEqual([['a', 'value_proposition']]);
    expect(lines(canvasWith({ id: 'a', judgement: 'not_now', links: ['n'] }), NONE, refused)).toEqual([]);
  });

  it('needs nothing of what is sorted, judged and linked', () => {
    expect(seemsToNeed(canvasWith({ judgement: 'must_do', links: ['n'] }).activities.a as never)).toEqual([]);
  });
});

it('a name for the next iteration counts on, and is never one that is taken', () => {
  expect(nameFor([], 'Iteration')).toBe('Iteration 1');
  expect(nameFor([{ name: 'Kick-off' }], 'Iteratie')).toBe('Iteratie 2');
  expect(nameFor([{ name: 'Iteration 2' }], 'Iteration')).toBe('Iteration 3');
});

describe('steps that two change at once', () => {
  const nameOf = ({ name }: { name: string }) => name;

  const before = [{ id: '1', name: 'Idea' }, { id: '2', name: 'Choice' }];

  it('both changes hold: a new name here, a new step there', () => {
    const mine = [{ id: '2', name: 'Selection' }, { id: '1', name: 'Idea' }];
    const now = [{ id: '1', name: 'Ideas' }, { id: '2', name: 'Choice' }, { id: '3', name: 'Spread' }];
    expect(onTopOf(before, mine, now, nameOf)).toEqual([{ id: '2', name: 'Selection' }, { id: '1', name: 'Ideas' }, { id: '3', name: 'Spread' }]);
  });

  it('what either dropped is gone, what one added stays', () => {
    const mine = [{ id: '2', name: 'Choice' }, { id: '9', name: 'New' }];
    expect(onTopOf(before, mine, [{ id: '1', name: 'Idea' }], nameOf)).toEqual([{ id: '9', name: 'New' }]);
  });

  it('finds the activities of a step', () => {
    expect(standingAt(canvasWith({ id: 'a', step: '1' }, { id: 'b' }), '1').map(({ id }) => id)).toEqual(['a']);
  });
});
