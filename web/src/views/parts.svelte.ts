type Parts = typeof import('./later');

/** The parts of a room that come after its first second; null until they are here. */
class LaterParts {
  here: Parts | null = $state.raw(null);
  #coming = false;

  /** Fetches them, once; where the server is away, again when they are next asked for. */
  async fetch(): Promise<void> {
    if (this.here || this.#coming) return;
    this.#coming = true;
    try {
      this.here = await import('./later');
    } catch {
      // The line is gone for the moment; the room itself goes on, and says so.
    }
    this.#coming = false;
  }
}

export const parts = new LaterParts();
