/**
 * What a room can do without for its first second: other views, and all that opens over a view. A file
 * of its own for the browser, fetched while nobody waits for it.
 */
import '../i18n/later';
import type { Component } from 'svelte';
import RetiredDialog from '../components/activities/RetiredDialog.svelte';
import CombineDialog from '../components/card/CombineDialog.svelte';
import CloseIteration from '../components/course/CloseIteration.svelte';
import OpenIteration from '../components/course/OpenIteration.svelte';
import PhaseDialog from '../components/course/PhaseDialog.svelte';
import StepsDialog from '../components/course/StepsDialog.svelte';
import QuestionsDialog from '../components/prompts/QuestionsDialog.svelte';
import KeysDialog from '../components/room/KeysDialog.svelte';
import Preferences from '../components/room/Preferences.svelte';
import CopyThisRoom from '../components/together/CopyThisRoom.svelte';
import InviteDialog from '../components/together/InviteDialog.svelte';
import PeopleDialog from '../components/together/PeopleDialog.svelte';
import type { DialogName } from '../state/desk.svelte';

export * as dragging from '../components/activities/dragging';
export { default as CanvasView } from '../components/canvas/CanvasView.svelte';
export { default as PrintSheet } from '../components/canvas/PrintSheet.svelte';
export { default as CardDialog } from '../components/card/CardDialog.svelte';
export { default as IterationPast } from '../components/course/IterationPast.svelte';
export { default as CatchUp } from '../components/history/CatchUp.svelte';
export { default as JudgingView } from '../components/judging/JudgingView.svelte';
export { default as ClosedActs } from '../components/takingBack/ClosedActs.svelte';

export const DIALOGS: Partial<Record<DialogName, Component>> = {
  close_iteration: CloseIteration,
  combine: CombineDialog,
  copy: CopyThisRoom,
  invite: InviteDialog,
  keys: KeysDialog,
  open_iteration: OpenIteration,
  people: PeopleDialog,
  phase: PhaseDialog,
  preferences: Preferences,
  questions: QuestionsDialog,
  retired: RetiredDialog,
  steps: StepsDialog,
};
