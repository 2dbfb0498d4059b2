/** What a person decides about one row of boxes: kept beside what the machine read, entered in the journal, and never changed. */
import { ok, refuse, type Result } from '../../../base/result.ts';
import { columnNames, sameColumns } from '../../../exam/scan/row-answers.ts';
import type { Centre } from '../../centre.ts';
import { changeScans } from '../change-scans.ts';
import { settle } from '../settle.ts';
import type { Desks } from './desks.ts';
import { findRow, openRows, type AtDesk, type Open, type RowPlace } from './queue.ts';

export interface RowDecision extends RowPlace {
  /** null: takes the newest decision back. */
  readonly marked: readonly number[] | null;
  readonly upon: number;
}

export async function decideMarks(
  centre: Pick<Centre, 'db' | 'node' | 'changed'>,
  desks: Desks,
  decision: RowDecision,
  who: AtDesk,
): Promise<Result<{ seq: number; open: Open }>> {
  const { projectId, scanId, field, row, upon } = decision;
  const made = await changeScans(centre, projectId, async (db, at) => {
    const found = await findRow({ db }, decision, who.limit);
    if (!found.ok) return found;
    const { page, answer } = found.value;
    if (answer.seq !== upon) {
      const counts = answer.decision?.marked;
      return refuse({
        type: 'marks-decided-meanwhile',
        by: answer.decision?.by ?? '–',
        marked: counts ? columnNames(answer.field, counts) || '0' : '–',
      });
    }
    const marked = decision.marked && [...new Set(decision.marked)].toSorted((a, b) => a - b);
    if (marked?.some((column) => column >= answer.field.columns.length))
      return refuse({ type: 'no-such-column' });
    if (marked === null && answer.decision === null) return refuse({ type: 'nothing-to-take-back' });
    const purpose = answer.doubt === null ? 'check' : 'review';
    const agreed = marked !== null && sameColumns(marked, answer.machine);
    await db
      .insertInto('mark_decision')
      .values({
        scan_id: scanId,
        field,
        row,
        seq: upon + 1,
        at,
        by_account: who.account,
        marked_json: JSON.stringify(marked),
        purpose,
        agreed: agreed ? 1 : 0,
      })
      .execute();
    await settle(db, projectId, [scanId]);
    return ok({ page, answer, marked, purpose, agreed });
  });
  if (!made.ok) return made;
  const { page, answer, marked, purpose, agreed } = made.value;
  await centre.node.journal.append([
    {
      kind: 'marks-decided',
      subject: `scan:${scanId}`,
      data: {
        project: projectId,
        event: page.eventId,
        number: page.number,
        side: page.side,
        field,
        row,
        seq: upon + 1,
        marked: marked && [...marked],
        machine: [...answer.machine],
        purpose,
        agreed,
        by: who.account,
      },
    },
  ]);
  desks.take(who.desk, scanId, who.account);
  centre.changed.notify();
  const open = await openRows(centre, desks, { projectId, eventId: page.eventId }, who);
  return ok({ seq: upon + 1, open });
}
