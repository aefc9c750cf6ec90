import type { Activity, Judgement, Place } from '../wire/canvas';

/** Which activities one wants to see; without any wish, all. */
export class Filter {
  /** Words that the title or the details must have, all of them, in any order. */
  search = $state('');
  place: Place | null = $state(null);
  judgement: Judgement | 'unjudged' | null = $state(null);
  /** Who added it. */
  by: string | null = $state(null);

  get active(): boolean {
    return this.search.trim() !== '' || this.place !== null || this.judgement !== null || this.by !== null;
  }

  clear(): void {
    this.search = '';
    this.place = this.judgement = this.by = null;
  }

  shows(activity: Activity): boolean {
    if (this.place !== null && (activity.category ?? 'unsorted') !== this.place) return false;
    if (this.judgement !== null && (activity.judgement ?? 'unjudged') !== this.judgement) return false;
    if (this.by !== null && activity.by !== this.by) return false;
    return this.#words.length === 0 || this.#words.every((word) => readable(activity).includes(word));
  }

  #words: string[] = $derived(plain(this.search).split(/\s+/).filter(Boolean));
}

const READ = new WeakMap<Activity, string>();

/** What is searched in; an activity that has not changed is the same object, and read once. */
function readable(activity: Activity): string {
  const known = READ.get(activity);
  if (known !== undefined) return known;
  const text = plain(`${activity.title} ${activity.details}`);
  READ.set(activity, text);
  return text;
}

/** Without capitals and accents: "reëel" is found by "reeel". */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
