/** The nine blocks of the Business Model Canvas, by the names that everybody knows. */
export const en = {
  key_partners: 'Key partners',
  key_activities: 'Key activities',
  key_resources: 'Key resources',
  value_propositions: 'Value propositions',
  customer_relationships: 'Customer relationships',
  channels: 'Channels',
  customer_segments: 'Customer segments',
  cost_structure: 'Cost structure',
  revenue_streams: 'Revenue streams',
};

export const nl: typeof en = {
  key_partners: 'Kernpartners',
  key_activities: 'Kernactiviteiten',
  key_resources: 'Kernmiddelen',
  value_propositions: 'Waardeproposities',
  customer_relationships: 'Klantrelaties',
  channels: 'Kanalen',
  customer_segments: 'Klantsegmenten',
  cost_structure: 'Kostenstructuur',
  revenue_streams: 'Inkomstenstromen',
};
