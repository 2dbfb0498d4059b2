/** Which forms an event has, and whether forms that were designed elsewhere can be printed and read here. */
import { readFile } from 'node:fs/promises';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import type { Composition } from '../../exam/form/composition.ts';
import { layoutProblem } from '../../exam/form/layout.ts';
import { ownTemplates } from '../../exam/form/own-templates.ts';
import type { SheetKind } from '../../exam/form/sheet-code.ts';
import type { Template, Words } from '../../exam/form/template.ts';
import type { ReceivedFile } from '../../node/files.ts';
import { specimenPdf } from '../../node/printed-form/forms-pdf.ts';
import { shapesOf } from '../../node/printed-form/shapes.ts';
import { svgOf } from '../../node/printed-form/svg.ts';
import type { Centre } from '../centre.ts';
import { changeScans } from '../scans/change-scans.ts';
import { templatesSchema } from './contract.ts';
import { eventOf, hasGrown, inputOf, type EventRow } from './event-row.ts';

const mostBytes = 1_000_000;

export function templatesOf({ templates_json }: Pick<EventRow, 'templates_json'>): readonly Template[] {
  return templates_json === null ? ownTemplates : templatesSchema.parse(JSON.parse(templates_json));
}

/** Of each kind in a kit, and of the additional sheets that are handed out beside them. */
export function kindsOf(composition: Composition): SheetKind[] {
  return [...new Set<SheetKind>([...composition.map(({ kind }) => kind), 'additional'])];
}

export function templatesProblem(templates: readonly Template[], composition: Composition): Refusal | null {
  const kinds = templates.map(({ kind }) => kind);
  const twice = kinds.find((kind, i) => kinds.indexOf(kind) !== i);
  if (twice !== undefined) return { type: 'template-kind-twice', kind: twice };
  const missing = kindsOf(composition).filter((kind) => !kinds.includes(kind));
  return missing.length > 0 ? { type: 'template-kinds-missing', kinds: missing } : null;
}

/** @param file null: the forms of the product */
export async function saveTemplates(
  centre: Centre,
  projectId: string,
  eventId: string,
  file: ReceivedFile | null,
  account: string,
): Promise<Result<void>> {
  const read = file === null ? ok(null) : await readTemplates(file);
  if (!read.ok) return read;
  const saved = await changeScans(centre, projectId, async (db) => {
    const event = await eventOf(db, projectId, eventId);
    if (!event.ok) return event;
    const { composition } = inputOf(event.value);
    const templates = read.value ?? ownTemplates;
    const problem = templatesProblem(templates, composition);
    if (problem) return { ok: false, refusal: problem };
    // Sheets of the register have the sides that their forms had.
    const changed = kindsOf(composition).find(
      (kind) => sidesOf(templates, kind) !== sidesOf(templatesOf(event.value), kind),
    );
    if (changed !== undefined && ((await hasGrown(db, eventId)) || (await centre.growth.view(eventId, db))))
      return refuse({ type: 'template-sides-fixed', kind: changed });
    await db
      .updateTable('event')
      .set({ templates_json: read.value && JSON.stringify(read.value) })
      .where('id', '=', eventId)
      .execute();
    return ok(event.value.code);
  });
  if (!saved.ok) return saved;
  await centre.node.journal.append([
    {
      kind: 'event-forms-changed',
      subject: `event:${eventId}`,
      data: { project: projectId, code: saved.value, file: file?.fileName ?? null, by: account },
    },
  ]);
  centre.changed.notify();
  return ok();
}

export function sidesOf(templates: readonly Template[], kind: SheetKind): 1 | 2 {
  return templates.find((one) => one.kind === kind)?.sides.length === 2 ? 2 : 1;
}

async function readTemplates(file: ReceivedFile): Promise<Result<readonly Template[]>> {
  const bytes = await readFile(file.path);
  if (bytes.length > mostBytes) return refuse({ type: 'file-too-large', limit: mostBytes });
  let said: unknown;
  try {
    said = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return refuse({ type: 'templates-not-json' });
  }
  const parsed = templatesSchema.safeParse(said);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuse({
      type: 'templates-unreadable',
      path: issue?.path.map(String).join(' / ') ?? '',
      problem: issue?.message ?? '',
    });
  }
  for (const template of parsed.data) {
    const problem = layoutProblem(template);
    if (problem) return { ok: false, refusal: { ...problem, kind: template.kind } };
  }
  return ok(parsed.data);
}

/** As pictures, those of a kit and the additional sheet. */
export function drawingOf(
  event: EventRow,
  language: keyof Words,
): { kind: SheetKind; side: number; svg: string }[] {
  const templates = templatesOf(event);
  return kindsOf(inputOf(event).composition).flatMap((kind) =>
    (templates.find((one) => one.kind === kind)?.sides ?? []).map((side, i) => ({
      kind,
      side: i + 1,
      svg: svgOf(shapesOf(side, null, language)),
    })),
  );
}

export function specimenOf(event: EventRow, language: keyof Words, at: number): Promise<Uint8Array> {
  const kinds = kindsOf(inputOf(event).composition);
  const templates = kinds.flatMap((kind) => templatesOf(event).filter((one) => one.kind === kind));
  return specimenPdf(templates, { title: event.name, language, at });
}
