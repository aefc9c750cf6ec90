export const en = {
  heading: 'Invite people',
  participant: 'To take part',
  observer: 'To watch only',
  facilitator: 'To lead with you',
  copy: 'Copy',
  copied: 'Copied',
  missing: 'These links are on the device that opened the room.',
};

export const nl: typeof en = {
  heading: 'Mensen uitnodigen',
  participant: 'Om mee te doen',
  observer: 'Alleen om te kijken',
  facilitator: 'Om mee te begeleiden',
  copy: 'Kopiëren',
  copied: 'Gekopieerd',
  missing: 'Deze links staan op het apparaat dat de ruimte opende.',
};
