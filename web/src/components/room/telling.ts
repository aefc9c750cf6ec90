import type { Words } from '../../i18n/words.svelte';
import type { KernEvent } from '../../wire/messages';

const KINDS: Record<string, 'added' | 'judged' | 'moved' | 'retired'> = {
  ActivityAdded: 'added',
  ActivityJudged: 'judged',
  ActivityMoved: 'moved',
  ActivityRetired: 'retired',
};

/** Several events in one sentence: who, and how many of what. */
export function tell(events: readonly KernEvent[], nameOf: (by: string | null) => string, words: Words['news']): string {
  const names = [...new Set(events.map(({ by }) => nameOf(by)))];
  const counts = new Map<keyof typeof words & ('added' | 'judged' | 'moved' | 'retired' | 'other'), number>();
  for (const { type } of events) {
    const kind = KINDS[type] ?? 'other';
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return words.by(names.join(', '), [...counts].map(([kind, n]) => words[kind](n)).join(', '));
}
