/** A page as the console shows it: each of its rows as a picture of its own, with what the machine found in each box. */
import { toBase64 } from '../../../base/bytes.ts';
import { refuse, ok, type Result } from '../../../base/result.ts';
import { markBox, page as paper, type Box } from '../../../exam/form/template.ts';
import type { RowAnswer } from '../../../exam/scan/row-answers.ts';
import { cutPage } from '../../../recognise/cut.ts';
import type { Centre } from '../../centre.ts';
import type { MarkPage, MarkRow } from './contract.ts';
import type { PageOfMarks } from './find-page.ts';

/** Around a row, mm: what stands before it, and a little of its neighbours. */
const around = { left: 12, right: 8, aboveAndBelow: 6 };

export async function showRows(
  { blobs }: Pick<Centre, 'blobs'>,
  page: PageOfMarks,
  rows: readonly RowAnswer[],
): Promise<Result<MarkPage>> {
  const image = page.digest === null ? null : await blobs.read(page.digest);
  if (image === null) return refuse({ type: 'scan-image-missing' });
  const { reading } = page;
  const boxes = rows.map(boxAround);
  const cut = await cutPage(image, { map: reading.map ?? null, rotation: reading.rotation ?? 0 }, boxes);
  if (!cut.ok) return cut;
  return ok({
    scanId: page.scanId,
    siteCode: page.siteCode,
    roomCode: page.roomCode,
    kit: page.kit,
    number: page.number,
    side: page.side,
    kind: page.kind,
    duplicate: page.class === 'duplicate',
    rows: rows.map((row, i) => shown(row, boxes[i] as Box, cut.value[i] as Uint8Array)),
  });
}

function boxAround({ field, row }: RowAnswer): Box {
  const [first, last] = [markBox(field, row, 0), markBox(field, row, field.columns.length - 1)];
  const x = Math.max(0, first.x - around.left);
  const y = Math.max(0, first.y - around.aboveAndBelow);
  return {
    x,
    y,
    width: Math.min(paper.width, last.x + last.width + around.right) - x,
    height: Math.min(paper.height, first.y + first.height + around.aboveAndBelow) - y,
  };
}

function shown(row: RowAnswer, around: Box, jpeg: Uint8Array): MarkRow {
  const { field, machine, doubt, decision, seq, boxes } = row;
  return {
    field: field.name,
    row: row.row,
    name: field.rows[row.row] ?? '',
    several: field.several,
    doubt,
    boxes: boxes.map(({ column, score, state }) => {
      const { x, y, width, height } = markBox(field, row.row, column);
      return {
        name: field.columns[column] ?? '',
        score,
        state,
        at: {
          x: (x - around.x) / around.width,
          y: (y - around.y) / around.height,
          width: width / around.width,
          height: height / around.height,
        },
      };
    }),
    machine: [...machine],
    decision: decision && { marked: [...(decision.marked ?? [])], by: decision.by },
    seq,
    image: `data:image/jpeg;base64,${toBase64(jpeg)}`,
  };
}
