/** A site on the day of an exam on paper: what it does not take, and what its day still lacks. */
export const refusalSiteDay = {
  'refusal.no-such-event-here':
    'Nothing is known here of this exam on paper.|Fetch the list from the centre, or take its materials or key from a file first.',
  'refusal.wrong-event': 'The file names two different exams.|Ask the centre for it again.',
  'refusal.file-of-no-day':
    'This file ({found}) is none of an exam on paper.|Choose another one, or take it where such files are taken.',
  'refusal.no-materials-offered':
    'The centre has not prepared materials for this site yet.|Ask again later, or take them from a file.',
  'refusal.materials-under-way': 'The materials are being fetched already.|Wait until that is done.',
  'refusal.materials-not-here':
    'There are no materials of this exam at this site yet.|Fetch them from the centre or take them from a file.',
  'refusal.no-key-offered':
    'The centre has made no access key for this site yet.|Ask again later, or call the centre.',
  'refusal.key-not-released':
    'Access key {number} is not released yet.|Fetch the release, take it from a file, or type what the centre reads out.',
  'refusal.no-station-admitted':
    'No station is admitted yet: nobody could open the key.|Take the stations’ readiness files and admit them first.',
  'refusal.no-such-station': 'This station is not listed any more.|Load the list again.',
  'refusal.station-of-another-site':
    'The file comes from a station of site {site}.|Nothing was changed. Carry it to that site, or correct the site’s code at the station.',
  'refusal.station-has-another-key':
    'Station no. {number} is known here with another key.|If its computer was replaced, set it up in an empty data folder, and say at its admission which station it replaces.',
  'refusal.station-number-changed':
    'This station was admitted as no. {before} and now says no. {number}.|Set its number back, or set it up anew in an empty data folder.',
  'refusal.readiness-older': 'A newer readiness file of this station is here already.|Nothing was changed.',
  'refusal.station-changed-meanwhile':
    'The station has written another readiness file meanwhile.|Compare the figure again.',
  'refusal.station-number-taken':
    'Another station has no. {number} already.|If this one replaces it, say so at the admission; else give it another number.',
  'refusal.station-not-replaceable':
    'That station cannot be replaced by this one.|Choose a station of the same kind that is admitted and not replaced yet.',
  'refusal.station-is-no-reserve':
    'Station no. {number} is no reserve that could take a room.|Choose an admitted reserve station.',
  'refusal.station-is-admitted':
    'Station no. {number} is admitted: it stays on the list, and its journal is asked for.|Replace it instead.',
  'refusal.station-not-known':
    'No such station (no. {number}) is admitted here.|Take its readiness file and admit it, then take this file again.',
  'refusal.station-checks-bad':
    'The station says that these checks went wrong: {checks}.|Have them looked at before the exam, or admit it all the same.',
  'refusal.station-admitted-without-region':
    'It was admitted before the materials said the region: its journals would be named without it.|Write its admission to a stick again.',
  'refusal.journal-of-another-day':
    'The journal is of {date}; the exam is on {expected}.|Take the journal of this exam’s day.',
  'refusal.journal-told-twice':
    'Closing {closing} of station no. {number} is here already, and this file does not say more.|Nothing was changed. If they differ, have the station make its journal once more.',
  'refusal.station-journal-not-whole':
    'The journal is not whole ({what}, entry {seq}).|Have the station make it once more. If that does not help, call the centre: what the station did cannot be proved.',
  'refusal.package-differs':
    'A package with the same name and other contents came before; the first is kept.|Have the station make a new package that replaces it.',
  'refusal.no-words-here': 'The centre has said nothing of packages yet.|Ask the centre first.',
  'refusal.nothing-to-send':
    'There is no package that waits to be sent.|Take packages from the scan or voice stations’ sticks first.',
  'refusal.nothing-told-yet':
    'No status was told and no journal is here yet: there is nothing for the centre.|Take journals, or tell a status first.',
  'refusal.stage-is-derived': 'This stage follows from what lies here.|It cannot be said by hand.',
  'refusal.packages-not-at-centre':
    'The centre has not confirmed these packages of an exam on paper: {packages}.|Send them and wait for «confirmed». This may be the only copy.',
  'refusal.earlier-status-missing': 'First: «{status}».',
  'refusal.no-stations': 'No station is listed.|Take the stations’ readiness files.',
  'refusal.stations-not-ready': 'Not admitted yet: {stations}.|Admit or remove them.',
  'refusal.journals-missing':
    'Journals that are missing: {stations}.|Take them from the stations’ sticks, or give a reason.',
  'refusal.scan-journals-missing':
    'Journals of scan stations that are missing: {stations}.|Take them from their sticks, or give a reason.',
  'refusal.packages-missing':
    'No package is here.|Take packages from the scan stations’ sticks and send them.',
  'refusal.packages-not-confirmed':
    'Not confirmed by the centre, or to be scanned again: {packages}.|Wait for «confirmed»; scan again what is named.',
} as const;
