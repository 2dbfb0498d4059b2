export const refusalGeneral = {
  'refusal.sign-in-needed': 'Please sign in.',
  'refusal.wrong-password':
    'Account or password is not right.|Check the spelling and the keyboard’s language.',
  'refusal.too-many-tries': 'Too many wrong tries.|Try again in {waitMs:duration} (minutes:seconds).',
  'refusal.not-allowed': 'Your role may not do this.|Ask the administrator.',
  'refusal.password-must-be-changed':
    'The first password has to be replaced first.|Choose your own password.',
  'refusal.password-too-short': 'The password is too short.|Use at least 8 characters.',
  'refusal.password-too-common': 'This password is too common.|Choose another one.',
  'refusal.password-unchanged': 'The new password is the old one.|Choose another one.',
  'refusal.account-exists': 'The account {account} exists already.|Choose another name.',
  'refusal.console-unreachable':
    'The program on this computer does not answer.|It is tried again by itself; try once more in a moment.',
  'refusal.form-incomplete': 'Something in the form is still empty or does not fit.',
  'refusal.bad-request': 'Something in the form is missing or wrong.|Check the fields and try again.',
  'refusal.internal-error':
    'Something unexpected happened; nothing that was kept is lost.|Try again; if it stays, call support.',
  'refusal.disk-full':
    'The disk is full: nothing new can be kept ({path}).|Delete what is not needed; nothing was lost.',
  'refusal.disk-low':
    'Less than {least:bytes} are free ({free:bytes}).|Delete what is not needed before the exam.',
  'refusal.journal-failed':
    'The journal could not be written ({reason}); nothing was accepted.|Make room on the disk or replace it, then try again.',
  'refusal.upload-interrupted': 'The file did not arrive whole.|Choose it once more.',
  'refusal.upload-gone': 'The file was here too long ago.|Choose it once more.',
  'refusal.download-gone': 'This download has expired.|Export once more.',
  'refusal.file-too-large': 'The file is larger than {limit:bytes}.|Check that it is the right one.',
  'refusal.file-missing': 'No file came.|Choose one.',
  'refusal.parent-unreachable':
    'The next level up is not reachable ({code}).|Check address and network, or go on by file.',
  'refusal.parent-is-another':
    'Another computer answers at this address ({code}); nothing was sent.|Check the address; if the computer was replaced, register again with a new code.',
  'refusal.parent-not-understood':
    'The answer of the next level up is not understood.|Check that both run the same version.',
  'refusal.parent-failed':
    'The next level up has a problem (HTTP {status}).|Try again; if it stays, call it.',
  'refusal.answer-too-large': 'The answer of the next level up is too large.|Call support.',
  'refusal.delivery-damaged': 'The file was damaged on its way.|Send it again.',
  'refusal.stale-time-statement': 'The time that was told is too old.|Try again.',
  'refusal.wrong-registration-code':
    'The registration code is not right.|Check it group by group on the sheet.',
  'refusal.registration-code-not-open': 'This registration code is used or withdrawn.|Ask for a new one.',
  'refusal.use-files-or-wait-for-network':
    'Go on by file, or wait for the network: what is kept is sent later by itself.',
  'refusal.make-room-on-disk': 'Delete what is not needed, or use a larger disk.',
  'refusal.set-the-clock': 'Set this computer’s clock to the right time.',
  'refusal.clock-wrong': 'The clock is {offsetMs} ms away from the next level’s.',
  'refusal.clock-not-compared': 'The clock could not be compared: there is no connection.',
  'refusal.connect-to-site': 'Connect to the site.',
  'refusal.connect-to-centre': 'Connect to the centre.',
  'refusal.settings-missing': 'Room code and site address are missing.|Fill them in.',
} as const;
