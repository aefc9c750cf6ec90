/** Time as the connection, the text flow and the screen see it; tests bring their own. */
export interface Clock {
  now(): number;
  /** Calls `then` after so many milliseconds; the answer calls it off. */
  after(ms: number, then: () => void): () => void;
  /** Calls `then` before the screen is drawn next; the answer calls it off. */
  frame(then: () => void): () => void;
}

/** A page that nobody looks at is not drawn, and goes on all the same. */
const UNDRAWN_MS = 250;

export const wallClock: Clock = {
  now: () => Date.now(),
  after(ms, then) {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
  frame(then) {
    const stop = () => {
      cancelAnimationFrame(drawn);
      clearTimeout(undrawn);
    };
    const once = () => {
      stop();
      then();
    };
    const drawn = requestAnimationFrame(once);
    const undrawn = setTimeout(once, UNDRAWN_MS);
    return stop;
  },
};
