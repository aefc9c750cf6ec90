import { expect, test } from 'vitest';
import '../src/i18n/later';
import { textsOf } from '../src/components/history/eventTexts';
import { LANGUAGES } from '../src/i18n/languages';
import { Redactions } from '../src/state/past/redactions.svelte';
import { about, type Names, sides, who } from '../src/state/past/wording';
import type { RoomCalls } from '../src/wire/http';
import type { KernEvent } from '../src/wire/messages';
import type { Revision } from '../src/wire/past';
import { canvasWith } from './canvas';

const STEP = '10000000-0000-4000-8000-000000000001';
const FIRST = '10000000-0000-4000-8000-000000000002';
const NOTE = '10000000-0000-4000-8000-000000000003';
const canvas = canvasWith({ id: 'card', title: 'Make bricks' }, { id: 'gone', title: '' });
const [card, gone] = ['card', 'gone'];
Object.assign(canvas, {
  notes: { [NOTE]: { id: NOTE, block: 'channels', text: 'Web shop' } },
  steps: [{ id: STEP, name: 'Idea' }],
  iterations: [{ id: FIRST, name: 'First', goal: null, from: 1, to: null }],
});
const people: Record<string, string> = { fay: 'Fay', ben: 'Ben' };

function names(language: 'en' | 'nl'): Names {
  return { canvas, words: LANGUAGES[language], person: (id) => people[id] ?? null, time: (at) => at.slice(11, 16) };
}

function revision(fields: Partial<Revision>): Revision {
  const plain = { version: 1, at: '', by: 'ben', kind: '', activity: null, note: null, field: '', before: null, after: null };
  return { ...plain, reason: null, iteration: null, undoes: null, ...fields };
}

const of = (field: string, before: unknown, after: unknown, more: Partial<Revision> = {}) => revision({ field, before, after, ...more });
const CARD = { activity: card };

test.each([
  ['joining', of('people', null, { ben: { role: 'participant' } }), '', ['', 'participant'], ['', 'deelnemer']],
  ['another role', of('people', { ben: { role: 'participant' } }, { ben: { role: 'observer' } }, { by: 'fay' }), 'Ben', ['participant', 'observer'], ['deelnemer', 'toeschouwer']],
  ['removing', of('people', { ben: { role: 'observer' } }, null, { by: 'fay' }), 'Ben', ['observer', ''], ['toeschouwer', '']],
  ['adding', of('title', null, 'Make', CARD), 'Make bricks', ['', 'Make'], ['', 'Make']],
  ['judging', of('judgement', null, 'must_do', CARD), 'Make bricks', ['To judge', 'Must do'], ['Te beoordelen', 'Moet ik doen']],
  ['sorting', of('category', null, 'production', CARD), 'Make bricks', ['Unsorted', 'Production'], ['Ongesorteerd', 'Productie']],
  ['placing', of('step', null, STEP, CARD), 'Make bricks', ['End product as a whole', 'Idea'], ['Eindproduct als geheel', 'Idea']],
  ['another place', of('categories', null, card, CARD), 'Make bricks', ['first', 'behind “Make bricks”'], ['vooraan', 'achter ‘Make bricks’']],
  ['a link', of('links', null, NOTE, { ...CARD, note: NOTE }), 'Make bricks', ['', 'Web shop'], ['', 'Web shop']],
  ['a note', of('block', 'channels', 'key_partners', { note: NOTE }), 'Web shop', ['Channels', 'Key partners'], ['Kanalen', 'Kernpartners']],
  ['putting away', of('retired', false, true, CARD), 'Make bricks', ['', ''], ['', '']],
  ['locking', of('locked', false, true), '', ['', ''], ['', '']],
  ['opening an iteration', of('iteration', null, FIRST), 'First', ['', ''], ['', '']],
  ['closing it', of('iteration', FIRST, null), 'First', ['', ''], ['', '']],
  ['undoing a person', of('person', null, 'fay'), 'Fay', ['', ''], ['', '']],
  ['steps', of('steps', [], [{ id: STEP, name: 'Idea' }, { id: 'x', name: 'Test' }]), '', ['', 'Idea, Test'], ['', 'Idea, Test']],
  ['a phase', of('phase', null, { label: 'Write', ends_at: '2026-03-12T14:05:00.000000Z' }), '', ['', 'Write, 14:05'], ['', 'Write, 14:05']],
  ['the step', of('step', STEP, null), '', ['Idea', ''], ['Idea', '']],
  ['combining', of('title', [card, card], 'All', CARD), 'Make bricks', ['Make bricks, Make bricks', 'All'], ['Make bricks, Make bricks', 'All']],
  ['a goal that is cleared', of('goal', 'Grow', ''), '', ['Grow', ''], ['Grow', '']],
] as const)('%s is told in both languages', (_, one, named, english, dutch) => {
  expect(about(one, names('en'))).toBe(named);
  expect(sides(one, names('en'))).toEqual(english);
  expect(sides(one, names('nl'))).toEqual(dutch);
});

