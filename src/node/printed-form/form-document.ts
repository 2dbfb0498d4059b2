/**
 * Forms as PDF: A4 pages of lines, boxes and letters, no picture; bars and squares lie where they were measured. What all sheets of a kind
 * have in common is in the file once, so that a page takes little more than its codes.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { deflateSync } from 'node:zlib';
import type { PDFDocument, PDFPage, PDFRef } from '@cantoo/pdf-lib';
import { page as paper, type Box, type Side, type Words } from '../../exam/form/template.ts';
import { embedFonts, type Fonts, type Weight } from '../printed-sheet/fonts.ts';
import { Lettering, type Line } from '../printed-sheet/lettering.ts';
import { SheetPage } from '../printed-sheet/sheet-document.ts';
import type { Shape } from './shape.ts';
import { blankShapes, sheetShapes, type PrintedSheet } from './shapes.ts';

const pt = 72 / 25.4;
const size = { width: paper.width * pt, height: paper.height * pt };
const thin = 0.25;
const grey = '0.62';
/** Of letters, mm: smaller ones are not read on paper. */
const smallest = 1.5;
/** From one line to the next, of the letters' height. */
const leading = 1.25;
/** Printing goes on in between for everybody else. */
const pagesATurn = 8;

export interface FormDocumentOptions {
  readonly title: string;
  readonly language: keyof Words;
  readonly at: number;
}

export class FormDocument {
  readonly #document: PDFDocument;
  readonly #fonts: Fonts;
  readonly #lettering: Lettering;
  readonly #language: keyof Words;
  readonly #blanks = new Map<Side, PDFRef>();
  /** Characters that no font has, as code points. */
  readonly missing = new Set<string>();
  #pages = 0;

  private constructor(document: PDFDocument, fonts: Fonts, language: keyof Words) {
    this.#document = document;
    this.#fonts = fonts;
    this.#lettering = new Lettering(fonts);
    this.#language = language;
  }

  static async open({ title, language, at }: FormDocumentOptions): Promise<FormDocument> {
    // A library of many files that most starts never need.
    const { PDFDocument } = await import('@cantoo/pdf-lib');
    const document = await PDFDocument.create();
    document.setTitle(title, { showInWindowTitleBar: true });
    document.setLanguage(language);
    document.setCreator('Invigil');
    document.setProducer('Invigil');
    document.setCreationDate(new Date(at));
    document.setModificationDate(new Date(at));
    return new FormDocument(document, await embedFonts(document), language);
  }

  get pages(): number {
    return this.#pages;
  }

  /** One page. @param more what lies over it */
  async add(side: Side, sheet: PrintedSheet | null, more: readonly Shape[] = []): Promise<void> {
    const { PDFName } = await import('@cantoo/pdf-lib');
    const { context } = this.#document;
    let blank = this.#blanks.get(side);
    if (blank === undefined) {
      blank = await this.#stream(blankShapes(side, this.#language));
      this.#blanks.set(side, blank);
    }
    const own = await this.#stream([...(sheet ? sheetShapes(side, sheet) : []), ...more]);
    const leaf = this.#document.addPage([size.width, size.height]).node;
    await this.#setFonts(leaf);
    leaf.set(PDFName.of('Contents'), context.obj([blank, own]));
    await this.#counted();
  }

