/** Passkeys: signing in without a password. */
export const passkeys = {
  'passkeys.title': 'Passkeys',
  'passkeys.text':
    'Sign in with a key that this computer, a phone or a security key holds, instead of the password. It asks for your finger, face or PIN, and works at this address only: {host}.',
  'passkeys.name': 'Name',
  'passkeys.nameHint': 'By which you know it again, for example “Blue security key”.',
  'passkeys.host': 'Works at',
  'passkeys.created': 'Since',
  'passkeys.used': 'Last used',
  'passkeys.none': 'You have no passkey yet.',
  'passkeys.add': 'Add a passkey …',
  'passkeys.addSubmit': 'Add',
  'passkeys.added': 'The passkey is added.',
  'passkeys.removeText': '“{name}” will no longer sign you in. Delete it on the key or the phone as well.',
  'passkeys.signIn': 'Sign in with a passkey',
  'refusal.passkeys-not-here':
    'There are no passkeys at this address.|Open this console as http://localhost with its port on this computer, or by its public name with https.',
  'refusal.passkey-refused':
    'This passkey does not sign in here.|Try again, or use the password. It may have been removed, or belong to another address.',
  'refusal.passkey-not-added':
    'The passkey was not added.|Try again; it has to be made within three minutes.',
  'refusal.no-such-passkey': 'There is no such passkey any more.|Load the page again.',
  'refusal.passkey-cancelled':
    'No passkey was used: it was cancelled, took too long, or there is none for this address.|Try again, or use the password.',
  'refusal.passkey-known':
    'This key already holds a passkey of yours for this console.|Use another key, or remove the passkey first.',
} as const;
