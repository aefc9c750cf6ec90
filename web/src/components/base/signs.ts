import type { MarkKind } from '../../state/past/marks';
import type { IconName } from './shapes';

/** The sign of each thing that can happen; its word stands beside it. */
export const SIGNS: Record<MarkKind, IconName> = {
  added: 'invite',
  retired: 'retire',
  restored: 'undo',
  combined: 'combine',
  reworded: 'edit',
  moved: 'move',
  placed: 'step',
  judged: 'judging',
  linked: 'link',
  unlinked: 'close',
  commented: 'comment',
};
