/** What a command says when it refuses: one line, with the remedy. */
import type { Refusal } from '../base/result.ts';
import { reportText } from '../exam/paper/report-text.ts';
import { refusalScan } from '../ui/strings/en/refusal-scan.ts';
import { evidenceRefusalText } from './evidence-text.ts';
import { findingText } from './findings.ts';

const texts: Record<string, string> = {
  'port-in-use': 'Port {port} is in use. End the program that uses it, or choose another with --port.',
  'port-not-permitted': 'Port {port} is not permitted for this user. Choose one above 1023 with --port.',
  'address-not-here': 'This computer has no address {host}. Choose one of its own with --host.',
  'disk-full': 'The disk is full: {path}. Make room and start again; nothing was lost.',
  'seat-not-running':
    'No seat answers on port {port} of this computer. Start it, or name its port with --port.',
  'not-running':
    'Nothing runs with the data folder {path}, or this account may not read it. Name its data folder with --data.',
  'data-of-another-computer':
    '{path} comes from another computer and cannot be set aside ({problem}). Move it away yourself, there may be answers in it, or choose another folder with --data.',
  'parent-unreachable': 'Nobody answers there ({code}). Check the address, and whether the program runs.',
  'parent-is-another':
    'Another computer answers there than was meant. Check the address, and that the room is the one from which this was prepared.',
  'too-many-tries': 'Too many tries from this computer. Try again in {seconds} seconds.',
  'wrong-registration-code': 'The code is not right. Type it as the console shows it now.',
  'registration-code-not-open':
    'Nobody is admitted there with a code now. Take the code that the console shows.',
  'no-runtime-here':
    'The program for {systems} is not on this computer. On a computer that reaches the package registry: npm install --no-save --force {packages}',
  'not-built': 'The program is not built yet: run "npm run build" in its folder first.',
  'folder-not-empty': '{path} is not empty. Choose a new folder; nothing was changed.',
  'not-a-seat-folder-place': '{path} cannot be written ({problem}). Choose another folder.',
  'no-permission-to-install':
    '{path} cannot be written ({problem}). Install as the administrator of this computer, or with --user for this account alone.',
  'install-command-failed':
    'A command did not do its work: {problem}. Put that right and install again; what is there already is no hindrance.',
  'account-needed':
    "Under which account is it to run? Name one with --account; the administrator's own has more rights than an exam needs.",
  'cannot-install-here':
    'This system ({system}) has no installation. Start the program by the means of the system; the command is the one that --help shows.',
  'no-archive-here':
    '{path} is no unpacked archive of this role. Unpack it anew; from the sources, "install" has it start with the computer.',
  'secret-in-start-file':
    '{option} would stand in a file that everybody on this computer can read. Write it into invigil.json in the data folder instead.',
  'no-permission':
    'No permission to write in {path}. Choose another folder with --data, or change its permissions.',
  'disk-failed': 'The disk does not work: {path} ({problem}). Check it, or use another computer.',
  'damaged-file':
    'The file {path} is damaged. Put it back from the backup of this computer; without it this computer must be registered anew.',
  'cannot-read-file': 'The file {path} cannot be read: {problem}. Correct its permissions.',
  'not-a-folder': '{path} is not a folder. Choose another with --data.',
  'data-folder-in-use':
    'Another process already uses {path}. End it first, or choose another folder with --data.',
  'data-of-another-role': '{path} belongs to a {role}. Choose another folder with --data.',
  'bad-option': 'Option {option}: {problem}.',
  'bad-configuration-file': '{path} is not a JSON object.',
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
  'journal-guards-changed':
    'Every entry is whole, but the file was prepared for changing them: {changed}. Find out who had it; put back its newest backup.',
  'root-needed': "Whose signature counts? Give the centre's public key or its data folder with --root.",
  'results-not-reported':
    'Collected results have no receipt of the centre yet: {results}. Report them and wait for the receipts.',
  'rooms-in-use':
    'In these rooms a formal session is in use, and the centre has not confirmed it: {rooms}. Wait until they have ended and their results are reported.',
  'other-site-code': 'This is not the code of this site.',
  'no-site-here': 'There is no site in {path}. Name its data folder with --data.',
  'site-not-running': 'No site runs in {path}.',
  'site-does-not-answer': 'The site in {path} does not answer. End its process if it hangs: nothing is lost.',
  'no-room-here': 'There is no room in {path}. Name its data folder with --data.',
  'no-journal-here': 'There is no journal in {path}.',
  'no-keys-here': 'There are no keys in {path}. Give the data folder of the node that the parcel is for.',
  'no-such-file': 'There is no file {path}.',
  'no-heads-here': '{path} names no heads. Give the record.json that came with the entries.',
  'entries-unreadable': 'Not whole: line {line} is not an entry. The file was cut or changed; get it again.',
  'not-a-parcel': 'This is not a parcel. Look whether it is the right file.',
  'cut-short': 'The parcel was cut short. Copy or fetch it again; nothing of it was opened.',
  altered: 'The parcel was altered or damaged. Copy or fetch it again; nothing of it was opened.',
  'altered-part':
    'The part {part} of the parcel was altered or damaged. Copy or fetch it again; nothing of it was opened.',
  'bad-signature': 'The signature does not hold: altered, or not signed by whom it says. Do not use it.',
  'untrusted-sender':
    'The sender {code} is not vouched for by this root. Ask who made it, and check the root key.',
  'certificate-expired':
    'The certificate of {code} had expired by then ({since}). Ask for a parcel with a new one.',
  'certificate-not-yet-valid':
    'The certificate of {code} was not valid yet then ({from}). Check the clocks of both computers.',
  'wrong-signature-type': 'It is signed for another purpose ({found}). Do not use it.',
  'no-such-item': 'There is no item {item}. There are: {items}.',
  'response-not-json': 'The responses are not JSON ({problem}). Write them as {example}.',
  'response-unknown':
    '{item} declares no response {response}. It declares: {declared}. Write responses as {example}.',
  'response-of-wrong-shape':
    'The response {response} of {item} is {cardinality}: write it as {expected}. Every value is a string.',
  'responses-not-by-item':
    'Without --item the responses of a package are by item: {example}. Name one of its items with --item: {items}.',
  'no-seat-here': 'There is no seat in {path}. Give the data folder of the seat with --data.',
  'seat-is-running':
    "The seat's program is running in {path}. Export at its screen (For the invigilator), or end the program first.",
  'nothing-to-export':
    'Nobody has signed in at this seat, or the candidate has left it: there is nothing to export.',
  'room-key-missing':
    'This seat was never admitted by its room, so nobody could open the file. Its answers stay in its data folder.',
  'cannot-write-file': '{path} cannot be written ({problem}). Give another place with --to.',
  'wrong-key': 'This node has no key for it. Open it at the node to which it is addressed.',
};

