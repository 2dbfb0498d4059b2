/** What is wrong with an upload of scans. */
export const refusalUpload = {
  'refusal.upload-being-read':
    'The upload is being read, or has ended.|Single pages can be deleted one by one.',
  'refusal.upload-needs-no-password': 'The upload needs no password any more.|Look at its state.',
  'refusal.upload-expired':
    'Nothing came of the archive for a week, and it was given up.|Upload it again if it is still missing.',
  'refusal.scan-was-read': 'The page was read before.|Type its number if it is not right.',
  'refusal.scan-image-not-kept': 'Nothing of the page is kept that could be read.|Scan the page again.',
  'refusal.scan-archive-not-here':
    'The archive is not on this computer, as after a return to a backup.|Upload it again; pages that are here already do not count twice.',
  'refusal.scan-reading-failed':
    'The program failed while it read the archive; the archive is kept.|It is tried again when the centre is started again. Tell the support.',
  'refusal.archive-several-rooms':
    'Pages of {count} rooms are in the archive: {rooms}.|One archive for each room; look whether something got mixed up.',
} as const;
