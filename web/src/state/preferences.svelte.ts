/** What one person likes, on this device; nobody else is touched by it. */
const CURSORS = 'kern.cursors';
const SOUND = 'kern.sound';

class Preferences {
  /** Whether the pointers of others are shown; unless chosen, not to who asks for less motion. */
  cursors: boolean = $state(chosen(CURSORS, !matchMedia('(prefers-reduced-motion: reduce)').matches));
  /** Whether the end of the time is heard too. */
  sound: boolean = $state(chosen(SOUND, false));

  showCursors(shown: boolean): void {
    this.cursors = shown;
    keep(CURSORS, shown);
  }

  playSound(played: boolean): void {
    this.sound = played;
    keep(SOUND, played);
  }
}

function chosen(name: string, otherwise: boolean): boolean {
  const stored = localStorage.getItem(name);
  return stored === null ? otherwise : stored === 'on';
}

function keep(name: string, on: boolean): void {
  localStorage.setItem(name, on ? 'on' : 'off');
}

export const preferences = new Preferences();
