export const en = { facilitator: 'facilitator', participant: 'participant', observer: 'observer' };

export const nl: typeof en = { facilitator: 'begeleider', participant: 'deelnemer', observer: 'toeschouwer' };
