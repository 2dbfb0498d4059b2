export const siteSystem = {
  'siteSystem.goes': 'Deleted on this computer',
  'siteSystem.goesRooms': 'Packages and papers of the rooms',
  'siteSystem.goesRegistrations': 'Registrations of rooms',
  'siteSystem.goesAuthorisations': 'Authorisations',
  'siteSystem.goesResults': 'Collected results',
  'siteSystem.initialise': 'Initialise the site',
  'siteSystem.initialiseAbout':
    'Brings this computer back to its first start: another site code, or everything from the beginning. In a formal exam only before the first sign-in of a candidate, and again when the centre has confirmed everything.',
  'siteSystem.initialiseDo': 'Initialise the site …',
  'siteSystem.initialiseSubmit': 'Initialise the site',
  'siteSystem.initialised': 'The site is initialised.',
  'siteSystem.initialiseText':
    'This cannot be undone. The rooms lose their connection at once and have to register again with new codes; what is in them stays in them. Accounts and passwords stay, and so does the journal: it proves what happened.',
  'siteSystem.keepRegistration':
    'Keep site code, exam lock and the registration at the centre; otherwise they have to be entered again',
  'siteSystem.setUpAgain': 'Set this site up again',
  'siteSystem.setUpAgainText':
    'This site was initialised. Fill in what the centre gave you; accounts and passwords are as before.',
  'siteSystem.toFormal': 'From mock exam to formal exam',
  'siteSystem.toFormalAbout':
    'After the mock exam: site code, passwords, exam lock and registered rooms stay. What came of the mock exam goes into an archive in the data folder. There is no way back to a mock exam but initialising.',
  'siteSystem.toFormalDo': 'Go to the formal exam …',
  'siteSystem.toFormalSubmit': 'Go to the formal exam',
  'siteSystem.turnedFormal': 'This site is for the formal exam now. Load it in step 1.',
  'siteSystem.toFormalText':
    'Results and records are archived first. This cannot be undone. Each room shows that the site is formal now; it follows when it is initialised in its own System page, or at once where nothing is loaded.',
  'siteSystem.formalCode':
    'The formal exam is another project of the centre: it gives this site a code of its own. Without it the site registers later, above on this page.',
  'siteSystem.alreadyAdmitted':
    'The centre has admitted this site to the formal exam already; no code is needed.',
  'siteSystem.archives': 'Archived mock exams',
  'siteSystem.archivedAt': 'Archived',
  'siteSystem.size': 'Size',
  'siteSystem.folder': 'Folder',
  'siteSystem.close': 'Close the program',
  'siteSystem.closeAbout':
    'Rooms need this program to be authorised and to report. While something of a formal exam is unreported, it does not end by itself or by Ctrl-C: only here, or by “invigil site stop” with the site code.',
  'siteSystem.closeDo': 'Close the program …',
  'siteSystem.closeSubmit': 'Close the program',
  'siteSystem.closeText':
    'The program ends, and this console with it. Rooms cannot load, be authorised or report until it is started again. Everything that was kept stays kept.',
  'siteSystem.closeUnreported':
    'Not everything is reported. The program ends all the same, and rooms cannot be authorised or report until it is started again. Everything that was kept stays kept; your name and what is unreported go into the journal.',
  'siteSystem.closed': 'The program is ending. Start it again where it was started.',
  'refusal.other-site-code': 'This is not the code of this site.',
  'refusal.results-not-reported':
    'Collected results have no receipt of the centre yet, room (session): {results}.|Report them and wait for the receipts, or import them.',
  'refusal.rooms-in-use':
    'Candidates have signed in, and the centre has not confirmed the results, room (session): {rooms}.|Collect and report them, and wait for the receipts.',
  'refusal.initialise-unfinished':
    'Initialising was interrupted, and no room is admitted until it is done.|System → Initialise the site.',
  'refusal.site-was-initialised':
    'The site was initialised and no longer knows this room.|Ask the site for a new registration code when it has loaded the exam; what is kept here stays.',
  'refusal.site-is-formal-now':
    'The site is for the formal exam now; this room still holds the mock exam.|System → Initialise the room, keeping the registration; then load the exam.',
  'refusal.site-is-formal':
    'This site is for a formal exam already.|Back to a mock exam leads only initialising.',
  'refusal.mock-running': 'The mock exam is running in these rooms: {rooms}.|End it there first.',
  'refusal.room-reported-meanwhile':
    'A room reported while the archive was being written.|Do it again: then its result is in the archive, too.',
  'refusal.site-of-a-room': 'This site runs inside its room and ends with it.',
  'refusal.close-refused':
    'At {at:clock} the program was told to end, and went on: not everything is reported.|System → Close the program shows what, and closes it all the same.',
} as const;
