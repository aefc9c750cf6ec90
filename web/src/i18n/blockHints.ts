/** What belongs in a block, for who has never filled in a canvas. */
export const en = {
  key_partners: 'Who helps you make it or bring it, and would be hard to do without?',
  key_activities: 'What you do yourselves to make the value real.',
  key_resources: 'What must you have: people, knowledge, machines, money, a name?',
  value_propositions: 'Why would customers want this? Which trouble goes away, what gets better?',
  customer_relationships: 'How do customers stay with you: by themselves, with your help, through each other?',
  channels: 'Where do customers hear of it, buy it and receive it?',
  customer_segments: 'For whom do you make it? Who uses it, and who decides to buy it?',
  cost_structure: 'What does all of this cost, and which costs weigh most?',
  revenue_streams: 'What do customers pay for, how much, and how often?',
};

export const nl: typeof en = {
  key_partners: 'Wie helpt je maken of brengen, en zou je moeilijk kunnen missen?',
  key_activities: 'Wat je zelf doet om de waarde waar te maken.',
  key_resources: 'Wat moet je hebben: mensen, kennis, machines, geld, een naam?',
  value_propositions: 'Waarom zouden klanten dit willen? Welk ongemak verdwijnt, wat wordt beter?',
  customer_relationships: 'Hoe blijven klanten bij je: vanzelf, met jullie hulp, door elkaar?',
  channels: 'Waar horen klanten ervan, kopen ze het en krijgen ze het?',
  customer_segments: 'Voor wie maak je het? Wie gebruikt het, en wie beslist over de koop?',
  cost_structure: 'Wat kost dit alles, en welke kosten wegen het zwaarst?',
  revenue_streams: 'Waar betalen klanten voor, hoeveel, en hoe vaak?',
};
