/** The last step of a scan or voice station: what lies here is removed. */
export const stationRemoval = {
  'step.station.remains': 'Remove',
  'remains.now.ready': 'The centre has everything, whole and good. Remove what still lies on this computer.',
  'remains.now.wait':
    'Keep this computer until the centre has confirmed every package. Then remove what lies here.',
  'remains.now.gone': 'Nothing of this exam lies on this computer any more, except its journal.',
  'remains.title': 'What lies here',
  'remains.pages': 'Images of pages',
  'remains.takes': 'Recordings',
  'remains.packages': 'Packages that the centre has confirmed and found good',
  'remains.packagesOf': '{good} of {packages}',
  'remains.gone': 'Removed',
  'remains.what':
    'Images, recordings, packages and the sealed materials are deleted from this computer. This cannot be undone. What was done here stays in the journal, and the journal can be written again.',
  'remains.against': 'What speaks against it',
  'remains.agree':
    'It can be removed all the same if a member of the commission agrees: the member opens the materials here with the token (step «Access key»), and the reason is written down.',
  'remains.reason': 'Reason',
  'remains.remove': 'Remove what lies here',
  'remains.removeAnyway': 'Remove all the same',
  'remains.done': 'Everything was removed.',
  'remains.words': 'Answers of the centre',
  'remains.wordsHow': 'They come on a stick from the authorisation station, section «Send forms».',
  'remains.noWords': 'No answers are on a stick that is plugged in.',
  'remains.takeWords': 'Take',
  'remains.wordsTaken': 'News about {news} of the packages.',
  'refusal.remains-work-open': 'Work is still open: {open}.|Close it and make the packages first.',
  'refusal.remains-not-packed':
    'Nothing of what lies here is in a package yet ({items}).|Make the packages, and carry them to the authorisation station.',
  'refusal.remains-not-confirmed':
    'The centre has not confirmed {packages} of {of} packages as whole and good here.|Take its answers from a stick of the authorisation station.',
  'refusal.remains-without-journal':
    'The journal of this station is not made yet.|Write it to a stick first, and take it at the authorisation station.',
  'refusal.remains-need-a-member':
    'No member of the commission has opened the materials here.|The member inserts the token at the step «Access key»; then remove.',
  'refusal.remains-removed':
    'What lay here of this exam was removed: nobody can speak here any more.|Use another station, or set this one up anew in an empty data folder.',
} as const;
