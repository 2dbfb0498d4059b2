/** Which kit of a room gets which question paper: what people go by where no print station puts kits together. */
import type { PlannedKit } from '../../exam/paper-day/parcels.ts';
import { paragraph, space, stack, table, type Column } from './blocks.ts';
import { Flow } from './flow.ts';
import { contentWidth, SheetDocument, type Printing } from './sheet-document.ts';

export interface KitList {
  readonly event: string;
  readonly subject: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly site: string;
  /** In the order in which they are handed out. */
  readonly kits: readonly PlannedKit[];
}

/** A room begins on a page of its own: it is given to the room. */
export async function kitList(
  { event, subject, date, site, kits }: KitList,
  printing: Printing,
): Promise<Uint8Array> {
  const { text } = printing;
  const document = await SheetDocument.open({ ...printing, title: `${text('sheet.kitList')} · ${site}` });
  const { lettering } = document;
  const columns: readonly Column<PlannedKit & { place: number }>[] = [
    { title: text('sheet.index'), width: 34, align: 'right', cell: ({ place }) => String(place) },
    { title: text('sheet.kit'), width: 130, weight: 'bold', cell: ({ kit }) => kit },
    {
      title: text('sheet.questionPaper'),
      width: 110,
      align: 'right',
      cell: ({ variant }) => (variant === null ? '–' : String(variant)),
    },
    {
      title: text('sheet.reserveKit'),
      width: 70,
      cell: ({ reserve }) => (reserve ? text('sheet.reserveKit') : ''),
    },
    // For a pen.
    { title: text('sheet.printedKit'), width: contentWidth - 344, cell: () => '' },
  ];
  for (const [room, ofRoom] of Map.groupBy(kits, (kit) => kit.room)) {
    const where = room === '' ? text('sheet.reservesOfSite') : `${text('sheet.room')} ${room}`;
    const flow = new Flow(
      document,
      { foot: `${site} · ${where}` },
      stack(
        paragraph(lettering, text('sheet.kitList'), contentWidth, { size: 9, ink: 'grey' }),
        paragraph(lettering, `${site} · ${where}`, contentWidth, { size: 18, weight: 'bold' }),
        paragraph(lettering, [subject, event, date].join(' · '), contentWidth, { size: 10 }),
        space(8),
      ),
    );
    const rows = ofRoom.map((kit, i) => ({ ...kit, place: i + 1 }));
    flow.table(table(lettering, columns, rows, { size: 11, padding: 3.5 }));
    // Others want their answers, too.
    await new Promise(setImmediate);
  }
  return document.save();
}
