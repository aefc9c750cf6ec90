import { router } from '../../views/route.svelte';
import type { AnyBlock } from './blocks';

/** At which block of the canvas one is: a phone shows that one alone, and comes back to it from another view. */
class Standing {
  block: AnyBlock = $state('value_propositions');
  /** A block that one asked for elsewhere, until the canvas is there and brings the focus to it. */
  asked: AnyBlock | null = $state(null);

  /** To a block, from whatever view. */
  go(block: AnyBlock): void {
    this.block = block;
    this.asked = block;
    router.show('canvas');
  }
}

export const standing = new Standing();