test('a text that was taken out is told to be, and one that is only empty is not', () => {
  expect(sides(of('goal', 'Grow', ''), names('en'), true)).toEqual(['Grow', '(taken out)']);
  expect(sides(of('title', '', 'Make', CARD), names('nl'))).toEqual(['(eruit gehaald)', 'Make']);
  expect(sides(of('details', '', 'Some', CARD), names('en'))).toEqual(['', 'Some']);
  expect(about(of('category', null, 'production', { activity: gone }), names('en'))).toBe('(taken out)');
});

test('who did it, or that nobody did', () => {
  expect([who('ben', names('en')), who('x', names('en')), who(null, names('nl'))]).toEqual(['Ben', 'Somebody', 'Het sjabloon']);
});

function event(type: string, data: Record<string, unknown>, words: string[], version = 7): KernEvent {
  return { version, epoch: 'e', type, at: 'then', by: 'fay', command: null, data, changes: [], digest: '', words };
}

const told = (one: KernEvent) => textsOf(one).map(({ pointer, field, text }) => [pointer, field, text]);

test('every text of an event can be taken out, each once, and is called by what it is of', () => {
  expect(told(event('WorkshopDescribed', { title: 'A', goal: 'B', subject: '' }, ['/goal', '/subject', '/title']))).toEqual([['/goal', 'goal', 'B'], ['/title', 'workshop', 'A']]);
  expect(told(event('NoteReworded', { text: 'A', ours: 'A', theirs: 'B' }, ['/ours', '/text', '/theirs']))).toEqual([['/ours', 'wording', 'A'], ['/theirs', 'wording', 'B']]);
  expect(told(event('ActivityReworded', { field: 'details', text: 'A' }, ['/text']))).toEqual([['/text', 'details', 'A']]);
  expect(told(event('ActivityCommented', { text: 'A' }, ['/text']))).toEqual([['/text', 'comments', 'A']]);
  expect(told(event('IterationOpened', { name: 'A', goal: 'B' }, ['/goal', '/name']))).toEqual([['/goal', 'goal', 'B'], ['/name', 'iteration', 'A']]);
  expect(told(event('IterationClosed', { override_reason: 'A' }, ['/override_reason']))).toEqual([['/override_reason', 'reason', 'A']]);
  expect(told(event('PhaseSet', { label: 'A' }, ['/label']))).toEqual([['/label', 'phase', 'A']]);
  const listed = { steps: [{ name: 'A' }, { name: 'B' }], activities: [{ title: 'C', because: 'D' }], notes: [{ text: 'E' }] };
  const pointers = ['/activities/0/because', '/activities/0/title', '/notes/0/text', '/steps/0/name', '/steps/1/name'];
  expect(told(event('WorkshopCopied', listed, pointers)).map(([, field, text]) => `${field} ${text}`)).toEqual(['reason D', 'title C', 'note E', 'step A', 'step B']);
});

test('what is gone already, and a question that everyone has, is not offered', () => {
  expect(told(event('ActivityAdded', { title: { redacted: 'abc' }, prompt: 'production_flow' }, ['/prompt', '/title']))).toEqual([]);
  expect(told(event('ActivityAdded', { title: 'A', prompt: 'What does Jan want?' }, ['/prompt', '/title']))).toHaveLength(2);
  const { words: _, ...bare } = event('CanvasLocked', {}, []);
  expect(textsOf(bare)).toEqual([]);
});

test('every field that a text can be of has a name in both languages', () => {
  const fields = ['title', 'details', 'reason', 'comments', 'comment', 'note', 'goal', 'subject', 'workshop', 'step', 'iteration', 'phase', 'question', 'prompt', 'wording'];
  for (const language of ['en', 'nl'] as const) expect(Object.keys(LANGUAGES[language].takingOut.fields).sort()).toEqual([...fields].sort());
});

test('the redactions tell out of which events something was taken, by whom and why', async () => {
  const events = [
    event('TextRedacted', { version: 3, pointer: '/goal', reason: 'A name', also: [{ version: 5, pointer: '/text' }] }, ['/reason'], 8),
    event('TextRedacted', { version: 5, pointer: '/title', reason: { redacted: 'abc' } }, ['/reason'], 9),
  ];
  let reachable = true;
  const calls = {
    versions: async () => {
      if (!reachable) throw new Error('away');
      return { version: 9, versions: [8, 9] };
    },
    events: async (after: number) => ({ events: events.filter(({ version }) => version === after + 1) }),
  };
  const redactions = new Redactions(calls as unknown as RoomCalls);
  await redactions.look();
  expect(redactions.outOf(3)).toMatchObject({ version: 8, by: 'fay', reason: 'A name', from: [3, 5] });
  expect(redactions.outOf(5)).toMatchObject({ version: 9, reason: '' });
  expect([redactions.outOf(4), redactions.of(8)?.from, redactions.of(3)]).toEqual([undefined, [3, 5], undefined]);
  reachable = false;
  await redactions.look();
  expect(redactions.outOf(3)?.reason).toBe('A name');
});
