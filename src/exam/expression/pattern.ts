/**
 * Regular expressions of XML Schema (Part 2, appendix F) as JavaScript's: they match the whole text, `^` and `$` are letters like
 * any other, `.` is all but line ends, classes can be subtracted. Authors who know other dialects often write `^…$` around the
 * whole: those two are left out, as other delivery systems do. Browser-safe.
 */

const nameStart = String.raw`\p{L}\p{Nl}_:`;
const classes: Record<string, string> = {
  s: String.raw`[ \t\n\r]`,
  S: String.raw`[^ \t\n\r]`,
  d: String.raw`\p{Nd}`,
  D: String.raw`\P{Nd}`,
  w: String.raw`[^\p{P}\p{Z}\p{C}]`,
  W: String.raw`[\p{P}\p{Z}\p{C}]`,
  i: `[${nameStart}]`,
  I: `[^${nameStart}]`,
  c: String.raw`[${nameStart}\p{M}\p{Nd}.\-·]`,
  C: String.raw`[^${nameStart}\p{M}\p{Nd}.\-·]`,
  n: String.raw`\n`,
  r: String.raw`\r`,
  t: String.raw`\t`,
};

/** Unicode blocks by their names in XML Schema; JavaScript knows scripts and categories only. */
const blocks: Record<string, string> = {
  IsBasicLatin: '0000-007F',
  'IsLatin-1Supplement': '0080-00FF',
  'IsLatinExtended-A': '0100-017F',
  'IsLatinExtended-B': '0180-024F',
  IsGreek: '0370-03FF',
  IsGreekandCoptic: '0370-03FF',
  IsCyrillic: '0400-04FF',
  IsArmenian: '0530-058F',
  IsHebrew: '0590-05FF',
  IsArabic: '0600-06FF',
  IsDevanagari: '0900-097F',
  IsThai: '0E00-0E7F',
  IsGeorgian: '10A0-10FF',
  IsGeneralPunctuation: '2000-206F',
  IsHiragana: '3040-309F',
  IsKatakana: '30A0-30FF',
  IsCJKUnifiedIdeographs: '4E00-9FFF',
  IsHangulSyllables: 'AC00-D7AF',
};

class Unreadable extends Error {}

/** @returns null when the pattern cannot be read. */
export function patternOf(schemaPattern: string): RegExp | null {
  const text = schemaPattern.replace(/^\^/, '').replace(/(?<!\\)((?:\\\\)*)\$$/, '$1');
  const reader = new Reader(text);
  try {
    return new RegExp(`^(?:${reader.whole()})$`, 'v');
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof Unreadable) return null;
    throw error;
  }
}

class Reader {
  readonly #letters: readonly string[];
  #at = 0;

  constructor(text: string) {
    this.#letters = [...text];
  }

  whole(): string {
    let made = '';
    while (this.#at < this.#letters.length) made += this.#piece();
    return made;
  }

  #next(): string {
    const letter = this.#letters[this.#at++];
    if (letter === undefined) throw new Unreadable();
    return letter;
  }

  #piece(): string {
    const letter = this.#next();
    if (letter === '\\') return this.#escape();
    if (letter === '[') return this.#class();
    if (letter === '.') return String.raw`[^\n\r]`;
    return '^$'.includes(letter) ? literal(letter) : letter;
  }

  #escape(): string {
    const letter = this.#next();
    if (letter === 'p' || letter === 'P') return this.#property(letter);
    const known = classes[letter];
    if (known !== undefined) return known;
    if (/[\p{L}\p{N}]/u.test(letter)) throw new Unreadable();
    return literal(letter);
  }

  #property(letter: string): string {
    if (this.#next() !== '{') throw new Unreadable();
    let name = '';
    for (let next = this.#next(); next !== '}'; next = this.#next()) name += next;
    if (!name.startsWith('Is')) return `\\${letter}{${name}}`;
    const [from, to] = blocks[name]?.split('-') ?? [];
    if (from === undefined || to === undefined) throw new Unreadable();
    return String.raw`[${letter === 'P' ? '^' : ''}\u{${from}}-\u{${to}}]`;
  }

  /** What stands between `[` and its `]`; subtraction `[a-z-[aeiou]]` becomes `[[a-z]--[aeiou]]`. */
  #class(): string {
    const not = this.#letters[this.#at] === '^' ? '^' : '';
    if (not !== '') this.#at++;
    let inside = '';
    let afterLetter = false;
    for (;;) {
      const letter = this.#next();
      const follows = this.#letters[this.#at];
      if (letter === ']') return `[${not}${inside}]`;
      if (letter === '-' && follows === '[') {
        this.#at++;
        const minus = this.#class();
        if (this.#next() !== ']') throw new Unreadable();
        return `[[${not}${inside}]--${minus}]`;
      }
      if (letter === '[') throw new Unreadable();
      if (letter === '-' && afterLetter && follows !== ']') {
        inside += '-';
        afterLetter = false;
        continue;
      }
      const piece = letter === '\\' ? this.#escape() : literal(letter);
      inside += piece;
      afterLetter = !/^(\[|\\[pP])/.test(piece);
    }
  }
}

/** The letter itself, whatever it means in a pattern. */
function literal(letter: string): string {
  return /[\p{L}\p{N}]/u.test(letter) ? letter : `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`;
}
