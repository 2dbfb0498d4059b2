/** A new password for whoever has forgotten the own one. */
export const forgotten = {
  'forgotten.link': 'Forgot your password?',
  'forgotten.title': 'A new password',
  'forgotten.back': 'Back to the sign-in',
  'forgotten.ask':
    'Ask an administrator of this console: an administrator gives you a first password, which you replace when you sign in.',
  'forgotten.askCentre':
    'Ask an administrator of the centre; for the account of a site, a coordinator of its region, too. They give you a first password, which you replace when you sign in.',
  'forgotten.phone': 'Support: {phone}',
  'forgotten.step1': '1. Have a code sent',
  'forgotten.send': 'Send a code by e-mail',
  'forgotten.sendAgain': 'Send another code',
  'forgotten.sent':
    'If this account has an e-mail address here and signs in with a password, a code is on its way to it. It is good for 30 minutes; only the newest one counts.',
  'forgotten.nothingCame':
    'Nothing comes within some minutes? Look into the folder for unwanted mail, or ask an administrator for a first password.',
  'forgotten.step2': '2. Type the code and a new password',
  'forgotten.code': 'Code',
  'forgotten.codeHint': '12 letters and digits from the message, with or without dashes.',
  'forgotten.set': 'Set the password',
  'forgotten.done':
    'The password is changed. Everybody who was signed in with this account is signed out. Sign in with the new password.',
  'forgotten.codeSubject': 'Invigil {centre}: code for a new password',
  'forgotten.codeText':
    'A new password was asked for, for the account {account} of the centre {centre}, on {at:time} ({zone}). The code is:',
  'forgotten.codeUse':
    'Type it at {address}, “Forgot your password?”. It is good once, for {minutes} minutes from now on, and the newest code alone counts.',
  'forgotten.codeNotAsked':
    'You did not ask for it? Then nothing needs to be done: without the code nothing changes. Give it to nobody; nobody at the centre asks for it.',
  'forgotten.changedSubject': 'Invigil {centre}: your password was changed',
  'forgotten.changedText':
    'The password of the account {account} of the centre {centre} was changed with a code by e-mail, on {at:time} ({zone}). Whoever was signed in with it was signed out.\n\nIt was not you? Tell an administrator of the centre at once, and have your mailbox looked at.',
  'forgotten.mailFooter': 'From the centre {centre}. Nobody reads answers to this address.',
  'refusal.password-code-wrong':
    'The code does not fit.|Type the newest code exactly as it stands in the message. It is good for 30 minutes, once, and for five tries; then have another one sent.',
  'refusal.forgotten-no-mail':
    'This centre sends no codes by e-mail.|Ask an administrator for a first password.',
} as const;
