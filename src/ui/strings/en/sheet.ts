/** Printed sheets: on paper, and where they are asked for. */
export const sheet = {
  'sheet.doorAndSeats': 'Door sheet and seat table',
  'sheet.doorAndSeatsOfAll': 'Door sheets and seat tables of all rooms',
  'sheet.tickets': 'Admission tickets',
  'sheet.ticketsOfAll': 'Admission tickets of all rooms',
  'sheet.open': 'Open (PDF)',
  'sheet.page': 'Page {page} of {pages}',
  'sheet.missing':
    'A box with a code stands for a character that no font here has; write it by hand: {codes}',
  'sheet.room': 'Room',
  'sheet.site': 'Site',
  'sheet.numbers': 'Admission numbers',
  'sheet.zone': 'Times are local: {zone}.',
  'sheet.publication': 'publication {number}',
  'sheet.seatTable': 'Seat table',
  'sheet.freeSeats': 'Without a seat number: any free seat',
  'sheet.index': 'No.',
  'sheet.photo': 'Photo',
  'sheet.photoUnprintable': 'The photo’s file is damaged',
  'sheet.ticket': 'Admission ticket',
  'sheet.minutes': 'Minutes',
  'sheet.signIn': 'Sign-in',
  'sheet.anySeat': 'free',
  'sheet.signInRule': 'Sign in at your seat with your admission number, within the time given under Sign-in.',
  'sheet.lateRule': 'Who comes later is admitted only with a code that the invigilator has to ask for.',
  'sheet.ticketsOf': 'Tickets of',
  'sheet.wholeProject': 'The whole project',
  'sheet.ticketsText':
    'One PDF with a ticket for each candidate, with photo, room and all sessions. It carries its fonts: any printer shop can print it.',
  'sheet.make': 'Make the PDF',
  'refusal.too-many-for-one-file':
    'This would be {count} candidates; one file holds {limit}.|Choose one site; at a site, one room.',
  'refusal.photos-too-large-for-one-file':
    'The photos have {bytes:bytes}; one file holds {limit:bytes}.|Choose one site; at a site, one room.',
  'refusal.roster-without-sessions':
    'The roster names sessions that this project does not have: {numbers}.|Add the sessions, or import the roster again.',
  'refusal.no-tickets': 'There are no candidates here.|Import the roster, or choose another site or room.',
} as const;
