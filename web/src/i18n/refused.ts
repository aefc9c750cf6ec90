export const en = {
  heading: 'Not saved',
  text: 'Your text',
  again: 'Try again',
  copy: 'Copy',
  dismiss: 'Discard',
  tooLarge: 'This is too long to send. Shorten it.',
};

export const nl: typeof en = {
  heading: 'Niet bewaard',
  text: 'Je tekst',
  again: 'Opnieuw proberen',
  copy: 'Kopiëren',
  dismiss: 'Weggooien',
  tooLarge: 'Dit is te lang om te versturen. Maak het korter.',
};
