import type { IconName } from './shapes';

/** One line of a menu. */
export interface Choice {
  word: string;
  icon?: IconName;
  /** Ends a group: a line follows. */
  last?: boolean;
  /** What the choices of a group have in common: said above the first of them. */
  group?: string;
  checked?: boolean;
  disabled?: boolean;
  do: () => void;
}

/** The choices with those of a group together, in order. */
export function grouped(choices: readonly Choice[]): { group: string | undefined; choices: Choice[] }[] {
  const groups: { group: string | undefined; choices: Choice[] }[] = [];
  for (const choice of choices) {
    const last = groups.at(-1);
    if (last && last.group === choice.group) last.choices.push(choice);
    else groups.push({ group: choice.group, choices: [choice] });
  }
  return groups;
}
