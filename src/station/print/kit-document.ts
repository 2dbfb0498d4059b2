/** From the plan to what the printer gets: in memory, and nowhere else. */
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Words } from '../../exam/form/template.ts';
import type { PlannedKit } from '../../exam/paper-day/parcels.ts';
import { formsPdf, type MadeForms } from '../../node/printed-form/forms-pdf.ts';
import { kitPdf, readPaper, type MadeKit, type QuestionPaper } from '../../node/printed-form/kit-pdf.ts';
import { printedValues } from '../../node/printed-form/printed-values.ts';
import type { LoadedMaterials, OpenDay } from '../station.ts';

export interface PrintPlace {
  readonly day: OpenDay;
  readonly event: LoadedMaterials['event'];
  readonly room: string;
  readonly language: keyof Words;
  readonly twoSided: boolean;
  /** When; ms. */
  readonly at: number;
}

/** Papers of the variants that were asked for, as long as the day is open. */
export class Papers {
  #day: OpenDay | null = null;
  readonly #papers = new Map<number, QuestionPaper>();

  /** Refusals: `paper-unreadable`, those of opening a part. */
  async of(day: OpenDay, variant: number): Promise<Result<QuestionPaper>> {
    if (this.#day !== day) this.forget();
    this.#day = day;
    const before = this.#papers.get(variant);
    if (before) return ok(before);
    const content = await day.variant(variant);
    if (!content.ok) return content;
    const paper = await readPaper(variant, content.value);
    if (paper.ok && this.#day === day) this.#papers.set(variant, paper.value);
    return paper;
  }

  forget(): void {
    this.#day = null;
    this.#papers.clear();
  }
}

export async function kitDocument(
  { day, event, room, language, twoSided, at }: PrintPlace,
  kit: PlannedKit,
  copy: number,
  papers: Papers,
): Promise<Result<MadeKit>> {
  const { plan } = day;
  const paper = kit.variant === null ? ok(null) : await papers.of(day, kit.variant);
  if (!paper.ok) return paper;
  return ok(
    await kitPdf({
      title: `${event.code} ${kit.kit}`,
      language,
      at,
      kit: kit.kit,
      copy,
      templates: plan.templates,
      values: printedValues({ ...event, site: plan.siteCode, room }, language),
      sheets: kit.sheets.toSorted((a, b) => a.place - b.place),
      preprinted: plan.preprinted,
      paper: paper.value,
      twoSided,
    }),
  );
}

/** Refusal: `additional-not-designed`. */
export async function additionalDocument(
  { day, event, room, language, at }: PrintPlace,
  numbers: readonly string[],
): Promise<Result<MadeForms & { readonly twoSided: boolean }>> {
  const { plan } = day;
  const template = plan.templates.find(({ kind }) => kind === 'additional');
  if (!template) return refuse({ type: 'additional-not-designed' });
  const made = await formsPdf({
    title: `${event.code} +${numbers.length}`,
    language,
    at,
    templates: [template],
    values: printedValues({ ...event, site: plan.siteCode, room }, language),
    sheets: numbers.map((number) => ({ number, kit: null, kind: 'additional', copy: 1 })),
  });
  return ok({ ...made, twoSided: template.sides.length === 2 });
}
