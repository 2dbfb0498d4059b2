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
  'root-needed': "Whose signature counts? Give the centre's public key or its data folder with --root.",
  'no-journal-here': 'There is no journal in {path}.',
  'no-such-file': 'There is no file {path}.',
  'no-such-item': 'There is no item {item}. There are: {items}.',
  'response-not-json': 'The responses are not JSON ({problem}). Write them as {example}.',
  'response-unknown':
    '{item} declares no response {response}. It declares: {declared}. Write responses as {example}.',
  'response-of-wrong-shape':
    'The response {response} of {item} is {cardinality}: write it as {expected}. Every value is a string.',
  'responses-not-by-item':
    'Without --item the responses of a package are by item: {example}. Name one of its items with --item: {items}.',
};

export function sayRefusal(refusal: Refusal): string {
  const text = texts[refusal.type];
  if (text === undefined) {
    const said = reportText(refusal);
    return said.startsWith('{') ? `Refused: ${said}` : said;
  }
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(refusal[name] ?? '?'));
}

/** @param json for programs: the refusal as data on standard output, besides the sentence on standard error. */
export function endWith(refusal: Refusal, json = false): never {
  if (json) console.log(JSON.stringify({ ok: false, refusal }));
  console.error(sayRefusal(refusal));
  process.exit(1);
}
