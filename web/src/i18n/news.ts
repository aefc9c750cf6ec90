export const en = {
  added: (n: number) => (n === 1 ? '1 activity added' : `${n} activities added`),
  judged: (n: number) => `${n} judged`,
  moved: (n: number) => `${n} moved`,
  retired: (n: number) => `${n} put away`,
  other: (n: number) => (n === 1 ? '1 other change' : `${n} other changes`),
  by: (names: string, what: string) => `${names}: ${what}.`,
  moveDone: (title: string, place: string) => `${title}: moved to ${place}.`,
  orderDone: (title: string, where: string) => `${title}: ${where.toLowerCase()}.`,
  judgeDone: (title: string, judgement: string) => `${title}: ${judgement}.`,
};

export const nl: typeof en = {
  added: (n) => (n === 1 ? '1 activiteit erbij' : `${n} activiteiten erbij`),
  judged: (n) => `${n} beoordeeld`,
  moved: (n) => `${n} verplaatst`,
  retired: (n) => `${n} weggelegd`,
  other: (n) => (n === 1 ? '1 andere wijziging' : `${n} andere wijzigingen`),
  by: (names, what) => `${names}: ${what}.`,
  moveDone: (title, place) => `${title}: verplaatst naar ${place}.`,
  orderDone: (title, where) => `${title}: ${where.toLowerCase()}.`,
  judgeDone: (title, judgement) => `${title}: ${judgement}.`,
};
