export const en = {
  heading: 'Join the workshop',
  name: 'Your name',
  go: 'Join',
  again: (name: string) => `Go on as ${name}`,
  other: 'or join under another name',
  noInvite: 'This link is not complete. Ask for it once more.',
  wrong: 'This link does not lead into a room any more. Ask the facilitator for a new one.',
  failed: 'Joining did not work. Is the server there?',
};

export const nl: typeof en = {
  heading: 'Doe mee aan de workshop',
  name: 'Je naam',
  go: 'Meedoen',
  again: (name) => `Verder als ${name}`,
  other: 'of doe mee onder een andere naam',
  noInvite: 'Deze link is niet compleet. Vraag hem nog een keer.',
  wrong: 'Deze link geeft geen toegang meer tot een ruimte. Vraag de begeleider om een nieuwe.',
  failed: 'Meedoen lukte niet. Is de server er?',
};
