export const en = {
  heading: 'Views',
  activities: 'Activities',
  canvas: 'Canvas',
  judging: 'Judging',
};

export const nl: typeof en = {
  heading: 'Weergaven',
  activities: 'Activiteiten',
  canvas: 'Canvas',
  judging: 'Beoordelen',
};
