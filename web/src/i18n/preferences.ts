export const en = {
  heading: 'Preferences',
  only: 'For you, on this device.',
  cursors: 'Share pointers',
  cursorsHint: 'On a large screen you see where others point, and they see where you do.',
  sound: 'A sound when the time is up',
};

export const nl: typeof en = {
  heading: 'Voorkeuren',
  only: 'Voor jou, op dit apparaat.',
  cursors: 'Aanwijzers delen',
  cursorsHint: 'Op een groot scherm zie je waar anderen wijzen, en zij waar jij wijst.',
  sound: 'Een geluid als de tijd om is',
};
