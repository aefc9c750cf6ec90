export const en = { name: 'English', choose: 'Language' };

export const nl: typeof en = { name: 'Nederlands', choose: 'Taal' };
