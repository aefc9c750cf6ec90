/** What happened to a card or a note, in a word. */
export const en = {
  added: 'new',
  retired: 'put away',
  restored: 'brought back',
  combined: 'combined',
  reworded: 'reworded',
  moved: 'moved',
  placed: 'another step',
  judged: 'judged',
  linked: 'linked',
  unlinked: 'link removed',
  commented: 'comment',
};

export const nl: typeof en = {
  added: 'nieuw',
  retired: 'weggelegd',
  restored: 'teruggehaald',
  combined: 'samengevoegd',
  reworded: 'anders verwoord',
  moved: 'verplaatst',
  placed: 'andere stap',
  judged: 'beoordeeld',
  linked: 'gekoppeld',
  unlinked: 'koppeling weg',
  commented: 'opmerking',
};
