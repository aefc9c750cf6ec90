import type { IconName } from './shapes';

/** One line of a menu. */
export interface Choice {
  word: string;
  icon?: IconName;
  /** Ends a group: a line follows. */
  last?: boolean;
  checked?: boolean;
  disabled?: boolean;
  do: () => void;
}
