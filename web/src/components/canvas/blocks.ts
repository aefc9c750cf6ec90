import { BLOCKS, type Block } from '../../wire/canvas';

/** The nine blocks: eight hold notes, the ninth holds the activities. */
export type AnyBlock = Block | 'key_activities';

/** From left to right and from top to bottom, as they stand on everybody's canvas. */
export const PLACES: readonly AnyBlock[] = [
  'key_partners',
  'key_activities',
  'key_resources',
  'value_propositions',
  'customer_relationships',
  'channels',
  'customer_segments',
  'cost_structure',
  'revenue_streams',
];

/**
 * As a workshop fills them in, one at a time: first what it is worth and for whom, then what one does for
 * it and what that takes, then the way to the customer, and the money last, since it follows from the rest.
 */
export const WORKSHOP_ORDER: readonly AnyBlock[] = [
  'value_propositions',
  'customer_segments',
  'key_activities',
  'key_resources',
  'key_partners',
  'channels',
  'customer_relationships',
  'cost_structure',
  'revenue_streams',
];

/** Where a note may be moved to, in the order of the workshop. */
export const NOTE_BLOCKS: readonly Block[] = WORKSHOP_ORDER.filter((block): block is Block => BLOCKS.some((one) => one === block));
