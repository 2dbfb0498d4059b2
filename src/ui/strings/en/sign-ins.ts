/** Where somebody is signed in, and how one signs in. */
export const signIns = {
  'signIns.own': 'Where you are signed in',
  'signIns.ownHint':
    'One that you do not know? End it, and change your password. What it shows goes within seconds.',
  'signIns.others': 'Where others are signed in',
  'signIns.nobodyElse': 'Nobody else is signed in.',
  'signIns.since': 'Since',
  'signIns.lastUsed': 'Last used',
  'signIns.address': 'Address',
  'signIns.browser': 'Browser',
  'signIns.otherProgram': 'Another program',
  'signIns.thisOne': 'This one',
  'signIns.end': 'End',
  'signIns.endOthers': 'End all others',
  'signIns.endAllOf': 'End all of {account}',
  'signIns.othersEnded': 'You are signed in here only.',
  'signIns.lookAgain': 'Look again',
  'refusal.sign-in-ended':
    'This sign-in was ended: at another computer, by an administrator, or with a new password.|Sign in again to go on.',
  'refusal.no-such-sign-in': 'This sign-in is over already.|Load the page again.',
  'refusal.no-other-sign-in': 'You are signed in here only.',
} as const;
