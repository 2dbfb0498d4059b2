/** What comes from sites after an exam on paper: packages, journals, and what the gateways' folders say. */
export const refusalDayPackages = {
  'refusal.archive-of-another-site':
    'The archive is named after site {site}, and this is the folder of site {own}.|Sign in with the account of site {site}, or correct the name.',
  'refusal.archive-of-another-subject':
    'The archive is named after {found}, and this folder is for {expected}.|Send it into the folder of its subject and day, or correct the name.',
  'refusal.archive-name-not-by-rule':
    'Archives are named SITE_SUBJECT_DATE.zip, here {expected}; further ones end in _2.zip, _3.zip.|Rename the file and send it again.',
  'refusal.day-journal-not-whole':
    'The journal of the station is not whole ({what}, entry {seq}).|Load it from the station once more; do not open or change the file.',
  'refusal.day-journal-told-twice':
    'Station {number} has told its closing {closing} in another way before.|Let the station close its work once more and send that journal.',
  'refusal.day-package-differs':
    'Package {part} of room {room} is here already with other contents.|Let the scan station make a new package that replaces it.',
  'refusal.day-parcel-of-another-site':
    'The file comes from a station of site {site}.|Send it from that site, or let the centre take it in.',
  'refusal.event-not-of-site':
    'Site {site} takes no part in this exam: the register of forms does not name it.|Check the register of forms.',
  'refusal.gateway-folder-only-for-sites':
    'Only accounts of sites have folders here.|Ask the centre for the account of your site.',
  'refusal.gateway-no-such-file': 'There is no such file or folder.|Refresh the listing.',
  'refusal.gateway-no-uploads-here':
    'No files are taken in this folder.|Send them into the folder of the site below the folder of the subject.',
  'refusal.gateway-password-to-replace':
    'The password is known to somebody else and has to be replaced first.|Sign in at the centre’s page once and choose your own.',
  'refusal.gateway-sent-not-given-out':
    'A file that was sent is not given out again.|What is said of it stands in the file beside it that ends in .txt.',
  'refusal.no-packages-yet':
    'No package of this site has come yet, so there is nothing to say of any.|Wait for the first package.',
  'refusal.no-such-package': 'There is no such package.|Load the page again.',
  'refusal.not-a-day-parcel':
    'This is a {found}, and here packages of answers, journals of stations and statuses are taken.|Choose the right file.',
  'refusal.package-contents-unreadable':
    'The list of what the package holds cannot be read.|Let the station make the package again.',
  'refusal.package-counts-differ':
    'The package declares {declared} pages and holds {found}.|Let the scan station make the package again.',
  'refusal.package-not-confirmed':
    'The package is not opened yet, or was rejected.|Wait until it is confirmed.',
  'refusal.package-not-here':
    'The package is entered, and its file is not in the centre’s store.|Let the site send it again; see to the store.',
  'refusal.package-opening-failed':
    'The package could not be opened: {problem}.|It is tried again after the next start of the centre.',
  'refusal.package-part-too-large':
    'Part {part} of the package is larger than {limit:bytes}.|Look at the station that made it, and make the package again.',
  'refusal.package-parts-differ':
    'Part {part} of the package is missing, is too much, or is not what the station named.|Let the station make the package again.',
  'refusal.package-replaces-unknown':
    'The package says that it replaces {replaces}, which is of another site or exam.|Carry this site’s own files; if this is one, tell the centre.',
  'refusal.package-without-sheet':
    'Sheet {number}, side {side}, is not in this package.|Choose a sheet of the list.',
  'refusal.parcel-of-another-event':
    'The file belongs to the exam {event}, which this project does not have like that.|Check subject and date.',
  'refusal.recording-unreadable':
    'Recording {part} is no FLAC file.|Let the voice station make the package again.',
  'refusal.rescan-without-sheets':
    'It is not said which sheets are to be scanned again.|Choose at least one.',
} as const;
