import { expect, test } from 'vitest';
import { onTopOf } from '../src/state/onTop';
import { answers, generalQuestions, questionIn, questionsOf } from '../src/state/prompts.svelte';
import type { Activity } from '../src/wire/canvas';
import type { Prompts } from '../src/wire/http';
import { emptyCanvas } from './canvas';

const book: Prompts = {
  master: { key: 'master', text: 'What must we do?' },
  general: [{ key: 'channels', text: 'What do our channels ask?', source: 'Osterwalder' }],
  production: [{ key: 'production_resources', text: 'What gets us what we need?' }],
  problem_solving: [],
  platform_network: [],
};

test('a room without questions of its own has those that everyone has, with whose they are', () => {
  expect(generalQuestions(emptyCanvas(), book)).toEqual([{ id: 'channels', prompt: 'channels', text: 'What do our channels ask?', source: 'Osterwalder' }]);
});

test('the questions of a room stand instead of them, and a card remembers their words', () => {
  const canvas = { ...emptyCanvas(), questions: [{ id: '1', text: 'Who waits for us?' }] };
  expect(generalQuestions(canvas, book)).toEqual([{ id: '1', prompt: 'Who waits for us?', text: 'Who waits for us?' }]);
  expect(generalQuestions({ ...canvas, questions: [] }, book)).toEqual([]);
});

test('what a card remembers is shown as a question, whether it is a key or words', () => {
  expect(questionIn(book, 'production_resources')).toBe('What gets us what we need?');
  expect(questionIn(book, 'Who waits for us?')).toBe('Who waits for us?');
  expect(questionIn(null, 'production_resources')).toBe('production_resources');
});

test('until the questions are here there are none, and nothing breaks', () => {
  expect(questionsOf('production', null)).toEqual([]);
  expect(questionsOf('production', book)).toHaveLength(1);
});

test('a standard question that a room took over is read by everybody in their own language, with whose it is', () => {
  const dutch: Prompts = { ...book, general: [{ key: 'channels', text: 'Wat vragen onze kanalen?', source: 'Osterwalder' }] };
  const canvas = { ...emptyCanvas(), questions: [{ id: '1', text: 'Who waits for us?' }, { id: '2', text: 'Wat vragen onze kanalen?' }] };
  expect(generalQuestions(canvas, book, [dutch, book])).toEqual([
    { id: '1', prompt: 'Who waits for us?', text: 'Who waits for us?' },
    { id: '2', prompt: 'channels', text: 'What do our channels ask?', source: 'Osterwalder' },
  ]);
  expect(generalQuestions(canvas, book, [null])[1]).toEqual({ id: '2', prompt: 'Wat vragen onze kanalen?', text: 'Wat vragen onze kanalen?' });
});

test('each question knows how many activities answer it', () => {
  const canvas = emptyCanvas();
  for (const [id, prompt] of [['1', 'channels'], ['2', 'channels'], ['3', null]] as const) {
    canvas.activities[id] = { id, origin: prompt && { kind: 'prompt', prompt } } as Activity;
  }
  expect([...answers(canvas)]).toEqual([['channels', 2]]);
});

test('one facilitator’s list goes on top of what another made of it meanwhile', () => {
  const list = (...texts: string[]) => texts.map((text) => ({ id: text.charAt(0), text }));
  const merged = onTopOf(list('a', 'b', 'c'), list('c', 'a mine', 'b', 'x'), list('a theirs', 'b theirs', 'd'), ({ text }) => text);
  expect(merged.map(({ text }) => text)).toEqual(['a mine', 'b theirs', 'x', 'd']);
});
