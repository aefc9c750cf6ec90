export const en = { choose: 'Colours', auto: 'As the device', light: 'Light', dark: 'Dark' };

export const nl: typeof en = { choose: 'Kleuren', auto: 'Zoals het apparaat', light: 'Licht', dark: 'Donker' };
