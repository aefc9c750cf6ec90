import { expect, test } from 'vitest';
import '../src/i18n/later';
import { tellChanges, tellSkipped } from '../src/components/takingBack/telling';
import { LANGUAGES } from '../src/i18n/languages';
import type { Activity, Canvas } from '../src/wire/canvas';
import type { Preview } from '../src/wire/http';

const canvas = {
  activities: { a: { id: 'a', title: 'Make bricks' } },
  retired: { b: { id: 'b', title: 'Sell bricks' } },
  notes: { n: { id: 'n', text: 'Shops' } },
  steps: [{ id: 's', name: 'Selection' }],
} as unknown as Canvas;

function told(kind: Preview['differences'][number]['kind'], activity: string, values: Partial<Preview['differences'][number]> = {}): string {
  return tellChanges({ differences: [{ activity, kind, field: null, before: null, after: null, ...values }], skipped: [] }, canvas, LANGUAGES.en)[0] as string;
}

test('each kind of difference is a sentence about the activity', () => {
  expect(told('restored', 'b')).toBe('“Sell bricks” comes back');
  expect(told('added', 'c', { after: { title: 'Draw' } as Activity })).toBe('“Draw” comes back');
  expect(told('retired', 'a')).toBe('“Make bricks” leaves the canvas');
  expect(told('combined', 'b', { before: [{ title: 'One' }, { title: 'Two' }] })).toBe('“One”, “Two” become “Sell bricks”');
  expect(told('reworded', 'a', { field: 'title', before: 'Make bricks', after: 'Make' })).toBe('“Make bricks” is called “Make” again');
  expect(told('reworded', 'a', { field: 'details', before: 'x', after: '' })).toBe('the details of “Make bricks” change');
  expect(told('moved', 'a', { field: 'category', before: null, after: 'production' })).toBe('“Make bricks” goes to Production');
  expect(told('moved', 'a', { field: 'category', before: 'production', after: null })).toBe('“Make bricks” goes to Unsorted');
  expect(told('placed', 'a', { field: 'step', before: null, after: 's' })).toBe('“Make bricks” goes to the step “Selection”');
  expect(told('placed', 'a', { field: 'step', before: 's', after: null })).toBe('“Make bricks” goes to the end product as a whole');
  expect(told('judged', 'a', { field: 'judgement', before: 'must_do', after: null })).toBe('“Make bricks”: To judge');
  expect(told('judged', 'a', { field: 'judgement', before: 'must_do', after: 'must_do' })).toBe('“Make bricks” keeps its judgement, for another reason');
  expect(told('linked', 'a', { field: 'links', after: 'n' })).toBe('“Make bricks” is linked to “Shops”');
  expect(told('unlinked', 'a', { field: 'links', before: 'n' })).toBe('“Make bricks” is not linked to “Shops” any more');
});

test('what is no activity’s is counted, and what cancels itself out is left away', () => {
  const also = { NoteRemoved: 1, NoteReworded: 2, CommentWithdrawn: 1, StepsDefined: 1, WorkshopDescribed: 2, ActivityMoved: 4, ActivityReworded: 3 };
  expect(tellChanges({ differences: [], skipped: [], also }, canvas, LANGUAGES.en)).toEqual([
    '3 changes of notes',
    '1 comment',
    'the steps',
    'the title, goal or subject of the workshop',
    'the order of activities',
  ]);
});

test('what stays is told by its reason, one line for each', () => {
  const skipped = [
    { version: 3, because: 'changed_since' },
    { version: 5, because: 'changed_since' },
    { version: 7, because: 'something_new' },
  ];
  expect(tellSkipped({ differences: [], skipped }, LANGUAGES.nl)).toEqual(['2 wijzigingen waarop anderen hebben voortgebouwd', '1 wijziging die niet terug kan']);
});
