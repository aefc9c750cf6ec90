export const en = { heading: 'Activities put away', none: 'Nothing was put away.', because: 'Because:', noReason: 'No reason was given.', into: (title: string) => `Combined into ${title}.`, another: 'another activity' };

export const nl: typeof en = { heading: 'Weggelegde activiteiten', none: 'Er is niets weggelegd.', because: 'Want:', noReason: 'Er is geen reden gegeven.', into: (title) => `Opgegaan in ${title}.`, another: 'een andere activiteit' };
