/** Names in an archive whose program did not say how it wrote them: as in Windows' own ZIP in Russian and Chinese. */
import iconv from 'iconv-lite';

export type NameEncoding = 'UTF-8' | 'CP866' | 'windows-1251' | 'GB18030';

/** Of each letter in Russian texts, in thousandths, from а to я. */
const russian: Readonly<Record<string, number>> = Object.fromEntries(
  [
    80, 16, 45, 17, 30, 85, 9, 17, 74, 12, 35, 44, 32, 67, 110, 28, 47, 55, 63, 26, 3, 10, 5, 14, 7, 4, 1, 19,
    17, 3, 6, 20,
  ].map((share, i) => [String.fromCharCode(0x430 + i), share]),
);
/** What no text of this kind has. */
const never = Math.log(1e-4);
/** A thousand times as likely as the next: else it is left open. */
const certain = Math.log(1_000);

/**
 * One encoding for all names of an archive: together they tell it better than each alone.
 * @returns null: two are as likely, and a guess would garble names
 */
export function encodingOfNames(names: readonly Uint8Array[]): NameEncoding | null {
  const told = names.filter((name) => name.some((byte) => byte > 127));
  if (told.every(isUtf8)) return 'UTF-8';
  const scored = (
    [
      ['CP866', russianScore(told, 'cp866')],
      ['windows-1251', russianScore(told, 'win1251')],
      ['GB18030', chineseScore(told)],
    ] as const
  ).toSorted((a, b) => b[1] - a[1]);
  const [[first, best], [, second]] = scored as unknown as [[NameEncoding, number], [NameEncoding, number]];
  return best - second >= certain ? first : null;
}

export function decodeName(name: Uint8Array, encoding: NameEncoding | null): string {
  if (encoding === 'UTF-8' || isUtf8(name)) return new TextDecoder().decode(name);
  // What is plain stays readable; of the rest nobody is told something that may be wrong.
  if (encoding === null)
    return [...name].map((byte) => (byte > 127 ? '\uFFFD' : String.fromCharCode(byte))).join('');
  return iconv.decode(Buffer.from(name), encoding === 'windows-1251' ? 'win1251' : encoding);
}

function isUtf8(name: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(name);
    return true;
  } catch {
    return false;
  }
}

function russianScore(names: readonly Uint8Array[], encoding: string): number {
  let score = 0;
  for (const name of names) {
    let before = '';
    for (const sign of iconv.decode(Buffer.from(name), encoding)) {
      if (sign.charCodeAt(0) > 127) {
        const small = sign === 'ё' || sign === 'Ё' ? 'е' : sign.toLowerCase();
        const share = russian[small];
        score += share === undefined ? (sign === '№' ? -4 : never) : Math.log(share / 1_000);
        // A capital within a word of small letters.
        if (
          sign !== small &&
          before !== '' &&
          before === before.toLowerCase() &&
          russian[before] !== undefined
        )
          score -= 4;
      }
      before = sign;
    }
  }
  return score;
}

/** By the rows of GB 2312: the common characters stand in the first forty. */
function chineseScore(names: readonly Uint8Array[]): number {
  let score = 0;
  for (const name of names)
    for (let at = 0; at < name.length; at++) {
      const lead = name[at] as number;
      if (lead < 0x80) continue;
      const trail = name[at + 1] ?? 0;
      at++;
      if (lead >= 0xb0 && lead <= 0xd7 && trail >= 0xa1) score += Math.log(0.95 / 3_755);
      else if (lead >= 0xd8 && lead <= 0xf7 && trail >= 0xa1) score += Math.log(0.04 / 3_008);
      else if (lead >= 0xa1 && lead <= 0xa3 && trail >= 0xa1) score += Math.log(0.01 / 282);
      else score += 2 * never;
    }
  return score;
}
