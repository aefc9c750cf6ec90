/** Where in Kern one is; the addresses are those of the links that people share. */
export type Route = { view: 'start' } | { view: 'join'; room: string; invite: string } | { view: 'room'; room: string };

export function parse(path: string, hash: string): Route {
  const [, view, id = ''] = path.split('/');
  const room = decodeURIComponent(id);
  if (view === 'join' && room) return { view, room, invite: decodeURIComponent(hash.slice(1)) };
  if (view === 'room' && room) return { view, room };
  return { view: 'start' };
}

class Router {
  route: Route = $state.raw(parse(location.pathname, location.hash));

  constructor() {
    addEventListener('popstate', () => this.#look());
    addEventListener('hashchange', () => this.#look());
  }

  go(path: string): void {
    history.pushState(null, '', path);
    this.#look();
    scrollTo(0, 0);
  }

  #look(): void {
    this.route = parse(location.pathname, location.hash);
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
