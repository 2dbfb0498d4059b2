/** A room at its site: what is read from the sheet, and a site that has another address. */
export const roomRegistration = {
  'room.scan': 'Scan or paste the sheet’s square code',
  'room.scanHint':
    'Click here, then read the code with a scanner, or paste its text: the fields below are filled in',
  'room.siteMoved': 'New address of the site …',
  'room.siteMovedSubmit': 'Go there',
  'room.siteMovedText':
    'Use this when the site has got another address, or was restored on another computer. The room stays registered: whoever answers there has to prove that it is your site, otherwise nothing changes.',
  'room.siteMovedDone': 'The room is at its site again.',
  'refusal.not-a-registration':
    'This is not the square code of a room’s sheet.|Read the code of this room on the site’s newest sheet.',
  'refusal.not-the-site':
    'At {address} somebody answers who is not your site; nothing was sent, nothing is changed.|Check the address on the site’s screen.',
} as const;
