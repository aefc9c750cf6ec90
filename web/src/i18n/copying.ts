export const en = {
  menu: 'Use this room as a new start…',
  headingOf: (title: string) => `A new room that starts from “${title}”`,
  means: 'Its texts come along: goal, canvas, activities and steps. People don’t: you invite them anew, and the two rooms go their own ways.',
  title: 'Title of the new room',
  suggested: (title: string) => `${title}, next round`,
  go: 'Make the new room',
  failed: 'The new room could not be made. Is the server there?',
  from: (title: string) => `New start from ${title}`,
  short: 'New start',
};

export const nl: typeof en = {
  menu: 'Begin opnieuw met deze ruimte…',
  headingOf: (title) => `Een nieuwe ruimte die begint met ‘${title}’`,
  means: 'De teksten gaan mee: doel, canvas, activiteiten en stappen. De mensen niet: die nodig je opnieuw uit, en de twee ruimtes gaan elk hun eigen weg.',
  title: 'Titel van de nieuwe ruimte',
  suggested: (title) => `${title}, volgende ronde`,
  go: 'Nieuwe ruimte maken',
  failed: 'De nieuwe ruimte kon niet gemaakt worden. Is de server er?',
  from: (title) => `Nieuw begin met ${title}`,
  short: 'Nieuw begin',
};
