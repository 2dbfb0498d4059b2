/** Users, and what each may do. */
export const users = {
  'users.title': 'Users',
  'users.byAdministrator': 'Users are added and changed by an administrator.',
  'users.person': 'Name',
  'users.phone': 'Phone',
  'users.role': 'Role',
  'users.on': 'May sign in',
  'users.off': 'Switched off',
  'users.firstPassword': 'Has not chosen a password yet',
  'users.add': 'Add a user …',
  'users.addSubmit': 'Add',
  'users.accountHint': 'What is typed at the sign-in: letters, digits, . _ @ -',
  'users.password': 'First password',
  'users.passwordHint': 'At least 8 characters. It must be replaced at the first sign-in.',
  'users.editTitle': 'User · {account}',
  'users.newPassword': 'New password …',
  'users.newPasswordTitle': 'New password · {account}',
  'users.newPasswordSubmit': 'Set password',
  'users.newPasswordText':
    'Whoever is signed in as {account} is signed out, and signs in again with this password.',
  'users.switchOff': 'Switch off',
  'users.switchOn': 'Switch on',
  'users.isOff': '{account} is switched off and signed out.',
  'users.isOn': '{account} may sign in again.',
  'users.removeText':
    '{account} is removed and signed out. What was done with this account stays in the journal.',
  'users.may.room.administrator': 'Everything: set-up, users, seats, the end and the report.',
  'users.may.room.invigilator': 'The work of the exam day: admit, start, watch, write down.',
  'users.may.site.administrator': 'Everything.',
  'users.may.site.observer': 'Sees everything and changes nothing.',
  'users.may.centre.administrator': 'Everything: users, site codes and authorisations, too.',
  'users.may.centre.operator': 'Projects, rosters, papers, results.',
  'users.may.centre.observer': 'Sees everything and changes nothing.',
  'refusal.own-account':
    'You cannot do this to your own account.|Change your own password below; another administrator does the rest.',
  'refusal.last-administrator': 'This is the last administrator.|Make somebody else one first.',
  'refusal.no-such-account': 'There is no account {account} any more.|Load the page again.',
  'refusal.no-such-role-here': 'There is no such role here.|Choose another one.',
  'refusal.read-only-without-site':
    'Read-only: the site cannot be reached, and the session “{session}” may only begin with its site.|Start the site’s computer and check the network; work goes on by itself when the site answers.',
  'refusal.storage-low':
    '{free:bytes} are free in {path}; {least:bytes} are needed.|Delete what is not needed, or move the data folder to a larger disk.',
  'refusal.storage-not-there': 'The folder {path} cannot be used ({code}).|Check that its disk is there.',
  'refusal.no-such-warning': 'The newest check does not warn of this.|Run the check again.',
  'refusal.backup-running':
    'Something is being written to {folder}.|Wait until it is done; it goes on when this window is closed.',
  'refusal.backup-drive-full':
    '{free:bytes} are free in {folder}; {needed:bytes} are needed.|Delete something there, or use another drive.',
  'refusal.stick-pulled-out':
    'The stick was pulled out while {path} was read from it; nothing was taken.|Plug it in again, and take the file once more.',
  'refusal.drive-pulled-out':
    'The drive {folder} was pulled out. What is on it is not whole: {file}.|Plug it in again, or another one, and write once more.',
} as const;
