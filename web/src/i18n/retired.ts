export const en = { heading: 'Retired activities', none: 'Nothing was retired.', because: 'Because:', noReason: 'No reason was given.', into: (title: string) => `Combined into ${title}.`, another: 'another activity' };

export const nl: typeof en = { heading: 'Geschrapte activiteiten', none: 'Er is niets geschrapt.', because: 'Want:', noReason: 'Er is geen reden gegeven.', into: (title) => `Opgegaan in ${title}.`, another: 'een andere activiteit' };
