/** What nobody goes on with, and what a centre that was killed had no time to remove. */
import type { Centre } from '../../centre.ts';
import { archiveCame } from './uploads.ts';

/** An upload that has not moved for a week. */
const abandonedMs = 7 * 24 * 60 * 60 * 1000;
const needed: readonly string[] = ['coming', 'waiting', 'reading', 'password'];

/** @param orphans nothing comes just now: what has no row, and what is no longer needed, goes; what came whole is said to be whole */
export async function removeUnneeded(centre: Centre, { orphans }: { orphans: boolean }): Promise<void> {
  const { db, node, scanReader } = centre;
  const { archives } = scanReader;
  if (orphans)
    for (const id of await archives.ids()) {
      const row = await db.selectFrom('scan_upload').select('state').where('id', '=', id).executeTakeFirst();
      if (!row || !needed.includes(row.state)) await archives.remove(id);
    }
  const coming = await db
    .selectFrom('scan_upload')
    .select(['id', 'size', 'begun_at'])
    .where('state', '=', 'coming')
    .execute();
  for (const { id, size, begun_at } of coming) {
    if (orphans && (await archives.received(id)) === size) await archiveCame(centre, id);
    else if (((await archives.movedAt(id)) ?? begun_at) < node.clock.now() - abandonedMs)
      await expire(centre, id);
  }
}

async function expire({ db, node, scanReader }: Centre, id: string): Promise<void> {
  await db
    .updateTable('scan_upload')
    .set({
      state: 'cancelled',
      password_sealed: null,
      finished_at: node.clock.now(),
      problem_json: JSON.stringify({ type: 'upload-expired' }),
    })
    .where('id', '=', id)
    .where('state', '=', 'coming')
    .execute();
  await scanReader.archives.remove(id);
}
