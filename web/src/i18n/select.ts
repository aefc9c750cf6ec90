export const en = {
  heading: 'Selected activities',
  select: 'Select',
  selected: (n: number) => `${n} selected`,
  combine: 'Combine',
  move: 'Move',
  moveAll: (n: number) => `Move ${n} selected`,
  judge: 'Judge',
  judgeAll: (n: number) => `Judge ${n} selected`,
  retired: (n: number) => `${n} put away.`,
  keep: 'Keep',
  clear: 'Clear selection',
};

export const nl: typeof en = {
  heading: 'Geselecteerde activiteiten',
  select: 'Selecteren',
  selected: (n) => `${n} geselecteerd`,
  combine: 'Samenvoegen',
  move: 'Verplaatsen',
  moveAll: (n) => `${n} geselecteerde verplaatsen`,
  judge: 'Beoordelen',
  judgeAll: (n) => `${n} geselecteerde beoordelen`,
  retired: (n) => `${n} weggelegd.`,
  keep: 'Houden',
  clear: 'Niets selecteren',
};
