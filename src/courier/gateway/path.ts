/** The only way from what a client says to a path of the tree. */
import { refuse, ok, type Result } from '../../base/result.ts';
import type { TreePath } from './tree.ts';

const mostNames = 16;
const mostBytesOfName = 255;
const mostLetters = 2_000;

/**
 * Nothing is decoded, and a letter that any system reads as a separator or leaves out of a name is refused, as are names of Windows' devices: whoever is
 * behind the tree may make a file of a name as it is. U+FFFD stands where bytes were no UTF-8.
 */
const impossible = /[\p{Cc}\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]|[. ]$|^ |\p{Cs}/u;
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$/i;
/** Lookalikes of `/`, `\` and `.` that some systems fold into them. */
const lookalike = /[\u2044\u2215\u29f8\uff0f\uff3c\u2024\u2025\uff0e\ufe52]/u;

/** @param from what a path without a leading `/` starts at. */
export function readPath(said: string, from: TreePath): Result<TreePath> {
  if (said.length > mostLetters) return refuse({ type: 'gateway-path-impossible' });
  const names: string[] = said.startsWith('/') ? [] : [...from];
  for (const name of said.split('/')) {
    if (name === '' || name === '.') continue;
    if (name === '..') {
      if (names.pop() === undefined) return refuse({ type: 'gateway-path-outside' });
      continue;
    }
    const normal = name.normalize('NFC');
    if (impossible.test(normal) || lookalike.test(normal) || device.test(normal))
      return refuse({ type: 'gateway-path-impossible' });
    if (Buffer.byteLength(normal) > mostBytesOfName || names.length === mostNames)
      return refuse({ type: 'gateway-path-impossible' });
    names.push(normal);
  }
  return ok(names);
}

export function showPath(path: TreePath): string {
  return `/${path.join('/')}`;
}
