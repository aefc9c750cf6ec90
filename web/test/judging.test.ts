import { describe, expect, it } from 'vitest';
import { back, begin, countsOf, decide, followUps, here, inOrder, meanwhile, onward, type Pass, progress, toCome } from '../src/state/judging';
import type { Activity, Canvas } from '../src/wire/canvas';
import { canvasWith } from './canvas';

const three = () => canvasWith({ id: 'a' }, { id: 'b' }, { id: 'c' });

/** The same room, after somebody did something to these activities; undefined: taken away. */
function later(canvas: Canvas, changes: Record<string, Partial<Activity> | undefined>): Canvas {
  const activities = { ...canvas.activities };
  for (const [id, change] of Object.entries(changes)) {
    if (change === undefined) delete activities[id];
    else activities[id] = { ...(activities[id] as Activity), ...change };
  }
  return { ...canvas, activities };
}

const ids = (activities: Activity[]) => activities.map(({ id }) => id);
const titled = (pass: Pass, canvas: Canvas) => `${here(pass)} ${progress(pass, canvas).n}/${progress(pass, canvas).of}`;

describe('the order', () => {
  it('begins with the current step, then the product, then the other steps; the unsorted last in each', () => {
    const canvas = canvasWith(
      { id: 'late', step: 's2', category: 'platform_network' },
      { id: 'loose', step: 's2', category: null },
      { id: 'first', step: 's1' },
      { id: 'whole', category: null },
      { id: 'early', step: 's2' },
    );
    canvas.steps = [{ id: 's1', name: 'One' }, { id: 's2', name: 'Two' }];
    expect(ids(inOrder({ ...canvas, step: 's2' }))).toEqual(['early', 'late', 'loose', 'whole', 'first']);
    expect(ids(inOrder({ ...canvas, step: null }))).toEqual(['whole', 'first', 'early', 'late', 'loose']);
  });
});

describe('going through', () => {
  it('shows one after the other and then the end', () => {
    const canvas = three();
    let pass = begin(canvas, 'unjudged');
    const seen = [titled(pass, canvas)];
    for (let n = 0; n < 3; n++) {
      pass = onward(pass, canvas);
      seen.push(titled(pass, canvas));
    }
    expect(seen).toEqual(['a 1/3', 'b 2/3', 'c 3/3', 'null 3/3']);
  });

  it('is at its end at once where nothing is to be judged', () => {
    expect(here(begin(canvasWith({ judgement: 'must_do' }), 'unjudged'))).toBe(null);
  });

  it('goes back one, from the end too, and stays at the first', () => {
    const canvas = three();
    const second = onward(begin(canvas, 'unjudged'), canvas);
    const end = onward(onward(second, canvas), canvas);
    expect(here(back(end, canvas))).toBe('c');
    expect(here(back(back(second, canvas), canvas))).toBe('a');
  });

  it('comes back from a card judged anew to where it was', () => {
    const canvas = three();
    let pass = begin(canvas, 'unjudged');
    pass = onward(decide(pass, 'a', 'must_do'), canvas);
    const judged = later(canvas, { a: { judgement: 'must_do' } });
    pass = back(pass, judged);
    expect(titled(pass, judged)).toBe('a 1/3');
    expect(titled(onward(pass, judged), judged)).toBe('b 2/3');
  });

  it('leaves out, on the way forward again, what others have judged in the meantime', () => {
    const canvas = three();
    const pass = back(onward(begin(canvas, 'unjudged'), canvas), canvas);
    expect(here(onward(pass, later(canvas, { b: { judgement: 'not_now' } })))).toBe('c');
  });
});

describe('others at the same time', () => {
  it('what they judge leaves the queue, what they add comes into it', () => {
    const canvas = three();
    const pass = begin(canvas, 'unjudged');
    expect(ids(toCome(pass, later(canvas, { b: { judgement: 'must_do' } })))).toEqual(['c']);
    const more = canvasWith({ id: 'a' }, { id: 'b' }, { id: 'c' }, { id: 'd' });
    expect(titled(pass, more)).toBe('a 1/4');
  });

  it('the card that is shown stays, judged by somebody else or taken away', () => {
    const canvas = three();
    const pass = begin(canvas, 'unjudged');
    const judged = later(canvas, { a: { judgement: 'not_now' } });
    expect(titled(pass, judged)).toBe('a 1/3');
    expect(meanwhile(pass, judged.activities.a as Activity)).toBe(true);
    expect(titled(pass, later(canvas, { a: undefined }))).toBe('a 1/3');
  });

  it('one’s own judgement is no news, another’s after it is', () => {
    const canvas = three();
    const pass = decide(begin(canvas, 'unjudged'), 'a', 'must_do');
    expect(meanwhile(pass, later(canvas, { a: { judgement: 'must_do' } }).activities.a as Activity)).toBe(false);
    expect(meanwhile(pass, later(canvas, { a: { judgement: 'not_now' } }).activities.a as Activity)).toBe(true);
  });

  it('what was passed and taken away is not counted any more', () => {
    const canvas = three();
    const pass = onward(begin(canvas, 'unjudged'), canvas);
    expect(titled(pass, later(canvas, { a: undefined }))).toBe('b 1/2');
  });
});

describe('once more what was parked', () => {
  const parked = () => canvasWith({ id: 'a', judgement: 'not_now' }, { id: 'b', judgement: 'must_do' }, { id: 'c', judgement: 'not_now' });

  it('shows the parked ones, and one that stays parked does not come again', () => {
    const canvas = parked();
    let pass = begin(canvas, 'not_now');
    expect(titled(pass, canvas)).toBe('a 1/2');
    expect(meanwhile(pass, canvas.activities.a as Activity)).toBe(false);
    pass = onward(decide(pass, 'a', 'not_now'), canvas);
    expect(titled(pass, canvas)).toBe('c 2/2');
    expect(here(onward(decide(pass, 'c', 'not_now'), canvas))).toBe(null);
  });

  it('does not ask again what was parked after it began', () => {
    const canvas = parked();
    const pass = begin(canvas, 'not_now');
    expect(ids(toCome(pass, later(canvas, { b: { judgement: 'not_now' } })))).toEqual(['c']);
  });
});

describe('what is asked', () => {
  const one = (fields: Partial<Activity>) => canvasWith(fields).activities.a as Activity;

  it('a value where it must be done and serves none', () => {
    expect(followUps(one({}), 'must_do')).toEqual(['value']);
    expect(followUps(one({ links: ['n'] }), 'must_do')).toEqual([]);
  });

  it('a reason where it is parked, and where the judgement changes', () => {
    expect(followUps(one({}), 'not_now')).toEqual(['reason']);
    expect(followUps(one({ judgement: 'must_do', links: ['n'] }), 'not_now')).toEqual(['reason']);
    expect(followUps(one({ judgement: 'not_now', reason: 'Later' }), 'must_do')).toEqual(['value', 'reason']);
  });

  it('nothing where one agrees with what stands and has its reason', () => {
    expect(followUps(one({ judgement: 'not_now', reason: 'Later' }), 'not_now')).toEqual([]);
    expect(followUps(one({ judgement: 'must_do', links: ['n'] }), 'must_do')).toEqual([]);
  });
});

it('counts by judgement', () => {
  expect(countsOf(canvasWith({ id: 'a' }, { id: 'b', judgement: 'not_now' }, { id: 'c' }))).toEqual({ unjudged: 2, must_do: 0, not_now: 1 });
});
