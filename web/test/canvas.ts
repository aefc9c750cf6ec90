import type { Activity, Canvas } from '../src/wire/canvas';

export const BLOCKS = [
  'customer_segments',
  'value_propositions',
  'channels',
  'customer_relationships',
  'revenue_streams',
  'key_resources',
  'key_partners',
  'cost_structure',
];

/** A room in which nothing stands yet. */
export function emptyCanvas(): Canvas {
  return {
    title: 'Bricks',
    language: 'en',
    goal: '',
    subject: '',
    locked: false,
    notes: {},
    blocks: Object.fromEntries(BLOCKS.map((block) => [block, []])),
    activities: {},
    categories: { production: [], problem_solving: [], platform_network: [], unsorted: [] },
    retired: {},
    steps: [],
    step: null,
    iterations: [],
    iteration: null,
    questions: null,
    phase: null,
    people: {},
  };
}

/** A room with these activities under production. */
export function canvasWith(...activities: Partial<Activity>[]): Canvas {
  const canvas = emptyCanvas();
  for (const some of activities) {
    const one: Activity = {
      id: 'a',
      category: 'production',
      title: 'Build',
      details: '',
      judgement: null,
      reason: null,
      step: null,
      links: [],
      comments: [],
      by: 'p1',
      origin: null,
      ...some,
    };
    canvas.activities[one.id] = one;
    canvas.categories[one.category ?? 'unsorted'].push(one.id);
  }
  return canvas;
}
