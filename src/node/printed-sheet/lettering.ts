/** Text as the fonts write it: which font has which character, how wide it is, and where a line may end. */
import type { Face, Fonts, Weight } from './fonts.ts';

/** A stretch of text in one font. */
interface Run {
  readonly face: Face;
  /** Numbers of its glyphs, each of four hexadecimal figures. */
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
const mostKept = 2_000;

export class Lettering {
  readonly #fonts: Fonts;
  /** Of each weight: what the fonts say of a letter is asked for once. */
  readonly #letters = {
    regular: new Map<string, readonly Stretch[]>(),
    bold: new Map<string, readonly Stretch[]>(),
  };

  /** Headings and labels come again on every page. */
  readonly #broken = new Map<string, readonly Line[]>();

  constructor(fonts: Fonts) {
    this.#fonts = fonts;
  }

  /** One line, however long. */
  line(text: string, weight: Weight): Line {
    const stretches: Stretch[] = [];
    for (const segment of lettersOf(tidy(text)))
      for (const one of this.#letter(segment, weight)) {
        const before = stretches.at(-1);
        if (one.face === null || before?.face !== one.face) stretches.push(one);
        else
          stretches[stretches.length - 1] = {
            face: one.face,
            glyphs: before.glyphs + one.glyphs,
            width: before.width + one.width,
          };
      }
    return { stretches, width: widthOf(stretches) };
  }

  /** Lines of at most `width` at size 1: between words, and within a word that is longer than a line. Nothing is cut off. */
  lines(text: string, weight: Weight, width: number): readonly Line[] {
    const key = `${weight} ${width} ${text}`;
    let lines = this.#broken.get(key);
    if (lines === undefined) {
      lines = this.#break(text, weight, width);
      // Names do not come again: what is kept must not grow with the number of candidates.
      if (this.#broken.size >= mostKept) this.#broken.clear();
      this.#broken.set(key, lines);
    }
    return lines;
  }

  #break(text: string, weight: Weight, width: number): Line[] {
    const lines: string[] = [];
    const begun = { text: '', width: 0 };
    const end = (): void => {
      if (begun.text.trim() !== '') lines.push(begun.text.trimEnd());
      Object.assign(begun, { text: '', width: 0 });
    };
    const add = (part: string): boolean => {
      // A space at the end of a line needs no place.
      if (begun.width + this.#width(part.trimEnd(), weight) > width) return false;
      begun.text += part;
      begun.width += this.#width(part, weight);
      return true;
    };
    for (const word of wordsOf(tidy(text))) {
      if (add(word)) continue;
      end();
      if (add(word)) continue;
      for (const segment of lettersOf(word)) {
        if (add(segment)) continue;
        end();
        // A letter that is wider than the line stands alone in it.
        if (!add(segment)) Object.assign(begun, { text: segment, width });
      }
    }
    end();
    return (lines.length === 0 ? [''] : lines).map((one) => this.line(one, weight));
  }

  #width(text: string, weight: Weight): number {
    let width = 0;
    for (const segment of lettersOf(text)) width += widthOf(this.#letter(segment, weight));
    return width;
  }

  /** A letter with its marks: in one font, or else each part as it can be written. */
  #letter(letter: string, weight: Weight): readonly Stretch[] {
    let stretches = this.#letters[weight].get(letter);
    if (stretches === undefined) {
      const faces = this.#fonts[weight];
      stretches = Array.from(faceOf(faces, letter) ? [letter] : letter, (part) => {
        const face = faceOf(faces, part);
        return face ? run(face, part) : this.#missing(part);
      });
      this.#letters[weight].set(letter, stretches);
    }
    return stretches;
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
    // Without the signs around it, so that runs can be joined.
    glyphs: face.font.encodeText(text).asString(),
    width: face.font.widthOfTextAtSize(text, 1),
  };
}

function widthOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, one) => sum + one.width, 0);
}

/** The first font that has all of a letter with its marks; fonts are not changed within one. */
function faceOf(faces: readonly Face[], letter: string): Face | null {
  const points = Array.from(letter, (character) => character.codePointAt(0) ?? 0);
  // Fonts have empty glyphs for some of these: nobody would see that something is there.
  if (/[\p{Cc}\p{Co}\p{Cn}\p{Cs}]/u.test(letter)) return null;
  return faces.find((face) => points.every((point) => face.has(point))) ?? null;
}

/** Letters with their marks. */
function lettersOf(text: string): string[] {
  // Where nothing can be joined, the slow way would give the same.
  return /[\p{M}\p{Cf}]/u.test(text)
    ? Array.from(graphemes.segment(text), ({ segment }) => segment)
    : Array.from(text);
}

/** Composed letters, which fonts have, and single spaces. */
function tidy(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/g, ' ');
}

/** A line may end after each of these. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const segment of lettersOf(text)) {
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
