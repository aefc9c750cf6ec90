/** Hosts that mean the machine one sits at, and no other. */
const OWN = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Whether only this machine itself finds an address with such a host. */
export function onlyHere(hostname: string): boolean {
  return OWN.test(hostname);
}
