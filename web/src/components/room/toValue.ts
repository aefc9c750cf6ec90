import { tick } from 'svelte';
import { router } from '../../views/route.svelte';

const field = () => document.querySelector<HTMLElement>('[data-control="add-value"]');

/** To the field for a value proposition, in whatever view one is and wherever it is folded away. */
export async function toValue(): Promise<void> {
  if (router.place.view === 'judging' || router.place.card || (router.place.view === 'canvas' && !field()?.checkVisibility())) {
    router.show('activities');
    await tick();
  }
  if (!field()) document.querySelector<HTMLElement>('.frame [aria-expanded="false"]')?.click();
  await tick();
  field()?.focus();
}
