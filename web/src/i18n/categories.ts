export const en = {
  production: 'Production',
  problem_solving: 'Problem solving',
  platform_network: 'Platform and network',
  unsorted: 'Unsorted',
};

export const nl: typeof en = {
  production: 'Productie',
  problem_solving: 'Probleemoplossing',
  platform_network: 'Platform en netwerk',
  unsorted: 'Ongesorteerd',
};
