import type { Words } from '../../i18n/languages';
import type { Canvas } from '../../wire/canvas';
import type { KernEvent } from '../../wire/messages';
import { shortened } from '../base/shortened';

/** What one knows when a decision is told: the canvas before it and the one after it, and what people are called. */
interface Told {
  before: Canvas;
  canvas: Canvas;
  nameOf: (by: string | null) => string | null;
  words: Words;
}

/** A decision in one sentence: who did what with which thing, and how much more went with it. */
export function tellDecision(decision: readonly KernEvent[], told: Told): string {
  const [first] = decision;
  if (first === undefined) return '';
  const { replay } = told.words;
  const who = first.by === null ? (first.command === null ? replay.template : replay.someone) : (told.nameOf(first.by) ?? replay.someone);
  const much = muchOf(first, told);
  if (much !== null) return replay.sentence(who, much);
  const last = decision.at(-1) as KernEvent;
  const others = new Set(decision.map(thingOf));
  const undone = typeof last.data.undoes === 'number' ? replay.undone : '';
  return replay.sentence(who, `${deedOf(last, told)}${others.size > 1 ? replay.more(others.size - 1) : ''}${undone}`);
}

/** A command that did much begins with what it was for: that is the decision. */
function muchOf({ type, data }: KernEvent, told: Told): string | null {
  const { did, someone } = told.words.replay;
  if (type === 'IterationRestored') return did.iterationRestored(new Names(told).iteration(data.iteration));
  return type === 'PersonUndone' ? did.personUndone(told.nameOf(String(data.participant)) ?? someone) : null;
}

function thingOf({ type, data }: KernEvent): string {
  return String(data.into ?? data.activity ?? data.note ?? type);
}

function deedOf(event: KernEvent, told: Told): string {
  const { type, data } = event;
  const { did } = told.words.replay;
  const names = new Names(told);
  const title = names.activity(data.activity);
  switch (type) {
    case 'ActivityAdded':
      return did.added(names.quoted(data.title), names.place(data.category));
    case 'ActivityReworded':
      return data.field === 'details' ? did.detailed(title) : did.reworded(title);
    case 'ActivityMoved':
      return told.before.activities[String(data.activity)]?.category === (data.category ?? null) ? did.ordered(title) : did.moved(title, names.place(data.category));
    case 'ActivityPlaced':
      return did.placed(title, names.step(data.step));
    case 'ActivityJudged':
      return data.judgement ? did.judged(title, told.words.lanes[data.judgement as 'must_do' | 'not_now']) : did.cleared(title);
    case 'ActivityLinked':
      return did.linked(title, names.note(data.note));
    case 'ActivityUnlinked':
      return did.unlinked(title, names.note(data.note));
    case 'ActivitiesCombined':
      return did.combined((data.activities as string[]).length, names.quoted(data.title));
    case 'ActivityRetired':
      return did.retired(title);
    case 'ActivityRestored':
    case 'ActivityReturned':
      return did.restored(title);
    case 'ActivityWithdrawn':
      return did.withdrawn(title);
    case 'ActivityCommented':
      return did.commented(title);
    case 'CommentWithdrawn':
      return did.commentGone(title);
    case 'CommentRestored':
      return did.commentBack(title);
    default:
      return type.startsWith('Note') ? ofNote(event, names, did) : ofRoom(event, names, did);
  }
}

function ofNote({ type, data }: KernEvent, names: Names, did: Words['replay']['did']): string {
  const text = names.note(data.note);
  if (type === 'NoteAdded') return did.noteAdded(names.quoted(data.text), names.block(data.block));
  if (type === 'NoteReworded') return did.noteReworded(text);
  if (type === 'NoteMoved') return did.noteMoved(text, names.block(data.block));
  if (type === 'NoteRemoved') return did.noteRemoved(text);
  return type === 'NoteRestored' ? did.noteRestored(text) : did.other();
}

/** What concerns the room as a whole. */
function ofRoom({ type, data }: KernEvent, names: Names, did: Words['replay']['did']): string {
  const iteration = names.iteration(data.iteration);
  const plain: Record<string, () => string> = {
    WorkshopOpened: () => did.opened(names.quoted(data.title)),
    WorkshopCopied: did.copied,
    WorkshopDescribed: did.described,
    ParticipantJoined: did.joined,
    ParticipantRoleChanged: did.role,
    ParticipantRemoved: did.removed,
    StepsDefined: did.steps,
    StepEntered: () => (data.step ? did.step(names.step(data.step)) : did.noStep()),
    IterationOpened: () => did.iterationOpened(iteration),
    IterationClosed: () => did.iterationClosed(iteration),
    CanvasLocked: did.locked,
    CanvasUnlocked: did.unlocked,
    PhaseSet: () => (data.label ? did.phase(names.quoted(data.label)) : did.phaseOver()),
    QuestionsDefined: did.questions,
  };
  return (plain[type] ?? did.other)();
}

/** What things are called at that moment, else what they were called just before. */
class Names {
  #told: Told;

  constructor(told: Told) {
    this.#told = told;
  }

  quoted(text: unknown): string {
    return this.#told.words.replay.quoted(shortened(String(text)));
  }

  activity(id: unknown): string {
    const { canvas, before, words } = this.#told;
    const key = String(id);
    const found = canvas.activities[key] ?? before.activities[key] ?? canvas.retired[key];
    return found ? this.quoted(found.title) : words.replay.thing;
  }

  note(id: unknown): string {
    const { canvas, before, words } = this.#told;
    const found = canvas.notes[String(id)] ?? before.notes[String(id)];
    return found ? this.quoted(found.text) : words.replay.thing;
  }

  place(category: unknown): string {
    const { categories } = this.#told.words;
    return categories[(category ?? 'unsorted') as keyof typeof categories];
  }

  block(block: unknown): string {
    const { blocks } = this.#told.words;
    return blocks[block as keyof typeof blocks];
  }

  step(id: unknown): string {
    const { canvas, before, words } = this.#told;
    const found = [...canvas.steps, ...before.steps].find((step) => step.id === id);
    return found ? this.quoted(found.name) : words.board.product;
  }

  iteration(id: unknown): string {
    const found = this.#told.canvas.iterations.find((one) => one.id === id);
    return found ? this.quoted(found.name) : '';
  }
}
