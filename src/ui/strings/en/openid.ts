/** Sign-in with a service of the authority's (OpenID Connect). */
export const openid = {
  'openid.title': 'Sign-in service (OpenID Connect)',
  'openid.about':
    'Users of this centre may sign in with the authority’s own sign-in service. Passwords go on working beside it.',
  'openid.notSetUp': 'No sign-in service is set up.',
  'openid.setUpAs': 'Button: “Sign in with {label}”',
  'openid.open': 'Set up and try',
  'openid.signIn': 'Sign in with {label}',
  'openid.leavesPage':
    'This leaves the page and comes back to it: what was typed there and not saved is lost.',
  'openid.back': 'Back to the system page',
  'openid.register': 'Register this address at the service',
  'openid.registerHint':
    'Exactly so, as redirect address (redirect URI) of a web application. It is the address under which you have opened this console: open it as everybody will.',
  'openid.issuer': 'Issuer',
  'openid.issuerHint': 'As the service writes it, for example https://login.example.org/realms/exams',
  'openid.issuerWrong': 'It begins with https://, without ? and #.',
  'openid.clientId': 'Client ID',
  'openid.secret': 'Client secret',
  'openid.secretHint': 'It is kept sealed and never shown again.',
  'openid.secretKept': 'Empty: the one that was entered stays.',
  'openid.claim': 'Claim',
  'openid.claimHint': 'What the service says of a person, for example preferred_username or email.',
  'openid.claimWrong': 'Letters, digits and . _ : / - without blanks.',
  'openid.match': 'Must be the user’s',
  'openid.match.account': 'account',
  'openid.match.email': 'e-mail address',
  'openid.label': 'Name on the button',
  'openid.labelHint': 'After “Sign in with”, for example: the ministry',
  'openid.saved': 'Saved. Try it now.',
  'openid.try': 'Try it',
  'openid.tryHint':
    'You sign in at the service with an account of your own; nobody is signed in here by that. If the service shows an error about the redirect address and nobody comes back, register the address above.',
  'openid.triedBound': 'It works: “{name}” signs in as {account}.',
  'openid.triedNew': 'It works: “{name}” would sign in as {account}, for the first time.',
  'openid.remove': 'Remove the service …',
  'openid.removeText': 'The button goes from the sign-in page. Who may use it is kept.',
  'openid.people': 'Who may use it',
  'openid.peopleHint':
    'Nobody gets an account by signing in: allow it for each one. The first person who comes with the name is bound to the account, and from then on nobody else gets in.',
  'openid.emailWhere': 'E-mail addresses are entered on the page “E-mail”.',
  'openid.email': 'E-mail address',
  'openid.state': 'With the service',
  'openid.notAllowed': 'Not allowed',
  'openid.allowed': 'Allowed, nobody has come yet',
  'openid.bound': 'Bound since {at}',
  'openid.alone': 'only with the service',
  'openid.usedAt': 'Last used',
  'openid.allow': 'Allow',
  'openid.withdraw': 'Do not allow any more …',
  'openid.withdrawText': '{account} is signed out, and signs in with the password from now on.',
  'openid.makeAlone': 'Only with the service …',
  'openid.makeAloneText':
    '{account} is signed out. From now on no password and no passkey opens the account. When the service is away, {account} cannot sign in.',
  'openid.notAlone': 'Password, too',
  'openid.release': 'Another person …',
  'openid.releaseText':
    'Who is bound to {account} is forgotten and signed out. The next person who comes from the service with this name is bound to it.',
  'openid.releaseDo': 'Release',
  'refusal.openid-alone':
    'This account signs in with the sign-in service only.|Press “Sign in with …” below.',
  'refusal.openid-no-account':
    'The service knows you as “{name}”, and there is no such account here.|Ask an administrator to enter you, or to correct which claim is compared.',
  'refusal.openid-ambiguous':
    'Several accounts have the e-mail address {name}.|Ask an administrator to correct that.',
  'refusal.openid-not-allowed':
    'The account {account} may not sign in with the service.|Ask an administrator to allow it (System, Sign-in service).',
  'refusal.openid-other-person':
    'The account {account} is bound to another person at the service.|If the person has changed, an administrator releases it: “Another person …”.',
  'refusal.openid-account-off': 'The account {account} is switched off.|Ask an administrator.',
  'refusal.openid-cancelled': 'The sign-in at the service was cancelled.|Try again, or use the password.',
  'refusal.openid-provider-refused':
    'The service refused: {code}.|Try again; if it stays, tell whoever runs the service.',
  'refusal.openid-wrong-secret':
    'The service does not accept the client ID with this secret.|Enter both anew, as the service shows them; a secret may have expired.',
  'refusal.openid-no-such-client':
    'The service does not know this client ID.|Compare it with the service, letter by letter.',
  'refusal.openid-unreachable':
    '{host} does not answer ({code}).|Check the address, the network and the certificate of the service; use the password meanwhile.',
  'refusal.openid-clock-off':
    'The times of this computer and of the service do not fit (difference: {seconds} s).|Set the clock of the centre’s computer, then try again.',
  'refusal.openid-issuer-differs':
    'At {issuer} another issuer answers: {found}.|Enter the issuer exactly as the service writes it, with or without a slash at the end.',
  'refusal.openid-no-provider':
    'At {issuer} there is no OpenID Connect service.|Enter the issuer, not the address of a sign-in page.',
  'refusal.openid-answer-not-ours':
    'The answer does not belong to this sign-in, or is not the service’s; nobody was signed in.|Begin again. If it happens every time, compare issuer and client ID.',
  'refusal.openid-claim-missing':
    'The service does not say “{claim}” of this person. It says: {claims}.|Choose another claim, or have the service tell this one.',
  'refusal.openid-email-not-verified':
    'The address {email} is not confirmed at the service.|Confirm it there first.',
  'refusal.openid-address-not-registered':
    'The service does not know the redirect address {address}.|Register exactly this address there.',
  'refusal.openid-not-asked':
    'This answer of the service was not asked for here, was used already, or came too late.|Press “Sign in with …” again.',
  'refusal.openid-not-set-up': 'No sign-in service is set up.|Use the password.',
  'refusal.openid-secret-missing': 'The client secret is missing.|Enter it as the service shows it.',
  'refusal.openid-needed':
    '{count} accounts can sign in with the service only.|Let them use passwords first.',
  'refusal.openid-last-password':
    'This is the last administrator who can sign in with a password.|Keep one, for the day when the service is away.',
} as const;
