/**
 * Regular expressions of XML Schema (Part 2, appendix F), matched in a time that no pattern can make long: a whole paper's scoring must not
 * wait for one author's careless pattern. They match the whole text, `^` and `$` are letters like any other, `.` is all but line ends, classes
 * can be subtracted. Authors who know other dialects often write `^…$` around the whole: those two are left out, as other delivery systems do.
 * Browser-safe.
 */

import { Automaton, TooLarge, type Part } from './automaton.ts';

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

export interface Pattern {
  /** Does it match the whole text? */
  test(text: string): boolean;
}

/** @returns null when the pattern cannot be read. */
export function patternOf(schemaPattern: string): Pattern | null {
  const text = schemaPattern.replace(/^\^/, '').replace(/(?<!\\)((?:\\\\)*)\$$/, '$1');
  try {
    const automaton = new Automaton(new Reader(text).whole());
    return { test: (value) => automaton.matches(value) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof Unreadable || error instanceof TooLarge) return null;
    throw error;
  }
}

/** Groups within groups. */
const deepest = 100;
const mostTimes = 10_000;

class Reader {
  readonly #letters: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#letters = [...text];
  }

  whole(): Part {
    const all = this.#branches();
    if (this.#at < this.#letters.length) throw new Unreadable();
    return all;
  }

  #branches(): Part {
    if (++this.#depth > deepest) throw new Unreadable();
    const oneOf = [this.#branch()];
    while (this.#took('|')) oneOf.push(this.#branch());
    this.#depth--;
    return oneOf.length === 1 && oneOf[0] ? oneOf[0] : { oneOf };
  }

  #branch(): Part {
    const inOrder: Part[] = [];
    while (this.#at < this.#letters.length && !'|)'.includes(this.#letters[this.#at] ?? ''))
      inOrder.push(this.#quantified(this.#atom()));
    return { inOrder };
  }

  #quantified(atom: Part): Part {
    const times = this.#times();
    if (!times) return atom;
    // Other dialects say with it how to look, which changes nothing for a whole text.
    this.#took('?');
    return { repeated: atom, ...times };
  }

  #times(): { least: number; most: number } | null {
    if (this.#took('?')) return { least: 0, most: 1 };
    if (this.#took('*')) return { least: 0, most: Infinity };
    if (this.#took('+')) return { least: 1, most: Infinity };
    if (!this.#took('{')) return null;
    let inside = '';
    for (let next = this.#next(); next !== '}'; next = this.#next()) inside += next;
    const counted = /^(\d{1,5})(,(\d{0,5}))?$/.exec(inside);
    if (!counted) throw new Unreadable();
    const least = Number(counted[1]);
    const most = counted[2] === undefined ? least : counted[3] === '' ? Infinity : Number(counted[3]);
    if (most < least || least > mostTimes || (most > mostTimes && most !== Infinity)) throw new Unreadable();
    return { least, most };
  }

  #atom(): Part {
    const letter = this.#next();
    if (letter === '(') {
      // Other dialects' group that is not numbered; numbers mean nothing here.
      if (this.#letters[this.#at] === '?' && this.#letters[this.#at + 1] === ':') this.#at += 2;
      const group = this.#branches();
      if (this.#next() !== ')') throw new Unreadable();
      return group;
    }
    if ('?*+{}])'.includes(letter)) throw new Unreadable();
    if (letter === '\\') return one(this.#escape());
    if (letter === '[') return one(this.#class());
    if (letter === '.') return one(String.raw`[^\n\r]`);
    return { letter: (other) => other === letter };
  }

  #took(letter: string): boolean {
    const there = this.#letters[this.#at] === letter;
    if (there) this.#at++;
    return there;
  }

  #next(): string {
    const letter = this.#letters[this.#at++];
    if (letter === undefined) throw new Unreadable();
    return letter;
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

/** One letter of a class, or of an escape that stands for a class. */
function one(classText: string): Part {
  const letters = new RegExp(`^${classText}$`, 'v');
  return { letter: (letter) => letters.test(letter) };
}

/** The letter itself, whatever it means in a pattern. */
function literal(letter: string): string {
  return /[\p{L}\p{N}]/u.test(letter) ? letter : `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`;
}
