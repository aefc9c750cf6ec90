export const en = {
  following: (name: string) => `Following ${name}`,
  stop: 'Stop',
  stopped: (name: string) => `You no longer follow ${name}.`,
  left: (name: string) => `${name} has left; you stay where you are.`,
  asks: (name: string, where: string) => `${name} asks you to come to: ${where}`,
  card: (view: string, title: string) => `${view}, “${title}”`,
  go: 'Go',
  notNow: 'Not now',
  imDone: 'I’m done',
  done: (n: number, all: number) => `${n} of ${all} done`,
  allDone: 'Everyone is done',
};

export const nl: typeof en = {
  following: (name) => `Je volgt ${name}`,
  stop: 'Stoppen',
  stopped: (name) => `Je volgt ${name} niet meer.`,
  left: (name) => `${name} is weg; je blijft waar je bent.`,
  asks: (name, where) => `${name} vraagt je te komen naar: ${where}`,
  card: (view, title) => `${view}, ‘${title}’`,
  go: 'Ga mee',
  notNow: 'Nu niet',
  imDone: 'Ik ben klaar',
  done: (n, all) => `${n} van ${all} klaar`,
  allDone: 'Iedereen is klaar',
};
