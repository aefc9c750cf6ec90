import type { Person, Presence } from '../wire/messages';
import { tintsOf } from './faces';

/** The people of a room, by the server's word: all who joined, and who of them is where now. */
export class Company {
  you: Person | null = $state.raw(null);
  people: readonly Person[] = $state.raw([]);
  presence: ReadonlyMap<string, Presence> = $state.raw(new Map());
  /** Who is connected, oneself included: a signal of its own, since presence changes with each move of a pointer. */
  here: ReadonlySet<string> = $state.raw(new Set());
  /** The tint of each, by which one finds them again everywhere. */
  readonly tints: ReadonlyMap<string, number> = $derived(tintsOf(this.people));
  /** The newest call of a facilitator to come to a view. */
  summons: { view: string; by: string } | null = $state.raw(null);

  /** A new connection: nobody's place is known until the server tells. */
  welcome(you: Person, people: readonly Person[]): void {
    this.you = you;
    this.presence = new Map();
    this.here = new Set([you.participant]);
    this.meet(people);
  }

  /** Everyone, after somebody came, went for good, or got another name or role. */
  meet(people: readonly Person[]): void {
    this.people = people;
    this.you = people.find(({ participant }) => participant === this.you?.participant) ?? this.you;
  }

  see(people: readonly Presence[], gone: readonly string[]): void {
    const present = new Map(this.presence);
    for (const person of people) present.set(person.participant, person);
    for (const participant of gone) present.delete(participant);
    this.presence = present;
    const came = people.some(({ participant }) => !this.here.has(participant));
    if (came || gone.some((participant) => this.here.has(participant))) this.here = new Set([...present.keys(), ...(this.you ? [this.you.participant] : [])]);
  }

  nameOf(participant: string | null): string | null {
    return this.people.find((person) => person.participant === participant)?.name ?? null;
  }
}
