export const en = {
  production: 'Making it and delivering it: developing the product, producing, getting it to the customer.',
  problem_solving: 'Taking away one particular problem, for the customer or for yourselves.',
  platform_network: 'Keeping the place where people meet your product running and worth coming to.',
  unsorted: 'Not sure where it belongs? Put it here first.',
};

export const nl: typeof en = {
  production: 'Maken en leveren: het product ontwikkelen, produceren, het bij de klant krijgen.',
  problem_solving: 'Eén bepaald probleem wegnemen, van de klant of van jullie zelf.',
  platform_network: 'De plek waar mensen je product tegenkomen draaiend en de moeite waard houden.',
  unsorted: 'Weet je nog niet waar het hoort? Zet het eerst hier.',
};
