/** Backup and restore of a whole site. */
export const siteBackup = {
  'site.backup': 'Backup of this site',
  'site.backupOf':
    'A copy of everything that this site has: exam, registrations, authorisations, results, accounts and journal. It is made while rooms go on, and opened once to see that it is whole.',
  'site.backupByLock': 'The exam lock and its PIN open it, nothing else.',
  'site.backupByPassword': 'This site has no exam lock: a password that you choose opens it, nothing else.',
  'site.backupPassword': 'Password of the backup',
  'site.backupPasswordHint':
    'At least {characters} characters. Write it down and keep it apart from the stick: nobody can open the backup without it.',
  'site.backupPasswordAgain': 'Once more',
  'site.backupPasswordsDiffer': 'The two passwords differ.',
  'refusal.backup-needs-password': 'A site without an exam lock is backed up under a password.|Choose one.',
  'refusal.backup-needs-lock':
    'This backup is opened by an exam lock.|Plug in one of the site’s locks and choose it.',
  'refusal.wrong-backup-password':
    'The password does not open this backup.|Type it as it was chosen when the backup was made.',
  'site.backupMake': 'Back up …',
  'site.backupNever': 'None was made yet.',
  'site.backupAt': 'Last backup',
  'site.backupFile': 'File',
  'site.backupNote': 'Note',
  'site.backupNoteHint': 'For whoever has to choose between several',
  'site.backupDone': 'The backup is in {folder}.',
  'site.restoreHow':
    'To restore it: give another computer the address of this one, start Invigil there, press “Restore from a backup” on its first page, and plug in the exam lock or type the backup’s password. Centre and rooms follow by themselves.',
  'site.restore': 'Restore from a backup',
  'site.restoreText':
    'This computer takes the place of the one from which the backup is. Give it the address at which the rooms look for the site, and have the exam lock or the backup’s password at hand.',
  'site.restoreFile': 'File of the backup',
  'site.restoreFileHint': 'A file site-backup_….parcel',
  'site.restoreFound': 'Backups on the drives that are plugged in',
  'site.restoreNone':
    'There is none on a drive that is plugged in. Plug in the stick, or type where the file is.',
  'site.restoreLook': 'Look at it',
  'site.lockPathThere': 'On its stick: the lock that the site had when the backup was made',
  'site.restoreRun': 'Restore this site',
  'site.restoreAddress': 'Rooms look for the site at',
  'site.restoreMadeBy': '{at}, by {by}',
  'site.restoreRunning': 'The site is being restored; the page comes back by itself.',
  'site.restoreInstead': 'Set up anew instead',
  'sealCheck.backup': 'Backup of the site',
  'refusal.backup-missing': 'There is no backup of this site.',
  'refusal.backup-older': 'The last backup is of {at}.',
  'refusal.make-a-backup': 'Make one in System: with it another computer takes over in minutes.',
  'refusal.backup-cannot-be-read':
    '{path} cannot be read ({code}).|Check the path, and whether the stick is plugged in.',
  'refusal.backup-not-whole': 'The backup is not whole: {problem}.|Take another one.',
  'site.exportRegistrations': 'Export KDINFO',
  'site.registrationsNever':
    'Export the KDINFO file and keep it on a stick: with it a reinstalled site gets its rooms back.',
  'site.registrationsSince': 'Registered since the last export of KDINFO ({at}): {count}. Export it again.',
  'site.restoreRegistrations': 'Restore registrations …',
  'site.restoreRegistrationsText':
    'After this site was installed anew: its rooms get their registrations back, and follow by themselves.',
  'site.restoreRegistrationsFile': 'The newest KDINFO file of this site',
  'site.registrationsRestored': 'Registrations restored: {count}.',
  'site.registrationsLeft': 'Still without one: {rooms}. Give these rooms their codes.',
  'refusal.nothing-registered': 'No room is registered yet.',
  'indicator.exchange': 'Rooms’ service',
  'indicator.exchange.value': '{address}',
  'indicator.exchange.about': 'The service through which rooms reach this site.',
  'sealCheck.computer': 'This computer',
  'refusal.computer-small':
    'It has {cores} processor cores and {memory:bytes} of memory; {leastCores} and {leastMemory:bytes} are asked for.',
  'refusal.use-a-stronger-computer': 'With many rooms take a stronger computer; with a few it does.',
} as const;
