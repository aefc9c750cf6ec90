export const en = { unjudged: 'To judge', must_do: 'Must do', not_now: 'Not relevant now' };

export const nl: typeof en = { unjudged: 'Te beoordelen', must_do: 'Moet ik doen', not_now: 'Nu niet relevant' };
