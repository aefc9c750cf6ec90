import { expect, test } from 'vitest';
import { generalQuestions, questionIn, questionsOf } from '../src/state/prompts.svelte';
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
  expect(generalQuestions(emptyCanvas(), book)).toEqual([{ prompt: 'channels', text: 'What do our channels ask?', source: 'Osterwalder' }]);
});

test('the questions of a room stand instead of them, and a card remembers their words', () => {
  const canvas = { ...emptyCanvas(), questions: [{ id: '1', text: 'Who waits for us?' }] };
  expect(generalQuestions(canvas, book)).toEqual([{ prompt: 'Who waits for us?', text: 'Who waits for us?' }]);
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
