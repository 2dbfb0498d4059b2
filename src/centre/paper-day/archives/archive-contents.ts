/** What lies in a site's archive: question papers as they came, the forms of each room, and which kit gets which paper. */
import { fromUtf8 } from '../../../base/bytes.ts';
import type { SheetKind } from '../../../exam/form/sheet-code.ts';
import { numberProblem, ownNumbers } from '../../../exam/form/sheet-number.ts';
import type { Words } from '../../../exam/form/template.ts';
import { planSchema, type Plan } from '../../../exam/paper-day/parcels.ts';
import { formsPdf, type SheetToPrint } from '../../../node/printed-form/forms-pdf.ts';
import { printedValues } from '../../../node/printed-form/printed-values.ts';
import { kitList } from '../../../node/printed-sheet/kit-list.ts';
import { sheetText } from '../../../node/printed-sheet/sheet-text.ts';
import { collect } from '../../../store/blobs.ts';
import { openStream } from '../../../trust/seal.ts';
import type { Centre } from '../../centre.ts';
import { legalName } from '../../events/print-forms.ts';
import type { Tables } from '../../storage/tables.ts';
import type { EventOnDay } from '../event-day.ts';
import { sealedVariantsSchema } from '../materials/site-materials.ts';

export interface ArchivedFile {
  readonly name: string;
  content(): AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
}

/** Of one file: made in memory, a few seconds long. */
const sheetsOfFile = 1_000;

/** Of exactly the revision that the row says. @param key the event's secret key */
export async function archiveContents(
  centre: Centre,
  event: EventOnDay,
  row: Tables['site_material'],
  key: string,
  language: keyof Words,
): Promise<ArchivedFile[]> {
  const opened = async (digest: string): Promise<AsyncIterable<Uint8Array>> => {
    const sealed = await centre.blobs.stream(digest);
    if (!sealed) throw new Error(`${digest} is not in the blob store`);
    return openStream(sealed, { identities: [key] });
  };
  const plan = planSchema.parse(JSON.parse(fromUtf8(await collect(await opened(row.plan_digest)))));
  const variants = sealedVariantsSchema.parse(JSON.parse(row.variants_json));
  const { subject_name: subjectName, date, name } = event.row;
  const at = centre.node.clock.now();
  return [
    ...variants.map(({ variant, digest }) => ({
      name: `papers/${variant}.pdf`,
      content: () => opened(digest),
    })),
    ...formsOf(plan).map(({ fileName, room, sheets }) => ({
      name: `forms/${fileName}`,
      content: async () => {
        const { content } = await formsPdf({
          title: `${name} · ${plan.siteCode} · ${room}`,
          language,
          at,
          templates: plan.templates,
          values: printedValues({ subjectName, date, site: plan.siteCode, room }, language),
          sheets,
        });
        return inOnePiece(content);
      },
    })),
    {
      name: 'kits.pdf',
      content: async () =>
        inOnePiece(
          await kitList(
            { event: name, subject: subjectName, date, site: plan.siteCode, kits: plan.kits },
            { text: sheetText(language), at, readPhoto: () => Promise.resolve(null) },
          ),
        ),
    },
  ];
}

async function* inOnePiece(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

/** Room by room, a kit never torn apart; none where forms come printed, or were numbered and drawn elsewhere. */
function formsOf(plan: Plan): { fileName: string; room: string; sheets: SheetToPrint[] }[] {
  if (plan.preprinted) return [];
  const toPrint = (one: { number: string; kind: SheetKind }, kit: string | null): SheetToPrint => ({
    number: one.number,
    kit,
    kind: one.kind,
    copy: 1,
  });
  const groups = [
    ...plan.kits.map(({ kit, room, sheets }) => ({ room, sheets: sheets.map((one) => toPrint(one, kit)) })),
    ...plan.additional.map((one) => ({ room: one.room, sheets: [toPrint(one, null)] })),
  ];
  const own = groups.every(({ sheets }) =>
    sheets.every(({ number }) => numberProblem(number, ownNumbers) === null),
  );
  if (!own) return [];
  return [...Map.groupBy(groups, ({ room }) => room)].flatMap(([room, ofRoom]) => {
    const files: SheetToPrint[][] = [[]];
    for (const { sheets } of ofRoom) {
      const last = files.at(-1) as SheetToPrint[];
      if (last.length > 0 && last.length + sheets.length > sheetsOfFile) files.push([...sheets]);
      else last.push(...sheets);
    }
    const name = room === '' ? 'reserve' : legalName(room);
    return files.map((sheets, i) => ({
      fileName: `${files.length === 1 ? name : `${name}_${i + 1}`}.pdf`,
      room,
      sheets,
    }));
  });
}
