/**
 * One kit as a print station gives it to its printer: forms, the pages of its question paper, and the control sheet with all numbers. Each page of
 * the paper says whose it is: a page that fell out of its kit finds back.
 */
import type { PDFDocument } from '@cantoo/pdf-lib';
import { ok, refuse, type Result } from '../../base/result.ts';
import { page, type Box, type Template, type Words } from '../../exam/form/template.ts';
import { FormDocument, type FormDocumentOptions } from './form-document.ts';
import { addForms, type SheetToPrint } from './forms-pdf.ts';
import { kitShapes } from './kit-numbers.ts';
import { words, type Shape } from './shape.ts';

/** Of one variant, as it came from the centre: read once, in memory, for all kits. */
export interface QuestionPaper {
  readonly variant: number;
  readonly document: PDFDocument;
}

export interface KitToPrint extends FormDocumentOptions {
  readonly kit: string;
  readonly copy: number;
  readonly templates: readonly Template[];
  /** In printed fields, by their names: subject, date, site, room. */
  readonly values: Readonly<Record<string, string>>;
  /** All of the kit, in their places. */
  readonly sheets: readonly Omit<SheetToPrint, 'kit' | 'copy'>[];
  /** Forms lie preprinted in the room: the paper and the control sheet alone. */
  readonly preprinted: boolean;
  /** null: none is printed. */
  readonly paper: QuestionPaper | null;
  /** Each sheet begins on a front side; where it has no back, that stays empty. */
  readonly twoSided: boolean;
}

export interface MadeKit {
  readonly content: Uint8Array;
  readonly pages: number;
  /** Sheets of paper that come out of the printer. */
  readonly papers: number;
  /** Characters that no font has: they stand as boxes. */
  readonly missing: readonly string[];
}

/** Refusals: `paper-unreadable`. */
export async function readPaper(variant: number, pdf: Uint8Array): Promise<Result<QuestionPaper>> {
  const { PDFDocument } = await import('@cantoo/pdf-lib');
  try {
    const document = await PDFDocument.load(pdf, { updateMetadata: false });
    if (document.getPageCount() === 0) return refuse({ type: 'paper-unreadable', variant });
    return ok({ variant, document });
  } catch {
    // Encrypted, or no PDF: nothing of it can be printed.
    return refuse({ type: 'paper-unreadable', variant });
  }
}

/** What the paper may fill, mm: below it stands whose page it is. */
const paperBox: Box = { x: 0, y: 0, width: page.width, height: page.height - 10 };
const stampBox: Box = { x: 20, y: page.height - 9.5, width: page.width - 40, height: 5 };

const stampWords: Readonly<Record<keyof Words, (kit: string, copy: number, at: string) => string>> = {
  en: (kit, copy, at) => `№ ${kit}${copy === 1 ? '' : ` · copy ${copy}`} · page ${at.replace('/', ' of ')}`,
  zh: (kit, copy, at) =>
    `№ ${kit}${copy === 1 ? '' : ` · 重印 ${copy}`} · 第 ${at.replace('/', ' 页，共 ')} 页`,
  ru: (kit, copy, at) =>
    `№ ${kit}${copy === 1 ? '' : ` · копия ${copy}`} · страница ${at.replace('/', ' из ')}`,
};
const controlWords: Words = { en: 'Control sheet', zh: '核对单', ru: 'Контрольный лист' };

export async function kitPdf(wanted: KitToPrint): Promise<MadeKit> {
  const { kit, copy, templates, values, language, preprinted, paper, twoSided } = wanted;
  const document = await FormDocument.open(wanted);
  let papers = 0;
  const endSheet = async (sides: number): Promise<void> => {
    if (twoSided && sides % 2 === 1) await document.addEmpty();
    papers += twoSided ? Math.ceil(sides / 2) : sides;
  };
  const all = wanted.sheets.map((sheet): SheetToPrint => ({ ...sheet, kit, copy }));
  const forms = (sheets: readonly SheetToPrint[]): Promise<void> =>
    addForms(document, { templates, values, sheets, kitSheets: all, language }, endSheet);
  if (!preprinted) await forms(all.filter(({ kind }) => kind !== 'control'));
  if (paper) {
    const pages = paper.document.getPages();
    for (const [i, one] of pages.entries())
      await document.addPage(one, paperBox, [
        words(stampWords[language](kit, copy, `${i + 1}/${pages.length}`), stampBox, 3, true, 'centre'),
      ]);
    await endSheet(pages.length);
  }
  const control = all.filter(({ kind }) => kind === 'control');
  if (control.length > 0) await forms(control);
  // Where a kit is a single form there is nothing to compare.
  else if (preprinted || paper) {
    await document.addPlain(controlShapes(wanted));
    await endSheet(1);
  }
  return {
    content: await document.save(),
    pages: document.pages,
    papers,
    missing: [...document.missing],
  };
}

/** Of a kit that has none with a number of its own. */
function controlShapes({ kit, copy, values, language, sheets, templates }: KitToPrint): Shape[] {
  const names = new Map(templates.map((one) => [one.kind, one.sides[0]?.heading[language] ?? '']));
  const place = [values['subject'], values['date'], values['site'], values['room']].filter(Boolean);
  return [
    words(controlWords[language], { x: 20, y: 18, width: 170, height: 10 }, 5, true),
    words(`№ ${kit}${copy === 1 ? '' : ` · ${copy}`}`, { x: 20, y: 30, width: 170, height: 8 }, 5, true),
    words(place.join(' · '), { x: 20, y: 42, width: 170, height: 12 }, 3.4),
    ...kitShapes(
      { x: 26, y: 64, width: 160, height: 180 },
      sheets.map(({ kind, number }) => ({ name: names.get(kind) ?? '', number })),
    ),
  ];
}
