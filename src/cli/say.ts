/** What a command says when it refuses: one line, with the remedy. */
import type { Refusal } from '../base/result.ts';
import { reportText } from '../exam/paper/report-text.ts';

const texts: Record<string, string> = {
  'port-in-use': 'Port {port} is in use. End the program that uses it, or choose another with --port.',
  'port-not-permitted': 'Port {port} is not permitted for this user. Choose one above 1023 with --port.',
  'address-not-here': 'This computer has no address {host}. Choose one of its own with --host.',
  'disk-full': 'The disk is full: {path}. Make room and start again; nothing was lost.',
  'no-permission':
    'No permission to write in {path}. Choose another folder with --data, or change its permissions.',
  'not-a-folder': '{path} is not a folder. Choose another with --data.',
  'data-folder-in-use':
    'Another process already uses {path}. End it first, or choose another folder with --data.',
  'data-of-another-role': '{path} belongs to a {role}. Choose another folder with --data.',
  'bad-option': 'Option {option}: {problem}.',
  'bad-configuration-file': '{path} is not a JSON object.',
  'journal-not-whole': 'The journal is not whole: origin {origin}, epoch {epoch}, entry {seq}: {what}.',
  'journal-file-damaged':
    'The file of the journal is damaged: {path} ({detail}). Put back its newest backup.',
  'database-unreachable':
    'The database at {host} is not reachable ({problem}). Start it or correct --database, then start again.',
  'database-refused':
    'The database {database} at {host} refused: {problem}. Check its name, account and rights in --database.',
  'database-of-newer-version':
    'A newer version of Invigil has used this database ({file}: {migrations}). Start that version or a newer one; nothing was changed.',
  'database-cannot-be-opened':
    'The database {file} cannot be opened: {problem}. Check its permissions, or put back its newest backup.',
  'blob-store-unreachable':
    'The object store at {host} is not reachable ({problem}). Start it or correct --blobs, then start again.',
  'blob-store-refused':
    "The object store at {host} refused: {problem}. Check the bucket in --blobs, the credentials and this computer's clock.",
  'root-needed': "Whose signature counts? Give the centre's public key or its data folder with --root.",
  'no-journal-here': 'There is no journal in {path}.',
};

export function sayRefusal(refusal: Refusal): string {
  const text = texts[refusal.type];
  if (text === undefined) {
    const said = reportText(refusal);
    return said.startsWith('{') ? `Refused: ${said}` : said;
  }
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(refusal[name] ?? '?'));
}

export function endWith(refusal: Refusal, json = false): never {
  if (json) console.log(JSON.stringify({ ok: false, refusal }));
  else console.error(sayRefusal(refusal));
  process.exit(1);
}