  /**
   * A page of another document, upright and whole within `box`; never enlarged.
   * @param more what lies over it
   */
  async addPage(source: PDFPage, box: Box, more: readonly Shape[]): Promise<void> {
    const { degrees } = await import('@cantoo/pdf-lib');
    const crop = source.getCropBox();
    // Whoever embeds a page takes it as it lies, not as it is shown.
    const turned = ((source.getRotation().angle % 360) + 360) % 360;
    const embedded = await this.#document.embedPage(source, {
      left: crop.x,
      bottom: crop.y,
      right: crop.x + crop.width,
      top: crop.y + crop.height,
    });
    const lying = turned % 180 !== 0;
    const [width, height] = lying ? [crop.height, crop.width] : [crop.width, crop.height];
    const scale = Math.min(1, (box.width * pt) / width, (box.height * pt) / height);
    const x = (box.x + box.width / 2) * pt - (width * scale) / 2;
    const y = size.height - (box.y + box.height / 2) * pt - (height * scale) / 2;
    const corner = {
      0: [x, y],
      90: [x, y + height * scale],
      180: [x + width * scale, y + height * scale],
      270: [x + width * scale, y],
    }[turned] ?? [x, y];
    const page = this.#document.addPage([size.width, size.height]);
    page.drawPage(embedded, {
      x: corner[0] ?? x,
      y: corner[1] ?? y,
      xScale: scale,
      yScale: scale,
      rotate: degrees(-turned),
    });
    await this.#setFonts(page.node);
    page.node.addContentStream(await this.#stream(more));
    await this.#counted();
  }

  /** A page of nothing but these. */
  async addPlain(shapes: readonly Shape[]): Promise<void> {
    const { PDFName } = await import('@cantoo/pdf-lib');
    const { node } = this.#document.addPage([size.width, size.height]);
    await this.#setFonts(node);
    node.set(PDFName.of('Contents'), await this.#stream(shapes));
    await this.#counted();
  }

  /** The other side of a sheet on which only one is printed. */
  async addEmpty(): Promise<void> {
    this.#document.addPage([size.width, size.height]);
    await this.#counted();
  }

  save(): Promise<Uint8Array> {
    return this.#document.save({ objectsPerTick: 200 });
  }

  async #setFonts(leaf: PDFPage['node']): Promise<void> {
    const { PDFName } = await import('@cantoo/pdf-lib');
    for (const weight of ['regular', 'bold'] as const satisfies readonly Weight[])
      for (const { name, font } of this.#fonts[weight]) leaf.setFontDictionary(PDFName.of(name), font.ref);
  }

  async #counted(): Promise<void> {
    this.#pages++;
    if (this.#pages % pagesATurn === 0) await nextTurn();
  }

  async #stream(shapes: readonly Shape[]): Promise<PDFRef> {
    const { context } = this.#document;
    const page = new SheetPage({ foot: '' });
    const fills = shapes.flatMap((shape) => (shape.type === 'fill' ? [rectangle(shape.box)] : []));
    // One path for all of them: nothing lies over another, and the file is half as large.
    if (fills.length > 0) page.drawn.push(`0 g ${fills.join(' ')} f`);
    for (const shape of shapes) this.#draw(page, shape);
    for (const one of page.missing) this.missing.add(one);
    return context.register(context.stream(deflateSync(page.drawn.join('\n')), { Filter: 'FlateDecode' }));
  }

  #draw(page: SheetPage, shape: Shape): void {
    switch (shape.type) {
      case 'fill':
        return;
      case 'tint':
        page.drawn.push(`${figures(shape.grey)} g ${rectangle(shape.box)} f`);
        return;
      case 'frame':
        page.drawn.push(`${shape.grey ? grey : '0'} G ${figures(thin * pt)} w ${rectangle(shape.box)} S`);
        return;
      case 'line': {
        const { from, to } = shape;
        page.drawn.push(
          `${shape.grey ? grey : '0'} G ${figures(thin * pt)} w ${point(from)} m ${point(to)} l S`,
        );
        return;
      }
      case 'words': {
        const { box, align } = shape;
        const fitted = this.#fitted(shape);
        for (const [i, line] of fitted.lines.entries()) {
          const free = align === 'centre' ? (box.width - line.width * fitted.size) / 2 : 0;
          page.write(line, {
            x: (box.x + free) * pt,
            y: (box.y + fitted.size * (1 + i * leading)) * pt,
            size: fitted.size * pt,
          });
        }
      }
    }
  }

  /** As large as it is meant, or as small as its box needs it. What does not fit at all ends with dots: the register has it whole. */
  #fitted({ text, box, size: wanted, bold }: Extract<Shape, { type: 'words' }>): {
    lines: readonly Line[];
    size: number;
  } {
    const weight: Weight = bold ? 'bold' : 'regular';
    let height = wanted;
    for (;;) {
      const lines = this.#lettering.lines(text, weight, box.width / height);
      const most = Math.max(1, Math.floor((box.height / height - 1) / leading + 1.3));
      if (lines.length <= most) return { lines, size: height };
      if (height <= smallest) {
        const signs = Array.from(text);
        for (let length = signs.length - 1; length > 0; length--) {
          const cut = this.#lettering.lines(
            `${signs.slice(0, length).join('').trimEnd()}…`,
            weight,
            box.width / height,
          );
          if (cut.length <= most) return { lines: cut, size: height };
        }
        return { lines: lines.slice(0, most), size: height };
      }
      height = Math.max(smallest, height * 0.92);
    }
  }
}

function rectangle({ x, y, width, height }: Box): string {
  return `${figures(x * pt, size.height - (y + height) * pt, width * pt, height * pt)} re`;
}

function point({ x, y }: { readonly x: number; readonly y: number }): string {
  return figures(x * pt, size.height - y * pt);
}

/** To a thousandth of a point: bars of half a millimetre are to stand where they were measured. */
function figures(...values: readonly number[]): string {
  return values.map((value) => String(Math.round(value * 1_000) / 1_000)).join(' ');
}
