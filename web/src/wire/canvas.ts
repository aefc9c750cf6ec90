/** The canvas as the server shapes it, and the few questions that views ask of it. */

export type Role = 'facilitator' | 'participant' | 'observer';

export const CATEGORIES = ['production', 'problem_solving', 'platform_network'] as const;
export type Category = (typeof CATEGORIES)[number];
export type Place = Category | 'unsorted';
export type Judgement = 'must_do' | 'not_now';
export type Lane = Judgement | 'unjudged';

export interface Note {
  id: string;
  block: string;
  text: string;
  by: string | null;
}

export interface Comment {
  id: string;
  text: string;
  by: string | null;
}

export interface Activity {
  id: string;
  category: Category | null;
  title: string;
  details: string;
  judgement: Judgement | null;
  reason: string | null;
  step: string | null;
  links: string[];
  comments: Comment[];
  by: string | null;
  origin: Origin | null;
}

export type Origin =
  | { kind: 'prompt'; prompt: string }
  | { kind: 'combination'; activities: string[] }
  | { kind: 'scamper'; idea: string; lens: string };

/** Why an activity was retired: in somebody's words, by being combined into another, or for no stated reason. */
export type Because = string | { kind: 'combination'; into: string } | null;

export interface Step {
  id: string;
  name: string;
}

export interface Iteration {
  id: string;
  name: string;
  goal: string | null;
  from: number;
  to: number | null;
}

/** A question of the room's own. */
export interface Question {
  id: string;
  text: string;
}

/** What the group is doing now, and until when; it only signals. */
export interface Phase {
  label: string | null;
  ends_at: string | null;
}

export interface Canvas {
  title: string;
  language: string;
  goal: string;
  subject: string;
  locked: boolean;
  notes: Record<string, Note>;
  blocks: Record<string, string[]>;
  activities: Record<string, Activity>;
  categories: Record<Place, string[]>;
  retired: Record<string, Activity & { retired_because: Because }>;
  steps: Step[];
  step: string | null;
  iterations: Iteration[];
  iteration: string | null;
  /** The room's own general questions; null where it uses those that everyone has. */
  questions: Question[] | null;
  phase: Phase | null;
  people: Record<string, { role: Role }>;
}

/** The eight blocks that hold notes; key activities, the ninth, hold activities. */
export const BLOCKS = [
  'customer_segments',
  'value_propositions',
  'channels',
  'customer_relationships',
  'revenue_streams',
  'key_resources',
  'key_partners',
  'cost_structure',
] as const;
export type Block = (typeof BLOCKS)[number];

/** The notes of a block, in order. */
export function notesOf(canvas: Canvas, block: string): Note[] {
  return (canvas.blocks[block] ?? []).flatMap((id) => canvas.notes[id] ?? []);
}

/** The activities at a place, in order. */
export function activitiesAt(canvas: Canvas, place: Place): Activity[] {
  return canvas.categories[place].flatMap((id) => canvas.activities[id] ?? []);
}

export function laneOf(activity: Activity): Lane {
  return activity.judgement ?? 'unjudged';
}

export function placeOf(activity: Activity): Place {
  return activity.category ?? 'unsorted';
}
