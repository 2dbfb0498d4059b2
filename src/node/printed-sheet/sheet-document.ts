/** A PDF of A4 pages that carries its fonts. Pages are kept as the text of their drawing, so that a thousand of them stay small. */
import { deflateSync } from 'node:zlib';
import type { PDFDocument, PDFRef } from '@cantoo/pdf-lib';
import { embedFonts, type Fonts, type Weight } from './fonts.ts';
import { Lettering, type Line, type Stretch } from './lettering.ts';
import { embedPhoto, type PhotoFile, type Picture } from './pictures.ts';
import type { SheetText } from './sheet-text.ts';

export const pageSize = { width: 595.28, height: 841.89 };
/** Printers leave a few millimetres free. */
export const margin = 40;
export const contentWidth = pageSize.width - 2 * margin;
/** Below it stand the page's number and what could not be written. */
export const contentBottom = pageSize.height - 70;

const mostCodesNamed = 24;

export type Ink = 'black' | 'grey' | 'pale';
const inks: Readonly<Record<Ink, string>> = { black: '0', grey: '0.35', pale: '0.7' };

/** Pages that belong together and are counted by themselves. */
export interface Section {
  /** At the foot of each: codes and numbers, which are short. */
  readonly foot: string;
}

/** What every sheet asks of whoever prints it. */
export interface Printing {
  readonly text: SheetText;
  /** When it is printed. */
  readonly at: number;
  /** null: it is not here. */
  readonly readPhoto: (sha256: string) => Promise<Uint8Array | null>;
}

interface SheetOptions extends Printing {
  readonly title: string;
}

export class SheetPage {
  readonly section: Section;
  readonly drawn: string[] = [];
  readonly pictures = new Map<PDFRef, string>();
  /** Code points that no font has. */
  readonly missing = new Set<string>();

  constructor(section: Section) {
    this.section = section;
  }

  /** @param y of the line that the letters stand on */
  write(line: Line, at: { x: number; y: number; size: number; ink?: Ink }): void {
    let { x } = at;
    for (const stretch of line.stretches) {
      if (stretch.face === null) this.#missingCharacter(stretch, x, at.y, at.size);
      else this.#glyphs(stretch, { ...at, x });
      x += stretch.width * at.size;
    }
  }

  frame(x: number, y: number, width: number, height: number, ink: Ink = 'pale', thickness = 0.7): void {
    this.drawn.push(
      `${inks[ink]} G ${thickness} w ${figures(x, pageSize.height - y - height, width, height)} re S`,
    );
  }

  rule(x: number, y: number, width: number, options: { ink?: Ink; dashed?: boolean } = {}): void {
    const dash = options.dashed ? '[3 3] 0 d' : '[] 0 d';
    const level = pageSize.height - y;
    this.drawn.push(
      `${inks[options.ink ?? 'pale']} G 0.7 w ${dash} ${figures(x, level)} m ${figures(x + width, level)} l S [] 0 d`,
    );
  }

  /** As large as fits into the frame, whole, in its middle. */
  picture(picture: Picture, x: number, y: number, width: number, height: number): void {
    const scale = Math.min(width / picture.width, height / picture.height);
    const [wide, high] = [picture.width * scale, picture.height * scale];
    const name = this.pictures.get(picture.ref) ?? `P${this.pictures.size + 1}`;
    this.pictures.set(picture.ref, name);
    const corner = [x + (width - wide) / 2, pageSize.height - y - (height + high) / 2] as const;
    this.drawn.push(`q ${figures(wide, 0, 0, high, ...corner)} cm /${name} Do Q`);
  }

  #glyphs(
    { face, glyphs }: Extract<Stretch, { glyphs: string }>,
    at: { x: number; y: number; size: number; ink?: Ink },
  ): void {
    this.drawn.push(
      `BT ${inks[at.ink ?? 'black']} g /${face.name} ${figures(at.size)} Tf ${figures(at.x, pageSize.height - at.y)} Td <${glyphs}> Tj ET`,
    );
  }

  #missingCharacter(
    { codePoint, rows, width }: Extract<Stretch, { face: null }>,
    x: number,
    y: number,
    size: number,
  ): void {
    this.missing.add(codePoint);
    this.frame(x + 0.06 * size, y - 0.8 * size, (width - 0.12) * size, 0.92 * size, 'black', 0.5);
    for (const [i, row] of rows.entries())
      for (const run of row)
        this.#glyphs(run, {
          x: x + ((width - run.width * 0.38) / 2) * size,
          y: y - (0.42 - i * 0.4) * size,
          size: 0.38 * size,
        });
  }
}

