export const ownSite = {
  'ownSite.siteMode': 'Site mode',
  'ownSite.withSite': 'With a site',
  'ownSite.withoutSite': 'Without a site',
  'ownSite.withoutSiteHint':
    'This computer then holds the exam lock, loads from the centre and reports to it. The centre must know this room as a site of its own.',
  'ownSite.now.settings': 'Type what the centre gave you: codes, its address, and where the exam lock is.',
  'ownSite.now.registered': 'The room works without a site and is registered at the centre.',
  'ownSite.now.verified': 'Every session is verified. The room authorises by itself within its time.',
  'ownSite.registered': 'The room is registered at the centre.',
  'ownSite.load': 'Load from the centre',
  'ownSite.notLoadedTodo':
    'The sessions and their candidates will stand here. Load from the centre, or import the file that it exported for this site.',
  'next.next-open-the-key':
    'Open the session’s key with the exam lock; then the room is authorised by itself.',
  'refusal.room-has-a-site':
    'This room works with a site.|What is asked for is done there; or choose “Without a site” in step 1.',
  'refusal.site-mode-fixed':
    'With a site or without: that is fixed once an exam is loaded.|Use another data folder for another way.',
  'refusal.own-site-does-not-open':
    'The room cannot keep a site’s data here ({problem}).|Check disk and rights of the data folder, then try again.',
  'refusal.site-of-other-rooms':
    'The centre’s publication for this site has the rooms {rooms}, this one is {room}.|Correct the room code in step 1. A site with several rooms needs a site’s computer.',
  'refusal.wrong-lock':
    'This is another exam lock ({found}); the centre knows the lock {expected} of this site.|Plug in that one.',
} as const;
