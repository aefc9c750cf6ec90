export const en = {
  heading: 'Value propositions',
  why: 'Why would customers want this?',
  first: 'Begin with the value: write down why customers would want it. The activities follow from there.',
  add: 'Add a value proposition',
  placeholder: 'A value for the customer…',
  text: 'Value proposition',
  removeThis: (text: string) => `Remove ${text}`,
  none: 'None yet.',
  show: 'Show goal and value',
  hide: 'Fold goal and value',
  more: (n: number) => `and ${n} more`,
};

export const nl: typeof en = {
  heading: 'Waardeproposities',
  why: 'Waarom zouden klanten dit willen?',
  first: 'Begin bij de waarde: schrijf op waarom klanten het zouden willen. De activiteiten volgen daaruit.',
  add: 'Waardepropositie toevoegen',
  placeholder: 'Een waarde voor de klant…',
  text: 'Waardepropositie',
  removeThis: (text) => `${text} verwijderen`,
  none: 'Nog geen.',
  show: 'Doel en waarde tonen',
  hide: 'Doel en waarde inklappen',
  more: (n) => `en nog ${n}`,
};
