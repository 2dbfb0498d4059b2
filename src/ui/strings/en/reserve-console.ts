/** A further console of a site for exams on paper, at the centre and at the site. */
export const reserveConsole = {
  'reserveConsole.title': 'Reserve authorisation stations',
  'reserveConsole.about':
    'A second computer of a site for exams on paper. It registers with a code of its own as that site, takes the same materials and keys, and goes on where the first one stopped. What both of them tell is one day of one site.',
  'reserveConsole.none': 'No site has a reserve authorisation station',
  'reserveConsole.noneTodo':
    'Choose the site and make a code. Register it before the day: keys and admissions that are made afterwards name it, too.',
  'reserveConsole.site': 'Site',
  'reserveConsole.open': 'Make a code …',
  'reserveConsole.openText':
    'With this code one more computer registers as site {code} ({name}). It can then take the materials and access keys of the site and open the release. The first computer stays registered.',
  'reserveConsole.madeBy': 'Made',
  'reserveConsole.remove': 'Remove …',
  'reserveConsole.removeText':
    'From then on the centre does not know this computer of site {code} any more: it gets nothing and hands nothing up. Keys that it has already it keeps.',
  'reserveConsole.removeProof': 'Type the site’s code {code} to confirm',
  'siteDay.atOther': 'admitted at the site’s other authorisation station',
  'siteDay.elsewhere': 'At the site’s other authorisation station',
  'siteDay.elsewhereStation': '{station}: journal is there',
  'siteDay.elsewhereMissing': '{station}: journal missing, take it here',
  'siteDay.elsewherePackages': 'Packages that it has sent: {packages}, confirmed: {confirmed}',
  'refusal.reserve-console-paper-only':
    'This computer is registered as the site’s reserve authorisation station, for exams on paper alone.|Use the site’s first computer, or have the centre make a new registration code for the site.',
  'refusal.reserve-console-is-first':
    'This computer is the site’s first authorisation station already.|Register another computer with this code.',
  'refusal.reserve-consoles-enough':
    'This site has {most} reserve authorisation stations already.|Remove one that is not used any more.',
  'refusal.no-such-reserve-console':
    'This reserve authorisation station is not listed any more.|Load the page again.',
} as const;
