/** What is known of a scanned page once it was read. */
import type { Refusal } from '../base/result.ts';
import type { SheetCode } from '../exam/form/sheet-code.ts';
import type { Box } from '../exam/form/template.ts';
import type { Ink } from './ink.ts';
import type { Mark } from './marks.ts';
import type { Rotation } from './raster.ts';
import type { Affine } from './register.ts';

export type PageClass = 'recognised-filled' | 'recognised-empty' | 'unrecognised' | 'bad-image';

export interface RecognisedPage {
  readonly widthPx: number | null;
  readonly heightPx: number | null;
  readonly dpi: number | null;
  /** Degrees clockwise by which the page must be turned to stand upright; null: not known. */
  readonly rotation: Rotation | null;
  /** Everything that was read, also what is no code of a sheet; `region` in pixels of the page as it was scanned. */
  readonly codes: readonly { readonly format: string; readonly text: string; readonly region: Box }[];
  readonly sheet: SheetCode | null;
  readonly class: PageClass;
  /** null: where the answers stand is not known. Such a page is never called empty. */
  readonly ink: Ink | null;
  readonly quality: {
    /** Corner squares found, of four. */
    readonly anchors: number;
    readonly residualMm: number;
    /** Between paper and print, steps of grey. */
    readonly contrast: number;
  } | null;
  readonly marks: readonly Mark[];
  /** From millimetres of the form to pixels of the scan; null: not known. */
  readonly map: Affine | null;
  /** Why it is no page, or whose it is was not read. */
  readonly problem: Refusal | null;
  /** JPEG, upright where it is known how. */
  readonly thumbnail: Uint8Array | null;
}

/** A page that could not be looked at. */
export function badImage(problem: Refusal): RecognisedPage {
  return {
    widthPx: null,
    heightPx: null,
    dpi: null,
    rotation: null,
    codes: [],
    sheet: null,
    class: 'bad-image',
    ink: null,
    quality: null,
    marks: [],
    map: null,
    problem,
    thumbnail: null,
  };
}
