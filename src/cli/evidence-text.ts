/** What is said of a dossier or of a room's evidence that is not whole. */
import type { Refusal } from '../base/result.ts';

const texts: Readonly<Record<string, string>> = {
  'dossier-unreadable': 'the part {part} is not what it should be',
  'dossier-part-missing': 'the part {part} is missing',
  'dossier-part-unknown': 'the part {part} does not belong to it',
  'dossier-entry-wrong': 'entry {seq} of {origin}: {what}',
  'dossier-head-wrong': 'the chain of {origin} is not the one that the room signed',
  'dossier-incomplete': '{expected} entries are expected about this candidate, {found} are here and fit',
  'dossier-proof-of-another': 'what proves it was signed by {code}, for another room or session',
  'dossier-receipt-wrong': 'the receipt of the result {digest} is not the one of the centre for it',
  'dossier-file-wrong': 'the part {part} is not the file that was answered',
  'evidence-unreadable': 'the part {part} is not what it should be',
  'evidence-part-missing': 'the part {part} is missing, or is none of it',
  'evidence-altered': 'the part {part} is not the one that is listed',
  'evidence-of-another': 'the part {part} is of another room or session',
  'evidence-entries-wrong': 'the entries in {part} are not those that the room signed',
};

const wrongWith: Readonly<Record<string, string>> = {
  'unknown-chain': 'no chain of the dossier has it',
  'of-another': 'it is not about this candidate',
  'payload-changed': 'its content is not the one that was entered',
  misplaced: 'it stands behind one that came after it, or is there twice',
  'not-in-chain': 'the chain has another entry at its place',
  'chain-broken': 'it does not follow the entry before it',
};

/** null: the refusal is none of these. */
export function evidenceRefusalText(refusal: Refusal): string | null {
  const text = texts[refusal.type];
  if (text === undefined) return null;
  const filled = text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(refusal[name] ?? '?');
    return name === 'what' ? (wrongWith[value] ?? value) : value;
  });
  return `Not whole: ${filled}. Ask the centre for it again, and compare.`;
}
