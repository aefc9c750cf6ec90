export const en = {
  heading: 'Steps of the innovation process',
  name: (n: number) => `Step ${n}`,
  add: 'Add a step',
  remove: (name: string) => `Remove ${name}`,
  current: 'Current step',
  none: 'No step in particular',
};

export const nl: typeof en = {
  heading: 'Stappen van het innovatieproces',
  name: (n) => `Stap ${n}`,
  add: 'Stap toevoegen',
  remove: (name) => `${name} verwijderen`,
  current: 'Huidige stap',
  none: 'Geen stap in het bijzonder',
};
