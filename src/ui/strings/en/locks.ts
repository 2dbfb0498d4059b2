/** Exam locks: one of a site and its reserves, at the centre and at the site. */
export const locks = {
  'lock.title': 'Exam locks',
  'lock.about':
    'A site works with one lock and may have any number of reserves. What is prepared for it opens with each of them, until one is revoked.',
  'lock.serial': 'Lock',
  'lock.state.active': 'In use',
  'lock.state.reserve': 'Reserve',
  'lock.state.revoked': 'Revoked',
  'lock.kind.key-file': 'key file',
  'lock.kind.pkcs11': 'token',
  'lock.registeredAt': 'Registered',
  'lock.seenAt': 'Last seen at the site',
  'lock.calibrations': 'Calibrated',
  'lock.calibration': 'Session {number}: {at:time}',
  'lock.note': 'Note',
  'lock.noteHint': 'Where it is kept, who has it',
  'lock.noteOf': 'Note on lock {serial}',
  'lock.noteSave': 'Save',
  'lock.noteEdit': 'Note …',
  'lock.none': 'No exam locks yet',
  'lock.noneTodo':
    'A lock comes with its site, or beforehand: make a code for it, and register it on any computer with the lock helper.',
  'lock.noneOfSite': 'none yet',
  'lock.code': 'Code for a lock:',
  'lock.codeUntil': 'until {at:time}, once',
  'lock.newCode': 'New lock code …',
  'lock.newCodeText':
    'With this code the lock helper registers a lock for {name} ({code}): its first one, or a reserve. It is good once and for seven days; an earlier one counts no more.',
  'lock.revoke': 'Revoke …',
  'lock.revokeText':
    'From now on the centre and {name} refuse this lock, for good. What was prepared for it and not released yet is prepared again with another secret, so that nobody opens it with this lock. What was released already cannot be called back.',
  'lock.revokeLast': 'It is the only lock of this site: without another one nothing can be prepared for it.',
  'lock.revokeReason': 'Reason',
  'lock.revokeReasonHint': 'The site reads it',
  'lock.revokeProof': 'Type the number of the lock {serial} to confirm',
  'lock.isRevoked':
    'The lock is revoked. To be prepared again: {again}. Released before, cannot be called back: {released}.',
  'lock.revokedBy': '{at:time}, {by}: {reason}',
  'authorisation.again': 'To be prepared again',
  'centre.now.prepareAgain':
    'A lock was revoked: prepare the authorisation of {name} again for its sites, and have them fetch it.',
  'refusal.lock-revoked':
    'The centre has revoked the exam lock {serial} on {at:time}: {reason}.|Take a reserve (System, Exam locks), or call the centre.',
  'refusal.lock-not-registered':
    'The exam lock {serial} is not registered for this site.|Register it with a code from the centre, or take another one.',
  'refusal.lock-code-not-open':
    'This code is open for no lock: mistyped, used, or expired.|Compare it; otherwise ask the centre for a new one.',
  'refusal.no-such-lock': 'This site has no lock {serial} that could be revoked.|Load the page again.',
  'refusal.prepared-for-revoked-lock':
    'Prepared for a lock that was revoked since ({locks}).|Prepare the session’s authorisations again; the site then fetches its own anew.',
  'refusal.released-to-revoked-lock':
    'Released before the lock was revoked ({locks}): this cannot be called back.|Whoever has the file and that lock with its PIN can open this session’s paper.',
  'refusal.not-for-reserve':
    'Registered since, and does not open it yet: {locks}.|Prepare the session’s authorisations once more; files that sites have already stay good.',
  'refusal.site-without-lock':
    'The site has no lock that is not revoked.|Make a code for a lock and have one registered.',
  'refusal.choose-the-reserve': 'Plug a reserve in and choose it: System, Exam locks.',
  'refusal.insert-the-lock-or-choose':
    'Plug the exam lock in. If it is broken or lost: System, Exam locks, take a reserve.',
  'refusal.ask-for-a-lock': 'Call the centre: it makes a code with which another lock is registered.',
  'refusal.token-library-not-offered':
    'The library {path} is not loaded once the site is set up.|Install the maker’s program, which puts it where it belongs.',
  'site.locksAbout':
    'What is sealed for this site opens with each of its locks. If the one in use is broken or lost, plug a reserve in and choose it here.',
  'site.locksUnknown': 'The centre has not said yet which locks this site has.',
  'site.lockChoose': 'Take another lock …',
  'site.lockChooseText':
    'From then on this site works with the other lock. It has to be one of the site’s own; the PIN proves that it opens.',
  'site.lockTake': 'Take this lock',
  'site.lockTaken': 'The site works with this lock now.',
  'site.lockOnDrives': 'Locks on the drives that are plugged in',
  'site.lockFoundUnknown': 'not registered for this site',
  'site.carriedAt': 'Calibrated {at:time}',
  'site.now.carried':
    '{name}: calibrated {at:time}, the lock has brought the release. Open the key with its PIN.',
  'site.calibrateCarried':
    '{name}: the lock was calibrated {at:time} and has brought the centre’s release. Its PIN opens the session’s key; no network is needed.',
  'refusal.authorisation-older':
    'This authorisation is older than the one that is here.|Ask the centre for the newest, or keep what is here.',
  'refusal.calibration-too-early':
    'The centre gives the release from {opensAt:time} on, by its clock.|Calibrate then.',
  'refusal.nothing-to-calibrate':
    'The centre has no session whose release could be given to this lock now.|Call the centre if one is near: its authorisation may not be prepared.',
  'refusal.lock-challenge-gone': 'This took too long, or was asked twice.|Try again.',
  'refusal.lock-not-proved': 'The lock {serial} has not proved itself.|Try again with the lock plugged in.',
  'refusal.lock-full':
    'There is no room left on the token {serial}.|Remove what is not needed with its maker’s program.',
  'refusal.lock-drive-full':
    'There is no room left on the stick beside {path}.|Delete what is not needed, and calibrate again.',
  'refusal.lock-not-writable':
    'Beside {path} nothing can be written ({code}).|Plug the stick in again; look whether it is write-protected.',
  'refusal.lock-not-readable':
    'What was written to the lock does not read back.|Try again; if it stays so, take a reserve.',
  'lock.helper': 'Lock helper …',
  'lock.helperTitle': 'Lock helper',
  'lock.helperText':
    'A program for any computer with a network: it registers locks with a code, and calibrates them within the hour before a session. It is unpacked and started, nothing is installed; it is the same for all sites and holds no secret.',
  'lock.helperAddress': 'Address of this centre in it',
  'lock.helperAddressHint': 'As the computers of the sites reach it',
  'lock.helperFor': 'Download for {system}',
  'site.lockPathReserve': 'On its stick, which is plugged in here',
  'lock.helperAway': 'Not here for {system}: on this computer run npm install --no-save --force {package}',
  'lock.helperDigest': 'SHA-256 of the file: {sha256}',
  'lock.helperPin': 'It accepts this centre alone, by its certificate: {fingerprint}',
} as const;
