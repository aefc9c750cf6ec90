/** Time as the connection and the text flow see it; tests bring their own. */
export interface Clock {
  now(): number;
  /** Calls `then` after so many milliseconds; the answer calls it off. */
  after(ms: number, then: () => void): () => void;
}

export const wallClock: Clock = {
  now: () => Date.now(),
  after(ms, then) {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};
