/** Kits of a room as PDF, in the order in which they are handed out. */
import type { SheetKind } from '../../exam/form/sheet-code.ts';
import type { Side, Template, Words } from '../../exam/form/template.ts';
import { FormDocument, type FormDocumentOptions } from './form-document.ts';
import { noKit } from './code-shapes.ts';
import { words, type Shape } from './shape.ts';

export interface SheetToPrint {
  readonly number: string;
  /** null: it belongs to no kit yet. */
  readonly kit: string | null;
  readonly kind: SheetKind;
  readonly copy: number;
}

export interface FormsToPrint extends FormDocumentOptions {
  readonly templates: readonly Template[];
  /** In printed fields, by their names: subject, date, site, room. */
  readonly values: Readonly<Record<string, string>>;
  /** Sheets of a kit follow each other. */
  readonly sheets: readonly SheetToPrint[];
}

export interface MadeForms {
  readonly content: Uint8Array;
  readonly pages: number;
  /** Characters that no font has: they stand as boxes. */
  readonly missing: readonly string[];
}

export async function formsPdf({ templates, values, sheets, ...options }: FormsToPrint): Promise<MadeForms> {
  const document = await FormDocument.open(options);
  await addForms(document, { templates, values, sheets, language: options.language });
  return { content: await document.save(), pages: document.pages, missing: [...document.missing] };
}

interface FormsToAdd extends Pick<FormsToPrint, 'templates' | 'values' | 'sheets' | 'language'> {
  /** What control sheets name, where that is more than is added here. */
  readonly kitSheets?: readonly SheetToPrint[];
}

/** @param afterSheet asked after the last side of each */
export async function addForms(
  document: FormDocument,
  { templates, values, sheets, kitSheets: named = sheets, language }: FormsToAdd,
  afterSheet?: (sides: number) => Promise<void>,
): Promise<void> {
  const byKind = new Map(templates.map((template) => [template.kind, template]));
  const kits = Map.groupBy(named, ({ kit }) => kit);
  for (const { number, kit, kind, copy } of sheets) {
    const sides = byKind.get(kind)?.sides ?? [];
    const kitSheets =
      kind === 'control' && kit !== null
        ? (kits.get(kit) ?? [])
            .filter((one) => one.kind !== 'control')
            .map((one) => ({
              name: byKind.get(one.kind)?.sides[0]?.heading[language] ?? '',
              number: one.number,
            }))
        : null;
    for (const [i, side] of sides.entries())
      await document.add(side, {
        code: { number, side: i === 0 ? 1 : 2, more: { kit: kit ?? noKit, kind, copy } },
        values: { ...values, kit: kit ?? '', copy: String(copy) },
        language,
        ...(kitSheets === null ? {} : { kitSheets }),
      });
    await afterSheet?.(sides.length);
  }
}

const specimenWords: Words = { en: 'SPECIMEN', zh: '样张', ru: 'ОБРАЗЕЦ' };

/** Each side once, without codes: nobody can hand it in. */
export async function specimenPdf(
  templates: readonly Template[],
  options: FormDocumentOptions,
): Promise<Uint8Array> {
  const document = await FormDocument.open(options);
  for (const side of templates.flatMap((template): readonly Side[] => template.sides))
    await document.add(side, null, specimenShapes(options.language));
  return document.save();
}

/** Where the codes of a form stand. */
export function specimenShapes(language: keyof Words): Shape[] {
  const text = language === 'en' ? specimenWords.en : `${specimenWords[language]} · ${specimenWords.en}`;
  return [
    words(text, { x: 96, y: 8, width: 95, height: 12 }, 9, true),
    words(text, { x: 26, y: 277, width: 95, height: 12 }, 9, true),
  ];
}