export function sayRefusal(refusal: Refusal): string {
  if (refusal.type === 'journal-not-whole') return findingText(refusal);
  const ofEvidence = evidenceRefusalText(refusal);
  if (ofEvidence !== null) return ofEvidence;
  const text = texts[refusal.type === 'altered' && 'part' in refusal ? 'altered-part' : refusal.type];
  const ofScan = (refusalScan as Readonly<Record<string, string>>)[`refusal.${refusal.type}`];
  if (text === undefined && ofScan !== undefined) return filled(ofScan.replace('|', ' '), refusal);
  if (text === undefined) {
    const said = reportText(refusal);
    return said.startsWith('{') ? `Refused: ${said}` : said;
  }
  return filled(text, refusal);
}

function filled(text: string, refusal: Refusal): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => shown(name, refusal[name]));
}

function shown(name: string, value: unknown): string {
  return ['since', 'from'].includes(name) ? new Date(Number(value)).toISOString() : String(value ?? '?');
}

export const exitCodes = `
Exit codes: 0 whole; 1 not whole, or refused; 2 could not be checked (nothing there, a key is missing, wrong option).`;

/** @param json for programs: the refusal as data on standard output, besides the sentence on standard error. */
export function endWith(refusal: Refusal, json = false, code: 1 | 2 = 1): never {
  if (json) console.log(JSON.stringify({ ok: false, refusal }));
  console.error(sayRefusal(refusal));
  process.exit(code);
}

/** Nothing was found wrong, because nothing could be looked at. */
export function cannotBeChecked(refusal: Refusal, json = false): never {
  return endWith(refusal, json, 2);
}
