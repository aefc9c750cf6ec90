/** Parts of a room that come later; null until they are here. */
class Coming<Parts> {
  here: Parts | null = $state.raw(null);
  #coming = false;
  #load: () => Promise<Parts>;

  constructor(load: () => Promise<Parts>) {
    this.#load = load;
  }

  /** Fetches them, once; where the server is away, again when they are next asked for. */
  async fetch(): Promise<void> {
    if (this.here || this.#coming) return;
    this.#coming = true;
    try {
      this.here = await this.#load();
    } catch {
      // The line is gone for the moment; the room itself goes on, and says so.
    }
    this.#coming = false;
  }
}

/** What comes after a room's first second. */
export const parts = new Coming(() => import('./later'));
/** What comes once somebody looks back. */
export const backwardParts = new Coming(() => import('./backward'));
