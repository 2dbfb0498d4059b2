/** What is kept where: database, object store, candidates' files. */
export const storage = {
  'refusal.database-unreachable':
    'The database at {host} is not reachable; nothing was changed.|It is tried again by itself. Check the database and its network.',
  'refusal.database-refused':
    'The database {database} at {host} refused: {problem}.|Check its name, account and rights.',
  'refusal.blob-store-unreachable':
    'The object store at {host} is not reachable; nothing was changed.|Try again; check the store and its network.',
  'refusal.blob-store-refused':
    'The object store at {host} refused: {problem}.|Check bucket, credentials and this computer’s clock.',
  'refusal.blob-damaged': 'A stored file is damaged: {digest}.|Put it back from the backup.',
  'refusal.changed-meanwhile': 'Somebody changed the project just now.|Look at it and publish again.',
  'refusal.answer-files-missing':
    'Files of the answers have not arrived: {files}.|Leave the seat on and connected; it sends them by itself.',
  'refusal.answer-files-missing-of':
    'Files of these candidates are missing here: {candidates}.|Start their seats; they send them again by themselves.',
  'refusal.result-file-missing': 'The result lacks a file that an answer names.|Have the room report again.',
  'refusal.no-such-file': 'There is no such file.',
} as const;
