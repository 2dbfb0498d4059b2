/** One-time codes. */
export const refusalCode = {
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
