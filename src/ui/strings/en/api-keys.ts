/** Keys of other programs, and what the integration API refuses. */
export const apiKeys = {
  'apiKeys.title': 'Keys of other programs',
  'apiKeys.hint':
    'With a key another program reads how things stand, fetches results or hands rosters over: {address}. What it can ask is described at {document}.',
  'apiKeys.none': 'No keys yet: no other program can ask anything.',
  'apiKeys.add': 'Make a key …',
  'apiKeys.make': 'Make it',
  'apiKeys.name': 'Name',
  'apiKeys.nameHint': 'Which program, and who looks after it.',
  'apiKeys.key': 'Key',
  'apiKeys.may': 'It may',
  'apiKeys.right.read-status': 'read how things stand',
  'apiKeys.right.read-results': 'read results, with names and answers',
  'apiKeys.right.write-rosters': 'hand rosters over',
  'apiKeys.project': 'Project',
  'apiKeys.allProjects': 'all projects',
  'apiKeys.expires': 'Valid until',
  'apiKeys.expiresHint': 'Empty: until it is revoked.',
  'apiKeys.made': 'Made',
  'apiKeys.used': 'Last used',
  'apiKeys.never': 'never',
  'apiKeys.state.valid': 'valid',
  'apiKeys.state.expired': 'expired',
  'apiKeys.state.revoked': 'revoked',
  'apiKeys.revoke': 'Revoke',
  'apiKeys.revokeText':
    '“{name}” is refused from its next request on. This cannot be undone; a new key is made in its place.',
  'apiKeys.onceTitle': 'The new key',
  'apiKeys.once': 'Copy it now: it is shown this one time, and kept nowhere.',
  'apiKeys.noted': 'I have it',
  'refusal.api-key-missing':
    'No key came with the request.|Send it as “Authorization: Bearer ivk_…”. An administrator makes one at the centre’s console.',
  'refusal.api-key-wrong': 'There is no such key.|Check that it was copied whole, or have a new one made.',
  'refusal.api-key-expired': 'The key has expired.|Have a new one made at the centre’s console.',
  'refusal.api-key-revoked': 'The key was revoked.|Have a new one made at the centre’s console.',
  'refusal.api-key-in-url':
    'A key stands in the address, where logs keep it.|Revoke that key and send a new one in the header Authorization.',
  'refusal.api-key-may-not': 'The key may not do this; it needs: {rights}.|Have a key made that may.',
  'refusal.api-key-expires-in-past': 'This moment has passed.|Choose a later one, or none.',
  'refusal.no-such-api-key': 'There is no such key, or it is revoked already.|Look at the list.',
  'refusal.api-not-for-pages': 'A page in a browser cannot ask here.|Ask from a program on a server.',
  'refusal.api-no-such-operation': 'There is no such operation.|See /api/v1/openapi.json.',
  'refusal.api-bad-input': 'The request is wrong: {at} {problem}.|See /api/v1/openapi.json.',
  'refusal.api-bad-cursor':
    'This cursor is none of this list.|Give back the cursor of its last page unchanged, or begin without one.',
  'refusal.api-body-too-large': 'The request is larger than {limit:bytes}.|Ask in smaller parts.',
  'refusal.api-content-type': 'Content of this type is not taken; here it is: {taken}.|Set Content-Type.',
  'refusal.api-too-many-requests':
    'Too many requests with this key.|Try again in {waitMs:duration} (minutes:seconds).',
  'refusal.api-idempotency-key-missing':
    'The header Idempotency-Key is missing, or is not 1 to 200 visible characters.|Choose one for each roster that is to be applied, and keep it for every repetition.',
  'refusal.api-idempotency-key-reused':
    'This Idempotency-Key was used for something else.|Choose another one.',
  'refusal.api-request-under-way':
    'A roster of this key is being worked on: one at a time.|Wait a moment and ask again.',
  'refusal.no-such-result': 'There is no such result.|Take the resultId from the list of results.',
} as const;
