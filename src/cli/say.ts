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
  'disk-failed': 'The disk does not work: {path} ({problem}). Check it, or use another computer.',
  'damaged-file':
    'The file {path} is damaged. Put it back from the backup of this computer; without it this computer must be registered anew.',
  'database-cannot-be-opened':
    'The database {file} cannot be opened ({problem}). Put back its newest backup, or register this computer anew with an empty folder.',
  'database-of-newer-version':
    '{file} was written by a newer version of the program. Start that version, or choose another folder with --data.',
  'cannot-read-file': 'The file {path} cannot be read: {problem}. Correct its permissions.',
  'not-a-folder': '{path} is not a folder. Choose another with --data.',
  'data-folder-in-use':
    'Another process already uses {path}. End it first, or choose another folder with --data.',
  'data-of-another-role': '{path} belongs to a {role}. Choose another folder with --data.',
  'bad-option': 'Option {option}: {problem}.',
  'bad-configuration-file': '{path} is not a JSON object.',
  'journal-not-whole': 'The journal is not whole: origin {origin}, epoch {epoch}, entry {seq}: {what}.',
  'journal-file-damaged':
    'The file of the journal is damaged: {path} ({detail}). Put back its newest backup.',
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
