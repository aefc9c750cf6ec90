import type { KernEvent } from '../../wire/messages';
import type { Takeable } from '../card/takingOut';

/** What people read for a member of an event, where it has another name; some depend on what the event is about. */
const MEMBERS: Record<string, string> = { because: 'reason', override_reason: 'reason', label: 'phase', ours: 'wording', theirs: 'wording' };
const LISTS: Record<string, string> = { steps: 'step', questions: 'question', comments: 'comments', notes: 'note' };

/** One of the questions that everyone has is remembered by its key: nobody wrote that here. */
const KEY = /^(master|[a-z]+(_[a-z]+)+)$/;

/** All that people wrote in an event and that is still there, each text once. */
export function textsOf(event: KernEvent): Takeable[] {
  const { version, at } = event;
  const seen = new Set<string>();
  return (event.words ?? []).flatMap((pointer) => {
    const text = valueAt(event.data, pointer);
    if (typeof text !== 'string' || text === '' || seen.has(text) || (pointer.endsWith('/prompt') && KEY.test(text))) return [];
    seen.add(text);
    return [{ version, pointer, field: fieldOf(event, pointer), text, at }];
  });
}

function valueAt(data: unknown, pointer: string): unknown {
  const names = pointer.split('/').slice(1);
  return names.reduce((value, name) => (value as Record<string, unknown> | undefined)?.[name], data);
}

function fieldOf({ type, data }: KernEvent, pointer: string): string {
  const [list, , member = ''] = pointer.split('/').slice(1);
  if (member) return LISTS[list ?? ''] ?? MEMBERS[member] ?? member;
  if (list === 'name' && type === 'IterationOpened') return 'iteration';
  if (list === 'title' && type.startsWith('Workshop')) return 'workshop';
  if (list !== 'text') return MEMBERS[list ?? ''] ?? list ?? '';
  if (type.includes('Comment')) return 'comments';
  return type === 'ActivityReworded' ? String(data.field) : 'note';
}
