import { SvelteSet } from 'svelte/reactivity';

/** Yes-or-no choices of one person that this device remembers: what is folded away, which hints were dismissed. */
export class Kept {
  #storedAs: string;
  #chosen: SvelteSet<string>;

  constructor(storedAs: string) {
    this.#storedAs = storedAs;
    this.#chosen = new SvelteSet(read(storedAs));
  }

  has(choice: string): boolean {
    return this.#chosen.has(choice);
  }

  set(choice: string, on: boolean): void {
    if (on) this.#chosen.add(choice);
    else this.#chosen.delete(choice);
    try {
      localStorage.setItem(this.#storedAs, JSON.stringify([...this.#chosen]));
    } catch {
      // A device without room forgets it at the next visit; now it holds.
    }
  }
}

function read(storedAs: string): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storedAs) ?? '[]');
    return Array.isArray(stored) ? stored.filter((one) => typeof one === 'string') : [];
  } catch {
    return [];
  }
}
