import { speech } from '../../i18n/words.svelte';
import type { Desk } from '../../state/desk.svelte';
import { doorkey, keepDoorkey } from '../../state/doorkeys';
import type { Role } from '../../wire/canvas';
import { type Links, Problem } from '../../wire/http';

/** The ways into a room: links that this device knows or has made, and the short code. */
export class Invitations {
  links: Links = $state.raw({});
  code: string | null = $state(null);
  /** Roles whose link was made just now: it is not shown again. */
  once: readonly Role[] = $state.raw([]);
  busy = $state(false);
  /** What went well, and what did not. */
  said = $state('');
  failed = $state('');
  #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.links = desk.doorkey.links;
  }

  /** Brings what every invitation shows: a link to take part, and the code. */
  async begin(): Promise<void> {
    await this.#try(async () => {
      if (!this.links.participant) await this.#make('participant');
      this.code = (await this.#desk.calls.code()).code;
    });
  }

  make(role: Role): Promise<void> {
    return this.#try(() => this.#make(role));
  }

  renewCode(): Promise<void> {
    return this.#try(async () => {
      this.code = (await this.#desk.calls.renewCode()).code;
      this.said = speech.words.invite.newCodeMade;
    });
  }

  /** New ways in first, and only then the end of the old ones: never none. */
  renew(): Promise<void> {
    return this.#try(async () => {
      const { calls } = this.#desk;
      const { invites } = await calls.invites();
      this.#keep({});
      this.once = [];
      await this.#make('participant');
      this.code = (await calls.renewCode()).code;
      const ended = await Promise.allSettled(invites.map(({ id }) => calls.endInvite(id)));
      const all = ended.every(({ status }) => status === 'fulfilled');
      this.said = all ? speech.words.invite.renewed : '';
      this.failed = all ? '' : speech.words.invite.renewedPartly;
    });
  }

  async #make(role: Role): Promise<void> {
    const { link } = await this.#desk.calls.makeInvite(role);
    if (role === 'participant') this.#keep({ ...this.links, [role]: link });
    else {
      this.links = { ...this.links, [role]: link };
      this.once = [...this.once, role];
    }
  }

  /** The link that everybody gets stays on the device, so that the next time shows the same one. */
  #keep(links: Links): void {
    this.links = links;
    this.#desk.doorkey.links = links;
    keepDoorkey({ ...(doorkey(this.#desk.doorkey.room) ?? this.#desk.doorkey), links });
  }

  async #try(act: () => Promise<void>): Promise<void> {
    this.busy = true;
    this.said = this.failed = '';
    try {
      await act();
    } catch (error) {
      this.failed = (error instanceof Problem && error.message) || speech.words.invite.failed;
    }
    this.busy = false;
  }
}
