/** The one moment in which a publication becomes the one in force, and putting away what nothing refers to any more. */
import { sql } from 'kysely';
import { Refused } from '../../base/refused.ts';
import type { Centre } from '../centre.ts';
import type { SessionView } from '../contract.ts';
import { newestPublication } from '../project/projects.ts';
import type { CentreDatabase } from '../storage/database.ts';
import type { Made } from './make-packages.ts';
import type { SealedPapers } from './seal-papers.ts';
import type { Turns } from '../work/turns.ts';

/**
 * Short, whatever was made: rows that lie there already begin to count.
 * @param revision of the project of which it was made.
 * @throws Refused `changed-meanwhile` when the project is another one by now, `publication-cancelled`.
 */
export async function keepPublication(
  { db }: Pick<Centre, 'db'>,
  run: {
    readonly id: string;
    readonly projectId: string;
    readonly number: number;
    readonly at: number;
    readonly by: string;
  },
  revision: number,
  sessions: readonly SessionView[],
  papers: SealedPapers,
  made: Made,
): Promise<void> {
  const { projectId, number } = run;
  const bytes = await bytesOf(db, projectId, number);
  await db.transaction().execute(async (trx) => {
    // Holds the project's row, as every change of it does.
    const held = await trx
      .updateTable('project')
      .set((eb) => ({ changed_at: eb.ref('changed_at') }))
      .where('id', '=', projectId)
      .returning('revision')
      .executeTakeFirstOrThrow();
    if (held.revision !== revision) throw new Refused({ type: 'changed-meanwhile' });
    const wanted = await trx
      .deleteFrom('publication_work')
      .where('project_id', '=', projectId)
      .where('id', '=', run.id)
      .executeTakeFirst();
    if (wanted.numDeletedRows === 0n) throw new Refused({ type: 'publication-cancelled' });
    for (const session of sessions) await usePapers(trx, session);
    await trx
      .insertInto('publication')
      .values({
        project_id: projectId,
        number,
        published_at: run.at,
        rooms: made.rooms,
        bytes: bytes + [...papers.values()].reduce((sum, one) => sum + one.size, 0),
        by_account: run.by,
        revision,
        changed_rooms: made.changed,
      })
      .execute();
  });
}

async function bytesOf(db: CentreDatabase, projectId: string, number: number): Promise<number> {
  const { bytes } = await db
    .selectFrom('publication_room')
    .innerJoin('made_package', (join) =>
      join
        .onRef('made_package.project_id', '=', 'publication_room.project_id')
        .onRef('made_package.digest', '=', 'publication_room.digest'),
    )
    .select((eb) => eb.fn.sum<number>('made_package.bytes').as('bytes'))
    .where('publication_room.project_id', '=', projectId)
    .where('publication_room.number', '=', number)
    .executeTakeFirstOrThrow();
  return Number(bytes ?? 0);
}

async function usePapers(db: CentreDatabase, session: SessionView): Promise<void> {
  const next = await db.selectFrom('next_paper').selectAll().where('session_id', '=', session.id).execute();
  for (const { session_id, subject, ...values } of next) {
    // Sealed for a publication that was cancelled, and the session has another paper since.
    if (session.subjects.find((one) => one.number === subject)?.paperId !== values.paper_id) continue;
    const before = await db
      .selectFrom('sealed_paper')
      .select('paper_id')
      .where('session_id', '=', session_id)
      .where('subject', '=', subject)
      .executeTakeFirst();
    if (before?.paper_id === values.paper_id) continue;
    await db
      .insertInto('sealed_paper')
      .values({ session_id, subject, ...values })
      .onConflict((conflict) => conflict.columns(['session_id', 'subject']).doUpdateSet(values))
      .execute();
    // Another paper: an authorisation that was prepared for the old one opens nothing any more.
    if (before) await db.deleteFrom('authorisation').where('session_id', '=', session_id).execute();
  }
  await db.deleteFrom('next_paper').where('session_id', '=', session.id).execute();
}

const batch = 100;

/** Rooms and sites of other publications than the one in force, and packages of none. Not while another one is being made. */
export async function clearUnused(
  centre: Pick<Centre, 'db'>,
  projectId: string,
  turns: Turns,
): Promise<void> {
  const { db } = centre;
  const number = (await newestPublication(centre, projectId))?.number ?? 0;
  for (const table of ['publication_room', 'publication_site'] as const)
    await db.deleteFrom(table).where('project_id', '=', projectId).where('number', '!=', number).execute();
  for (;;) {
    await turns.pass();
    const unused = await db
      .selectFrom('made_package')
      .select('digest')
      .where('project_id', '=', projectId)
      .where(
        sql<boolean>`not exists (select 1 from publication_room where publication_room.project_id = made_package.project_id and publication_room.digest = made_package.digest)`,
      )
      .limit(batch)
      .execute();
    if (unused.length === 0) return;
    await db
      .deleteFrom('made_package')
      .where('project_id', '=', projectId)
      .where(
        'digest',
        'in',
        unused.map((row) => row.digest),
      )
      .execute();
  }
}
