import { SvelteMap } from 'svelte/reactivity';
import { speech } from '../../i18n/words.svelte';
import type { Desk } from '../../state/desk.svelte';
import { back, begin, decide, type FollowUp, followUps, here, onward, type Pass, type Pile, progress } from '../../state/judging';
import type { Activity, Canvas, Judgement } from '../../wire/canvas';
import type { KernEvent } from '../../wire/messages';

/** One person's way through the cards: which is shown, what is asked about it, and who else judged it. */
export class Judging {
  pass: Pass = $state.raw({ pile: 'unjudged', among: null, trail: [], at: 0, decided: new Map() });
  /** What is asked about the judgement that was just given, one after the other. */
  asking: readonly FollowUp[] = $state.raw([]);
  /** By whom each was judged last, as far as it was seen here. */
  readonly judgedBy = new SvelteMap<string, string | null>();
  #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.begin('unjudged');
  }

  get id(): string | null {
    return here(this.pass);
  }

  get activity(): Activity | undefined {
    return this.id === null ? undefined : this.#canvas?.activities[this.id];
  }

  begin(pile: Pile): void {
    if (this.#canvas) this.#go(begin(this.#canvas, pile));
  }

  /** Agreeing with what stands sends nothing: a second judgement without a reason would take the first one's away. */
  judge(judgement: Judgement): void {
    const { activity } = this;
    if (!activity || !this.#desk.mayEdit) return;
    const asks = followUps(activity, judgement);
    if (activity.judgement !== judgement) this.#desk.room.do('judge_activity', { activity: activity.id, judgement });
    this.pass = decide(this.pass, activity.id, judgement);
    this.asking = asks;
    const done = speech.words.news.judgeDone(activity.title, speech.words.judge[judgement]);
    if (asks.length === 0) this.onward(done);
    else this.#desk.said = done;
  }

  /** What was asked is answered, or passed over. */
  answered(): void {
    this.asking = this.asking.slice(1);
    if (this.asking.length === 0) this.onward();
  }

  onward(first = ''): void {
    if (this.#canvas && this.id !== null) this.#go(onward(this.pass, this.#canvas), first);
  }

  /** Where something is asked: to the card itself, to judge it otherwise; else to the card before. */
  back(): void {
    if (this.asking.length > 0) this.asking = [];
    else if (this.#canvas) this.#go(back(this.pass, this.#canvas));
  }

  hear(news: readonly KernEvent[]): void {
    for (const { type, data, by } of news) if (type === 'ActivityJudged') this.judgedBy.set(String(data.activity), by);
  }

  get #canvas(): Canvas | null {
    return this.#desk.room.canvas;
  }

  #go(pass: Pass, first = ''): void {
    this.pass = pass;
    this.asking = [];
    this.#desk.said = [first, this.#where()].filter(Boolean).join(' ');
  }

  #where(): string {
    if (!this.#canvas || !this.activity) return '';
    const { n, of } = progress(this.pass, this.#canvas);
    return speech.words.judging.now(n, of, this.activity.title);
  }
}
