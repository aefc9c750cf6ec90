import { describe, expect, test } from 'vitest';
import { merge } from '../src/text/merge';
import { turnOf, Undoing } from '../src/text/undoing';

/** A field in which one types, with others who change its text meanwhile. */
class Field {
  text: string;
  caret: number;
  now = 0;
  #undoing = new Undoing();

  constructor(text: string) {
    this.text = text;
    this.caret = text.length;
  }

  type(letters: string, at = this.caret): this {
    this.caret = at;
    for (const letter of letters) this.#put(this.caret, this.caret, letter);
    return this;
  }

  erase(letters: number): this {
    for (let n = 0; n < letters; n += 1) this.#put(this.caret - 1, this.caret, '');
    return this;
  }

  cut(from: number, to: number, instead = ''): this {
    this.#put(from, to, instead);
    return this;
  }

  rest(): this {
    this.now += 5000;
    return this;
  }

  other(text: string): this {
    const { place } = merge(this.text, this.text, text);
    this.caret = place(this.caret);
    this.text = text;
    return this;
  }

  undo(): string | null {
    return this.#turn(this.#undoing.undo(this.text));
  }

  redo(): string | null {
    return this.#turn(this.#undoing.redo(this.text));
  }

  #put(from: number, to: number, letters: string): void {
    const before = this.text;
    this.text = before.slice(0, from) + letters + before.slice(to);
    this.caret = from + letters.length;
    this.now += 120;
    this.#undoing.typed(before, this.text, this.now);
  }

  #turn(turned: { text: string; caret: number } | null): string | null {
    if (turned === null) return null;
    this.text = turned.text;
    this.caret = turned.caret;
    return `${this.text.slice(0, this.caret)}|${this.text.slice(this.caret)}`;
  }
}

describe('alone', () => {
  test('what was typed in one go is one edit, and a rest begins another', () => {
    const field = new Field('Build').type(' bricks').rest().type(' of wood');
    expect(field.undo()).toBe('Build bricks|');
    expect(field.undo()).toBe('Build|');
    expect(field.undo()).toBe(null);
    expect(field.redo()).toBe('Build bricks|');
    expect(field.redo()).toBe('Build bricks of wood|');
    expect(field.redo()).toBe(null);
  });

  test('another place, or erasing after typing, begins another', () => {
    const field = new Field('Build bricks').type('!').type('small ', 6).erase(4);
    expect(field.text).toBe('Build smbricks!');
    expect(field.undo()).toBe('Build small |bricks!');
    expect(field.undo()).toBe('Build |bricks!');
    expect(field.undo()).toBe('Build bricks|');
  });

  test('letters erased one after the other, to either side, come back together', () => {
    expect(new Field('Build bricks').erase(7).undo()).toBe('Build bricks|');
    expect(new Field('Build bricks').cut(0, 1).cut(0, 1).cut(0, 1).undo()).toBe('Bui|ld bricks');
  });

  test('what was written over a selection comes back', () => {
    const field = new Field('Build small bricks').cut(6, 11, 'big');
    expect(field.undo()).toBe('Build small| bricks');
    expect(field.redo()).toBe('Build big| bricks');
  });

  test('writing after an undo ends what could be done again', () => {
    const field = new Field('Build').type('!');
    field.undo();
    field.type('?');
    expect(field.redo()).toBe(null);
    expect(field.undo()).toBe('Build|');
  });

  test('a caret never stands within an emoji', () => {
    const field = new Field('a😀').cut(1, 3, '😁');
    expect(field.undo()).toBe('a😀|');
    expect(field.redo()).toBe('a😁|');
  });

  test('a hundred edits are kept, the oldest go', () => {
    const field = new Field('');
    for (let n = 0; n < 150; n += 1) field.rest().type('x');
    let undone = 0;
    while (field.undo() !== null) undone += 1;
    expect([undone, field.text]).toEqual([100, 'x'.repeat(50)]);
  });
});

describe('with others', () => {
  test('only one’s own letters go, wherever theirs went in', () => {
    const field = new Field('Build bricks').type(' quickly').other('We build red bricks quickly, and now');
    expect(field.undo()).toBe('We build red bricks|, and now');
    expect(field.redo()).toBe('We build red bricks quickly|, and now');
  });

  test('what one erased comes back beside what they wrote there', () => {
    const field = new Field('Build small bricks').cut(6, 12).other('Build many bricks of wood');
    expect(field.undo()).toBe('Build many small |bricks of wood');
  });

  test('letters of one’s own that they erased already do not go twice', () => {
    const field = new Field('Build').type(' bricks').rest().type('!').other('Build bric');
    expect(field.undo()).toBe('Build|');
    expect(field.text).toBe('Build');
  });

  test('an edit that somebody took back already is passed over', () => {
    const field = new Field('Build').type(' bricks').rest().type(' fast').other('Build bricks');
    expect(field.undo()).toBe('Build|');
  });

  test('undo and redo over many changes of theirs come back to the same text', () => {
    const field = new Field('Build').type(' bricks').other('Please build bricks').rest().type(' fast').other('Please build bricks fast, all of you');
    field.undo();
    field.other(`${field.text}!`);
    field.undo();
    expect(field.text).toBe('Please build, all of you!');
    field.redo();
    field.redo();
    expect(field.text).toBe('Please build bricks fast, all of you!');
  });
});

test('the keys of undo and redo', () => {
  const press = (key: string, held: Partial<KeyboardEvent> = {}) => turnOf({ key, ctrlKey: true, ...held } as KeyboardEvent);
  expect([press('z'), press('Z', { shiftKey: true }), press('y')]).toEqual(['undo', 'redo', 'redo']);
  expect([press('z', { ctrlKey: false, metaKey: true }), press('z', { ctrlKey: false }), press('z', { altKey: true }), press('a')]).toEqual(['undo', null, null, null]);
});
