export const en = {
  since: (when: string) => `Since you were here (${when})`,
  late: 'What happened before you came',
  all: 'All changes',
  dismiss: 'Dismiss',
  more: (n: number) => `(${n} more)`,
};

export const nl: typeof en = {
  since: (when) => `Sinds je hier was (${when})`,
  late: 'Wat er gebeurde voor je kwam',
  all: 'Alle veranderingen',
  dismiss: 'Sluiten',
  more: (n) => `(nog ${n})`,
};
