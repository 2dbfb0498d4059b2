/** How a refusal reads in a client's window. */
import type { Refusal } from '../../base/result.ts';
import type { TreeGate } from './tree.ts';

const mostLetters = 400;
const plain: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  ' ': ' ',
};

/** One line of printable ASCII, with the refusal's type at its end: support finds it by that, whatever the client made of the rest. */
export function refusalLine(gate: Pick<TreeGate, 'words'>, refusal: Refusal): string {
  let said = '';
  try {
    said = gate.words(refusal);
  } catch {
    // A text that cannot be made is no reason to end a conversation: the type says it, too.
  }
  return `${toAscii(said).slice(0, mostLetters).trim()} [${toAscii(refusal.type)}]`;
}

export function toAscii(text: string): string {
  return text
    .replaceAll(/[’‘“”–—…\u00a0]/g, (found) => plain[found] ?? ' ')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/[^\u0020-\u007e]/gu, '?');
}
