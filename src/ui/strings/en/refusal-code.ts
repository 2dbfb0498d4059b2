/** One-time codes. */
export const refusalCode = {
  'refusal.codes-issued-by-nobody': 'The policy of this exam permits no exceptions by code.',
  'refusal.codes-issued-by-centre':
    'Codes of this exam are issued by the centre.|Let the room call the centre.',
  'refusal.codes-not-published': 'The loaded exam is older than the codes.|Publish again and load it.',
  'refusal.codes-not-issued':
    '{count} codes were used that nobody issued: {codes}.|See “During”: somebody answers for them, then the receipt goes out.',
  'refusal.code-not-needed': 'This is possible without a code.',
  'refusal.nobody-in-exam': 'Nobody is at work.',
  'refusal.not-late-yet': 'The late limit is not over: the candidate can simply sign in.',
  'refusal.candidate-was-not-here': 'The candidate has not signed in yet.',
  'refusal.no-such-room': 'There is no room {room} in this exam.|Check the number.',
  'refusal.code-wrong': 'The answer is not right.|Read it out again, digit by digit.',
  'refusal.code-not-asked': 'This code was not asked for here.|Ask for a new one.',
  'refusal.code-asked-already': 'This request is open already.',
  'refusal.code-used-already': 'This code is used.|Ask for a new one.',
  'refusal.code-expired': 'The request is older than an hour.|Ask for a new one.',
  'refusal.code-locked': 'Too many wrong answers.|Wait until {opensAt:time}.',
  'refusal.challenge-length':
    'A request has {expected} letters and digits, not {found}.|Have it read out again.',
  'refusal.challenge-letter': 'There is no {letter} in a request (place {position}).|Have it read out again.',
  'refusal.challenge-mistyped': 'A letter is wrong or two are exchanged.|Have it read out again.',
  'refusal.challenge-action-unknown':
    'This version does not know what is asked for.|Install the room’s version.',
} as const;
