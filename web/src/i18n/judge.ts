export const en = {
  legend: 'Does it add value?',
  none: 'Not judged',
  must_do: 'Must do',
  not_now: 'Not now',
  reason: 'Reason',
  reasonHint: 'Why is that so?',
};

export const nl: typeof en = {
  legend: 'Voegt het waarde toe?',
  none: 'Niet beoordeeld',
  must_do: 'Moet ik doen',
  not_now: 'Nu niet',
  reason: 'Reden',
  reasonHint: 'Waarom is dat zo?',
};
