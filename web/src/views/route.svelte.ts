import { addressOf, decoded, type Placed, placeOf, type View } from './places';

export * from './places';

/** Where in Kern one is; the addresses are those of the links that people share. */
export type Route =
  | { view: 'start' }
  /** Without a room, by a code that one types. */
  | { view: 'join'; room: string; invite: string }
  | { view: 'room'; room: string }
  /** For auditors: whether an exported log was altered. */
  | { view: 'verify' };

export function parse(path: string, hash: string): Route {
  const [, view, id = ''] = path.split('/');
  const room = decoded(id);
  if (view === 'join') return { view, room, invite: decoded(hash.slice(1)) };
  if (view === 'room' && room) return { view, room };
  return { view: view === 'verify' ? 'verify' : 'start' };
}

class Router {
  route: Route = $state.raw(parse(location.pathname, location.hash));
  place: Placed = $state.raw(placeOf(location.hash));

  constructor() {
    addEventListener('popstate', () => this.#look());
    addEventListener('hashchange', () => this.#look());
  }

  go(path: string): void {
    history.pushState(null, '', path);
    this.#look();
    scrollTo(0, 0);
  }

  /** Another view of the same room; a card's sheet is closed by it. */
  show(view: View): void {
    if (view !== this.place.view || this.place.card !== null) this.#put({ view, card: null });
  }

  openCard(card: string | null): void {
    if (card !== this.place.card) this.#put({ ...this.place, card });
  }

  /** Another moment in the place of the one that the address names: Back leads out of the past, not through it. */
  settle(place: Placed): void {
    if (addressOf(place) === addressOf(this.place)) return;
    history.replaceState(null, '', addressOf(place));
    this.#look();
  }

  /** To where somebody else is, or asks one to come. */
  visit(place: Placed): void {
    if (addressOf(place) !== addressOf(this.place)) this.#put(place);
  }

  #put(place: Placed): void {
    history.pushState(null, '', addressOf(place));
    this.#look();
  }

  #look(): void {
    this.route = parse(location.pathname, location.hash);
    this.place = placeOf(location.hash);
  }
}

export const router = new Router();

/** For links within Kern: goes there without loading the page anew. */
export function within(event: MouseEvent): void {
  const link = event.currentTarget as HTMLAnchorElement;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  router.go(link.pathname);
}
