/** Materials of sites for 7-Zip, and their passwords. */
export const siteArchives = {
  'siteArchives.posting':
    '{event}: the password of the archive {file} is {password} (digits only, no blanks). Open the archive with 7-Zip.',
  'siteArchives.passwords': 'Passwords of the archives',
  'siteArchives.archive': 'Archive for 7-Zip',
  'siteArchives.about': 'Sites open their archives with 7-Zip.',
  'siteArchives.posts':
    'At the release each password is also written into its site’s thread of the support desk.',
  'siteArchives.postsNot':
    'Passwords are not written into the support desk: read them out, or give them as a file.',
  'siteArchives.released': '{passwords} of {archives} released',
  'siteArchives.releasedAt': 'password released {releasedAt:time}',
  'siteArchives.notReleased': 'password not released',
  'siteArchives.posted': 'posted in its thread',
  'siteArchives.toPost': 'about to be posted',
  'siteArchives.asFile': 'Passwords as file',
  'siteArchives.release': 'Release passwords …',
  'siteArchives.releaseText':
    'The passwords of {sites} sites are released. From then on everybody who has one opens the archive of its site; it cannot be called back. The PIN opens the release token for this moment only.',
  'siteArchives.isReleased': 'The passwords are released.',
  'siteArchives.password': 'Password',
  'siteArchives.readTo': 'Call site {site} back under its known number, and read this out.',
  'siteArchives.ownPassword': 'With this password 7-Zip opens the archive of your site.',
  'siteArchives.digits': 'Digits only: type them without blanks.',
  'siteArchives.madeToo':
    'For every site that has none of the present materials, an archive is made that 7-Zip opens with a password. With many or large question papers this takes minutes; nobody has to wait for it.',
  'siteArchives.option': 'Write the passwords into the sites’ threads of the support desk',
  'siteArchives.optionHint':
    'At the release, each into the thread of its own site. Otherwise they are read out, or given as a file.',
  'siteArchives.now.making': 'Archives for 7-Zip are being made. You may leave this page.',
  'siteArchives.now.stopped':
    'Not every site has its archive for 7-Zip. What was made is kept; make the keys again for the rest.',
  'siteArchives.progress': 'Archives for 7-Zip: {done} of {of}',
  'siteArchives.now.made': 'Keys of {keys} sites and archives of {archives} sites are made.',
  'siteArchives.now.due':
    'The time of the release has come. Release the passwords of the archives: that asks for the PIN of the release token.',
  'siteArchives.now.early':
    'Keys are released by themselves at {at:time}. Then release the passwords of the archives with the PIN of the release token.',
  'siteArchives.own': 'Materials and stages',
  'siteArchives.ownNone': 'No exam on paper yet',
  'siteArchives.ownNoneTodo': 'Exams in which your site takes part appear here, with what you may fetch.',
  'siteArchives.ownNow':
    'Fetch the archive in good time. The password comes when it is released; then print. Report what only you can know.',
  'siteArchives.ownNowTokens':
    'Materials of these exams come by your site’s own console. Report here what it cannot tell.',
  'siteArchives.ownArchive': 'Materials for 7-Zip',
  'siteArchives.ownNoArchive': 'The centre has not made it yet.',
  'siteArchives.getArchive': 'Download',
  'siteArchives.ownReleaseAt': 'The password comes from {releaseAt:time} on.',
  'siteArchives.ownHeld': 'The centre holds it back: {held}',
  'siteArchives.stages': 'Stages',
  'siteArchives.stagesText':
    'Green ones the centre knows by itself. Tick what it cannot know; you may take it back.',
  'siteArchives.sayDone': 'Done',
  'siteArchives.takeBack': 'Take back',
  'siteArchives.urgent':
    'In an emergency (program, printer, scanner, power), call the centre at once: {phone}',
  'siteArchives.urgentNone': 'In an emergency, open an urgent question on the page «Support».',
} as const;
