/** Text as the fonts write it: which font has which character, how wide it is, and where a line may end. */
import type { Face, Fonts, Weight } from './fonts.ts';

/** A stretch of text in one font. */
interface Run {
  readonly face: Face;
  /** Its glyphs, as the page shows them. */
  readonly glyphs: string;
  /** At size 1. */
  readonly width: number;
}

/** A character that no font has: shown as a box with its code point, so that a person sees what to write by hand. */
interface MissingCharacter {
  readonly face: null;
  readonly codePoint: string;
  /** The code point's figures, in two rows. */
  readonly rows: readonly (readonly Run[])[];
  readonly width: number;
}

export type Stretch = Run | MissingCharacter;

export interface Line {
  readonly stretches: readonly Stretch[];
  /** At size 1. */
  readonly width: number;
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
/** Written without spaces: a line may end after each. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;
/** Stays with what stands before it. */
const clinging = /^[\s\p{Pe}\p{Pf}、。，．；：！？·…—–,.;:!?%-]/u;
/** Stays with what stands behind it. */
const opening = /[\p{Ps}\p{Pi}]$/u;
const afterWhichALineMayEnd = /[\s\p{Pd}/]$/u;
/** Of a missing character's box. */
const boxWidth = 1;
const mostKept = 20_000;

export class Lettering {
  readonly #fonts: Fonts;
  readonly #kept = new Map<string, Line>();

  constructor(fonts: Fonts) {
    this.#fonts = fonts;
  }

  /** One line, however long. */
  line(text: string, weight: Weight): Line {
    const key = `${weight} ${text}`;
    let line = this.#kept.get(key);
    if (line === undefined) {
      line = this.#set(text, weight);
      // Headings and labels come again and again, names do not: what is kept must not grow with the number of candidates.
      if (this.#kept.size >= mostKept) this.#kept.clear();
      this.#kept.set(key, line);
    }
    return line;
  }

  /** Lines of at most `width` at size 1: between words, and within a word that is longer than a line. Nothing is cut off. */
  lines(text: string, weight: Weight, width: number): Line[] {
    const lines: Line[] = [];
    let begun = '';
    const end = (): void => {
      if (begun.trim() !== '') lines.push(this.line(begun.trimEnd(), weight));
      begun = '';
    };
    const fits = (one: string): boolean => this.line(one.trimEnd(), weight).width <= width;
    for (const word of wordsOf(tidy(text))) {
      if (fits(begun + word)) {
        begun += word;
        continue;
      }
      end();
      if (fits(word)) {
        begun = word;
        continue;
      }
      for (const { segment } of graphemes.segment(word)) {
        if (begun !== '' && !fits(begun + segment)) end();
        begun += segment;
      }
    }
    end();
    return lines.length === 0 ? [this.line('', weight)] : lines;
  }

  #set(text: string, weight: Weight): Line {
    const faces = this.#fonts[weight];
    const stretches: Stretch[] = [];
    const begun: { face: Face | null; text: string } = { face: null, text: '' };
    const end = (): void => {
      if (begun.face) stretches.push(run(begun.face, begun.text));
      begun.face = null;
    };
    for (const { segment } of graphemes.segment(tidy(text))) {
      for (const part of faceOf(faces, segment) ? [segment] : segment) {
        const face = faceOf(faces, part);
        if (face === null) {
          end();
          stretches.push(this.#missing(part));
        } else if (begun.face === face) begun.text += part;
        else {
          end();
          Object.assign(begun, { face, text: part });
        }
      }
    }
    end();
    return { stretches, width: stretches.reduce((sum, one) => sum + one.width, 0) };
  }

  #missing(character: string): MissingCharacter {
    const figures = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const half = Math.ceil(figures.length / 2);
    const face = this.#fonts.regular[0] as Face;
    return {
      face: null,
      codePoint: `U+${figures}`,
      rows: [[run(face, figures.slice(0, half))], [run(face, figures.slice(half))]],
      width: boxWidth,
    };
  }
}

function run(face: Face, text: string): Run {
  return {
    face,
    glyphs: face.font.encodeText(text).toString(),
    width: face.font.widthOfTextAtSize(text, 1),
  };
}

/** The first font that has all of a letter with its marks; fonts are not changed within one. */
function faceOf(faces: readonly Face[], letter: string): Face | null {
  const points = Array.from(letter, (character) => character.codePointAt(0) ?? 0);
  // Fonts have empty glyphs for some of these: nobody would see that something is there.
  if (/[\p{Cc}\p{Co}\p{Cn}\p{Cs}]/u.test(letter)) return null;
  return faces.find((face) => points.every((point) => face.has(point))) ?? null;
}

/** Composed letters, which fonts have, and single spaces. */
function tidy(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/g, ' ');
}

/** A line may end after each of these. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const { segment } of graphemes.segment(text)) {
    const before = words.at(-1);
    const joins =
      before !== undefined &&
      (clinging.test(segment) ||
        opening.test(before) ||
        !(unspaced.test(segment) || unspaced.test(before) || afterWhichALineMayEnd.test(before)));
    if (joins) words[words.length - 1] = before + segment;
    else words.push(segment);
  }
  return words;
}
