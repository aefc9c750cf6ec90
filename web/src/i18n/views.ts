export const en = {
  heading: 'Views',
  activities: 'Activities',
  canvas: 'Canvas',
  judging: 'Judging',
  replay: 'Looking back',
  lookBack: 'Look back',
  lookBackCard: 'Look back at this card',
  replayAll: 'Replay what happened',
  compareTwo: 'Compare two moments',
  compare: 'Comparing',
  history: 'History',
  wholeLife: 'All changes of this card',
};

export const nl: typeof en = {
  heading: 'Weergaven',
  activities: 'Activiteiten',
  canvas: 'Canvas',
  judging: 'Beoordelen',
  replay: 'Terugkijken',
  lookBack: 'Kijk terug',
  lookBackCard: 'Kijk terug naar deze kaart',
  replayAll: 'Afspelen wat er gebeurde',
  compareTwo: 'Twee momenten vergelijken',
  compare: 'Vergelijken',
  history: 'Geschiedenis',
  wholeLife: 'Alle veranderingen van deze kaart',
};