export class SheetDocument {
  readonly lettering: Lettering;
  readonly #document: PDFDocument;
  readonly #fonts: Fonts;
  readonly text: SheetText;
  readonly #pages: SheetPage[] = [];
  readonly #photos = new Map<string, Picture | null>();
  readonly #readPhoto: (sha256: string) => Promise<Uint8Array | null>;

  private constructor(document: PDFDocument, fonts: Fonts, options: SheetOptions) {
    this.#document = document;
    this.#fonts = fonts;
    this.text = options.text;
    this.#readPhoto = options.readPhoto;
    this.lettering = new Lettering(fonts);
  }

  static async open(options: SheetOptions): Promise<SheetDocument> {
    // A library of many files that most starts never need.
    const { PDFDocument } = await import('@cantoo/pdf-lib');
    const document = await PDFDocument.create();
    document.setTitle(options.title, { showInWindowTitleBar: true });
    document.setLanguage(options.text.language);
    document.setCreator('Invigil');
    document.setProducer('Invigil');
    document.setCreationDate(new Date(options.at));
    document.setModificationDate(new Date(options.at));
    return new SheetDocument(document, await embedFonts(document), options);
  }

  newPage(section: Section): SheetPage {
    const page = new SheetPage(section);
    this.#pages.push(page);
    return page;
  }

  /** Each photo once in the file, however often it is shown. @returns null when it cannot be printed. */
  async photo(photo: { sha256: string; mediaType: string }): Promise<Picture | null> {
    const before = this.#photos.get(photo.sha256);
    if (before !== undefined) return before;
    const content = await this.#readPhoto(photo.sha256);
    const file: PhotoFile | null = content && { mediaType: photo.mediaType, content };
    const picture = file && (await embedPhoto(this.#document, file));
    this.#photos.set(photo.sha256, picture);
    return picture;
  }

  async save(): Promise<Uint8Array> {
    const { PDFName } = await import('@cantoo/pdf-lib');
    const sections = Map.groupBy(this.#pages, (page) => page.section);
    for (const pages of sections.values())
      for (const [i, page] of pages.entries()) this.#foot(page, i + 1, pages.length);
    const { context } = this.#document;
    for (const [i, page] of this.#pages.entries()) {
      const leaf = this.#document.addPage([pageSize.width, pageSize.height]).node;
      for (const weight of ['regular', 'bold'] as const satisfies readonly Weight[])
        for (const { name, font } of this.#fonts[weight]) leaf.setFontDictionary(PDFName.of(name), font.ref);
      for (const [ref, name] of page.pictures) leaf.setXObject(PDFName.of(name), ref);
      const drawing = deflateSync(page.drawn.join('\n'));
      leaf.set(PDFName.of('Contents'), context.register(context.stream(drawing, { Filter: 'FlateDecode' })));
      // Others want their answers, too.
      if (i % 50 === 49) await new Promise(setImmediate);
    }
    return this.#document.save();
  }

  #foot(page: SheetPage, number: number, pages: number): void {
    const count = this.lettering.line(this.text('sheet.page', { page: number, pages }), 'regular');
    const size = 8;
    const y = contentBottom + 16;
    page.rule(margin, y - 11, contentWidth);
    const right = pageSize.width - margin - count.width * size;
    page.write(count, { x: right, y, size, ink: 'grey' });
    const lines = this.lettering.lines(page.section.foot, 'regular', (right - margin - 12) / size);
    for (const [i, line] of lines.entries())
      page.write(line, { x: margin, y: y + i * 10, size, ink: 'grey' });
    if (page.missing.size === 0) return;
    // Each stands in its box as well; more than these would leave the paper.
    const codes = [...page.missing].slice(0, mostCodesNamed);
    if (codes.length < page.missing.size) codes.push('…');
    const note = this.lettering.lines(this.text('sheet.missing', { codes }), 'regular', contentWidth / 7);
    for (const [i, line] of note.entries()) page.write(line, { x: margin, y: y + 21 + i * 9, size: 7 });
  }
}

/** As PDF writes them. */
function figures(...values: readonly number[]): string {
  return values.map((value) => String(Math.round(value * 100) / 100)).join(' ');
}
