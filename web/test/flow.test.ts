import { beforeEach, describe, expect, test } from 'vitest';
import type { Room } from '../src/state/room.svelte';
import type { TextFlow } from '../src/text/flow';
import { canvasWith } from './canvas';
import { TestClock } from './clock';
import { TestServer } from './line';
import { enter, pass } from './room';

const TITLE = 'activity/a/title';

/** A field as the browser has it: letters go in at the caret, and others' come in around it. */
class Field {
  text: string;
  caret: number;
  flow: TextFlow;
  #seen: string;

  constructor(room: Room) {
    this.flow = room.enter(TITLE);
    this.text = this.#seen = this.flow.draft;
    this.caret = this.text.length;
    this.flow.onmerged = (text, place) => {
      this.caret = place(this.caret);
      this.text = this.#seen = text;
    };
  }

  press(letter: string): void {
    this.text = this.text.slice(0, this.caret) + letter + this.text.slice(this.caret);
    this.caret += letter.length;
    this.flow.type(this.text, this.#seen);
    this.#seen = this.flow.draft;
  }

  put(text: string): void {
    this.text = text;
    this.caret = text.length;
    this.flow.type(text, this.#seen);
    this.#seen = this.flow.draft;
  }

  get marked(): string {
    return `${this.text.slice(0, this.caret)}|${this.text.slice(this.caret)}`;
  }
}

let clock: TestClock;
let server: TestServer;
const rewordings = () => server.heard.filter(({ action }) => action === 'reword_activity');
const title = () => server.canvas.activities.a?.title;

beforeEach(() => {
  clock = new TestClock();
  server = new TestServer(canvasWith({ id: 'a', title: 'Build' }));
});

describe('one person writing', () => {
  test.each([20, 150, 700, 2500])('on a line of %i ms each way, the words come out letter by letter as typed', async (delay) => {
    const room = await enter(server, clock, { delay });
    const field = new Field(room);
    let typed = 'Build';
    for (const letter of ' small  bricks, and  large ones; for everybody!') {
      field.press(letter);
      typed += letter;
      expect(field.marked).toBe(`${typed}|`);
      await pass(clock, 70);
    }
    await pass(clock, delay * 4 + 3000);
    expect(field.marked).toBe(`${typed}|`);
    expect(title()).toBe(typed);
    expect(room.canvas?.activities.a?.title).toBe(typed);
  });

  test('has one rewording on its way at a time, each upon the last one’s answer', async () => {
    const room = await enter(server, clock, { delay: 600 });
    const field = new Field(room);
    for (const letter of ' bricks for all') {
      field.press(letter);
      await pass(clock, 100);
      expect(room.waiting.length).toBeLessThanOrEqual(1);
    }
    await pass(clock, 5000);
    const versions = [0, ...server.events.map(({ version }) => version)];
    expect(rewordings().map(({ base }) => base)).toEqual(versions.slice(0, -1));
    expect(new Set(rewordings().map(({ stroke }) => stroke)).size).toBe(1);
  });

  test('sends after a pause, and each second while there is none', async () => {
    const field = new Field(await enter(server, clock, { delay: 0 }));
    field.press('!');
    await pass(clock, 395);
    expect(rewordings()).toHaveLength(0);
    await pass(clock, 10);
    expect(rewordings()).toHaveLength(1);
    for (let n = 0; n < 25; n += 1) {
      field.press('!');
      await pass(clock, 100);
    }
    expect(rewordings()).toHaveLength(3);
  });

  test('begins a new stroke after a rest', async () => {
    const field = new Field(await enter(server, clock));
    field.press('a');
    await pass(clock, 5000);
    field.press('b');
    await pass(clock, 500);
    expect(new Set(rewordings().map(({ stroke }) => stroke)).size).toBe(2);
  });

  test('keeps blanks at the end while writing, though the server trims them', async () => {
    const field = new Field(await enter(server, clock));
    field.press(' ');
    await pass(clock, 1000);
    expect(field.marked).toBe('Build |');
    expect(rewordings()).toHaveLength(0);
    for (const letter of 'it ') field.press(letter);
    await pass(clock, 1000);
    expect(title()).toBe('Build it');
    expect(field.marked).toBe('Build it |');
  });

  test('an emptied title is not sent, stays empty in its field, and goes on from there', async () => {
    const room = await enter(server, clock);
    const field = new Field(room);
    field.put('');
    await pass(clock, 2000);
    expect(rewordings()).toHaveLength(0);
    expect(field.marked).toBe('|');
    expect(room.canvas?.activities.a?.title).toBe('Build');
    field.press('Sell');
    await pass(clock, 1000);
    expect(title()).toBe('Sell');
  });

  test('what is longer than the server takes waits, and says by how much', async () => {
    const room = await enter(server, clock);
    const field = new Field(room);
    field.put('x'.repeat(203));
    await pass(clock, 2000);
    expect(rewordings()).toHaveLength(0);
    expect(field.flow.excess).toBe(3);
    room.leave(TITLE);
    expect(room.canvas?.activities.a?.title).toHaveLength(203);
    new Field(room).put('x'.repeat(200));
    await pass(clock, 1000);
    expect(title()).toHaveLength(200);
  });

  test('leaving the field sends at once', async () => {
    const room = await enter(server, clock);
    new Field(room).press('!');
    room.leave(TITLE);
    await pass(clock, 10);
    expect(title()).toBe('Build!');
  });
});

describe('two people writing', () => {
  test('in different places: both texts, both carets with their own letters', async () => {
    const fay = new Field(await enter(server, clock, { delay: 90 }));
    const ben = new Field(await enter(server, clock, { delay: 140, participant: 'p2' }));
    fay.caret = 0;
    const [hers, his] = ['We now ', ' many small bricks'];
    for (let n = 0; n < his.length; n += 1) {
      fay.press(hers[n] ?? '');
      ben.press(his[n] as string);
      await pass(clock, 80);
    }
    await pass(clock, 4000);
    expect(title()).toBe('We now Build many small bricks');
    expect(fay.marked).toBe('We now |Build many small bricks');
    expect(ben.marked).toBe('We now Build many small bricks|');
  });

  test('at the same place: every letter of both is there, once', async () => {
    const fay = new Field(await enter(server, clock, { delay: 130 }));
    const ben = new Field(await enter(server, clock, { delay: 60, participant: 'p2' }));
    for (let n = 0; n < 10; n += 1) {
      fay.press('ABCDEFGHIJ'[n] as string);
      ben.press('0123456789'[n] as string);
      await pass(clock, 120);
    }
    await pass(clock, 4000);
    expect([...(title() ?? '')].sort().join('')).toBe([...'Build', ...'ABCDEFGHIJ', ...'0123456789'].sort().join(''));
    expect(fay.text).toBe(title());
    expect(ben.text).toBe(title());
  });

  test('somebody else’s change comes into a field that rests, around the caret', async () => {
    const field = new Field(await enter(server, clock));
    field.caret = 2;
    server.do({ type: 'do', id: 'x', action: 'reword_activity', activity: 'a', field: 'title', text: 'Now Build!', base: 0 });
    await pass(clock, 20);
    expect(field.marked).toBe('Now Bu|ild!');
    expect(rewordings()).toHaveLength(1);
  });
});
