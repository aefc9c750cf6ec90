/** Less than the server takes, so that its clock and ours may differ a little. */
const SHARE = 0.9;

/**
 * How fast one's own commands go out: as many a second as the server takes, and no more than a
 * second's worth at once. Who comes back after an hour with two thousand of them is not cut off.
 */
export class Pace {
  #rate = Number.POSITIVE_INFINITY;
  #left = Number.POSITIVE_INFINITY;
  #at = 0;

  /** So many a second; 0 is no limit. */
  limit(perSecond: number, now: number): void {
    const rate = perSecond > 0 ? perSecond * SHARE : Number.POSITIVE_INFINITY;
    if (rate === this.#rate) return;
    this.#rate = rate;
    this.#left = rate;
    this.#at = now;
  }

  /** How many may go out now. */
  allowed(now: number): number {
    if (this.#rate === Number.POSITIVE_INFINITY) return this.#rate;
    const passed = Math.max(0, now - this.#at); // a clock that was set back gives nothing and takes nothing
    this.#left = Math.min(this.#rate, this.#left + (passed * this.#rate) / 1000);
    this.#at = now;
    return Math.floor(this.#left);
  }

  spend(count: number): void {
    this.#left -= count;
  }

  /** The server had enough: the next ones come one by one. */
  exhaust(): void {
    if (this.#rate !== Number.POSITIVE_INFINITY) this.#left = 0;
  }

  /** Milliseconds until one more may go out. */
  wait(): number {
    return this.#left >= 1 ? 0 : Math.ceil(((1 - this.#left) * 1000) / this.#rate);
  }
}
