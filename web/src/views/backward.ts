/** The views of what was: a file of its own for the browser, fetched once somebody looks back. */
import '../i18n/backward';

export { default as Compare } from '../components/compare/Compare.svelte';
export { default as Replay } from '../components/replay/Replay.svelte';
