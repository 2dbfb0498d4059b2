export const remoteControl = {
  'remote.title': 'Seats’ computers',
  'remote.about':
    'What is ordered here is for the chosen seats, or for all when none is chosen. A seat that does not take an order within a minute does not carry it out later.',
  'remote.screen': 'Candidate’s screen',
  'remote.screens': 'Candidates’ screens',
  'remote.toolbar': 'Candidates’ screens',
  'remote.toolbarMissing': 'Candidates’ screens: {count} missing',
  'remote.allShown': 'The candidate’s screen is shown at all {count} seats.',
  'remote.missing':
    'At {count} of {all} seats the candidate’s screen is not shown. Open it as often as needed.',
  'remote.order': 'Last order',
  'remote.now': 'In use',
  'remote.isAtWork': 'Somebody is at work',
  'remote.isFree': 'Free',
  'remote.pending': '{count} changes only here',
  'remote.newest': '{action}, {at}.',
  'remote.notDone': '{count} not done: the list says why.',
  'remote.progress': 'Progress of the last order',
  'remote.outcome': '{action} {at}: {state}.',
  'remote.seats': 'Seats: {seats}',
  'remote.atWork': 'Candidates are at work at these seats: {seats}',
  'remote.reason': 'Why all the same',
  'remote.reasonHint': 'Goes into the journal with your name.',
  'remote.password': 'Your password',
  'remote.screen.shown': 'Shown',
  'remote.screen.elsewhere': 'Shown in another browser',
  'remote.screen.starting': 'Starting',
  'remote.screen.closed': 'Not started',
  'remote.screen.failed': 'Does not start',
  'remote.screen.unknown': 'Seat not connected',
  'remote.action.open-screen': 'Open screen',
  'remote.action.close-screen': 'Close screen',
  'remote.action.restart': 'Restart computer',
  'remote.action.shut-down': 'Shut computer down',
  'remote.action.initialise': 'Initialise seat',
  'remote.action.uninstall': 'Initialise and uninstall',
  'remote.do.open-screen': 'Open screens ({count})',
  'remote.do.close-screen': 'Close screens ({count})',
  'remote.do.restart': 'Restart ({count})',
  'remote.do.shut-down': 'Shut down ({count})',
  'remote.do.initialise': 'Initialise ({count})',
  'remote.do.uninstall': 'Initialise and uninstall ({count})',
  'remote.state.waiting': 'on its way',
  'remote.state.under-way': 'under way',
  'remote.state.done': 'done',
  'remote.state.failed': 'not done',
  'remote.state.not-reached': 'not reached',
  'remote.text.close-screen':
    'The candidate’s screen closes and stays closed until it is opened from here. Answers that were kept stay kept.',
  'remote.text.restart':
    'The computers restart at once; open programs there are closed without being asked. A seat is back when its program has started with the computer or by hand. A seat of a formal exam that holds answers which the room does not have is left alone.',
  'remote.text.shut-down':
    'The computers switch off at once and have to be switched on by hand. A seat of a formal exam that holds answers which the room does not have is left alone.',
  'remote.text.initialise':
    'The candidates’ answers, files, papers and exported packages on these computers are deleted, and their screens close; this cannot be undone. The seats stay in this room with their numbers. A seat that holds answers which the room does not have is left alone.',
  'remote.text.uninstall':
    'The candidates’ answers, files, papers and exported packages on these computers are deleted, and their screens close; this cannot be undone. Then the seat’s program removes itself: it does not start any more, and these computers can sit no exam until it is installed again. Their keys and journals stay in their data folders, as proof. A seat that holds answers which the room does not have, or whose account may not remove it, is left alone.',
  'remote.room.title': 'Initialise the room',
  'remote.room.about':
    'Brings this computer back to where no exam is loaded. In a formal exam only before the first sign-in, and again after the receipt.',
  'remote.room.do': 'Initialise the room …',
  'remote.room.done': 'The room is initialised.',
  'remote.room.text':
    'The exam that is loaded, its authorisation, papers, candidates’ answers, files and results are deleted on this computer; this cannot be undone. Accounts and passwords stay, and so does the journal: it proves what happened, without the answers. The seats keep what is on them: initialise them first.',
  'remote.room.keepSettings': 'Keep settings and registration',
  'remote.room.keepSeats': 'Keep seats and their numbers; otherwise each has to be paired again',
  'refusal.other-room-code': 'This is not the code of this room.',
  'refusal.seats-hold-answers':
    'These seats hold answers that the room does not have: {seats}.|Wait until they have arrived, or import their answer packages, and report again.',
  'refusal.session-erased':
    'The answers of this session were deleted here after its receipt.|The centre has its result.',
  'refusal.no-seats-chosen': 'There is no seat that this would be for.',
  'refusal.no-such-order': 'The room has given no such order.',
  'refusal.seat-order-under-way':
    'A seat is still carrying out an order.|Wait until the list says how it ended.',
  'refusal.seat-at-work': 'Somebody is at work at this seat.|Write down why it has to be all the same.',
  'refusal.seat-at-work-now': 'Somebody is at work at this seat.',
  'refusal.answers-only-at-seat':
    'This seat holds {count} changes that the room does not have.|Wait until they have arrived, or import its answer package.',
  'refusal.work-folder-held':
    'Another program holds {file} in {folder}.|Close it at this seat, then initialise again.',
  'refusal.receipt-missing':
    'The centre has not confirmed the results of these sessions yet: {sessions}.|Report them and wait for the receipt, or import it.',
  'refusal.seat-did-not-take-it':
    'The seat did not take the order within a minute.|See whether it is switched on and connected.',
  'refusal.seat-did-not-come-back':
    'The seat began and has not said how it ended.|See what its screen shows.',
  'refusal.order-interrupted': 'The seat’s program ended before this was done.|Order it again.',
  'refusal.computer-does-not-obey':
    'The operating system refused: {problem}|Run the seat’s program as a user who may do this.',
  'refusal.no-browser-found':
    'No Chromium, Chrome or Edge was found.|Install one, or name it with --browser.',
  'refusal.browser-does-not-start':
    '{program} does not start: {problem}|Check the program named with --browser.',
  'refusal.browser-ends-at-once':
    '{program} ends at once: {problem}|Start the seat’s program in the session of the user who sits at the screen.',
  'refusal.seat-not-installed':
    'The seat’s program is not installed on that computer: somebody has started it.|Initialise it, end the program there and delete its folder.',
  'refusal.uninstall-needs-administrator':
    'The seat was installed for the whole computer, and its account may not remove it.|Initialise it, and remove it there as an administrator: the installer with --uninstall, or the settings of Windows.',
} as const;
