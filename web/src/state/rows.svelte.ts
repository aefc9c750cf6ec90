import { PRODUCT } from './arrangement';

/** What somebody opened or folded by hand, the last one last. */
type Choices = readonly (readonly [row: string, open: boolean])[];

export interface Store {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** Which rows of the focus view are open for one person in one room; kept on the device. */
export class Rows {
  /** The group's current step; the end product where there is none. */
  current: string = $state(PRODUCT);
  #choices: Choices = $state.raw([]);
  #opened: string | null = $state(null);
  #key: string;
  #store: Store;

  constructor(store: Store, room: string, participant: string) {
    this.#store = store;
    this.#key = `kern.rows.${room}.${participant}`;
    this.#choices = read(store.getItem(this.#key));
  }

  /** `found`: it has what one searches for, and opens unless one folded it. */
  isOpen(row: string, found = false): boolean {
    return this.#chosen(row) ?? (row === this.current || found);
  }

  /** Where new cards go: the row opened last, else the current one. */
  get target(): string {
    for (const row of [this.#opened, this.current]) if (row !== null && this.isOpen(row)) return row;
    return this.#choices.findLast(([, open]) => open)?.[0] ?? this.current;
  }

  choose(row: string, open: boolean): void {
    this.#opened = open ? row : null;
    this.#keep([...this.#without(row), [row, open]]);
  }

  /** The group goes on to a step: it opens for everyone. What one opened oneself, or stands in, stays open. */
  enter(row: string, stay: string | null = null): void {
    const staying: Choices = stay !== null && stay !== row && this.#chosen(stay) === undefined ? [[stay, true]] : [];
    this.current = row;
    this.#opened = null;
    this.#keep([...staying, ...this.#without(row)]);
  }

  /** Steps that are no more are forgotten. */
  only(rows: readonly string[]): void {
    if (this.#choices.some(([row]) => !rows.includes(row))) this.#keep(this.#choices.filter(([row]) => rows.includes(row)));
  }

  #without(row: string): Choices {
    return this.#choices.filter(([other]) => other !== row);
  }

  #chosen(row: string): boolean | undefined {
    return this.#choices.find(([other]) => other === row)?.[1];
  }

  #keep(choices: Choices): void {
    this.#choices = choices;
    this.#store.setItem(this.#key, JSON.stringify(choices));
  }
}

function read(text: string | null): Choices {
  try {
    const choices: unknown = JSON.parse(text ?? '[]');
    if (!Array.isArray(choices)) return [];
    return choices.filter((one): one is [string, boolean] => Array.isArray(one) && typeof one[0] === 'string' && typeof one[1] === 'boolean');
  } catch {
    return []; // what is not ours to read counts as nothing
  }
}
