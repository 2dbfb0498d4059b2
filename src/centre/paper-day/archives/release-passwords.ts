/**
 * Passwords of archives become known at the release and not before: a person gives the PIN of the release token, once for all sites. From
 * then on the centre can tell them again without it, and writes each into its site's thread of the support desk, where the project says so.
 */
import { newId } from '../../../base/ids.ts';
import { refuse, ok, type Result } from '../../../base/result.ts';
import { unwrap } from '../../../base/refused.ts';
import { permitted } from '../../four-eyes/four-eyes.ts';
import type { Centre } from '../../centre.ts';
import { changeScans } from '../../scans/change-scans.ts';
import type { CentreDatabase } from '../../storage/database.ts';
import type { Tables } from '../../storage/tables.ts';
import { eventOnDay } from '../event-day.ts';
import { dayIsDue } from '../grants/give-out.ts';
import { keyOfEvent } from '../grants/grants.ts';
import { keepTold, unlockPassword } from './archive-password.ts';
import { postPasswords } from './post-passwords.ts';

export interface ReleaseWanted {
  readonly projectId: string;
  readonly eventId: string;
  /** null: every site that has an archive. */
  readonly siteCodes: readonly string[] | null;
}

/**
 * Only what is not released yet; again it changes nothing.
 *
 * @returns of how many sites; refusals `no-such-event`, `archives-not-made`, `too-early`, `release-held`, those of the release token and of `permitted`
 */
export async function releasePasswords(
  centre: Centre,
  wanted: ReleaseWanted,
  pin: string,
  account: string,
): Promise<Result<{ released: number }>> {
  const { projectId, eventId } = wanted;
  const event = await eventOnDay(centre.db, projectId, eventId);
  if (!event.ok) return event;
  const all = await presentArchives(centre.db, wanted);
  if (all.length === 0) return refuse({ type: 'archives-not-made' });
  const due = await dayIsDue(centre, wanted);
  if (!due.ok) return due;
  const key = await keyOfEvent(centre, eventId, pin);
  if (!key.ok) return key;
  // Only now: a confirmation is not used up by a wrong PIN, nor by asking too early.
  const asked = await permitted(
    centre,
    { act: 'release-passwords', projectId, sessionId: eventId, siteCode: null },
    account,
  );
  if (!asked.ok) return asked;
  const told = await Promise.all(
    all
      .filter(({ released_at }) => released_at === null)
      .map(async (row) => ({
        row,
        password: await keepTold(
          centre,
          unwrap(await unlockPassword(centre, row.sealed_password, key.value)),
        ),
      })),
  );
  const released = await changeScans(centre, projectId, async (db, at) => {
    // Held back in this very moment: nothing goes out.
    const still = await dayIsDue({ db, node: centre.node }, wanted);
    if (!still.ok) return still;
    const { postsPassword } = event.value.policy;
    const done: { site: string; revision: number }[] = [];
    for (const { row, password } of told) {
      const written = await db
        .updateTable('site_archive')
        .set({
          released_at: at,
          released_by: account,
          told_password: password,
          // Chosen with the release: whatever is killed afterwards, it is one posting.
          posting_id: postsPassword ? newId() : null,
        })
        .where('event_id', '=', eventId)
        .where('site_code', '=', row.site_code)
        .where('revision', '=', row.revision)
        .where('released_at', 'is', null)
        .executeTakeFirst();
      if (written.numUpdatedRows > 0n) done.push({ site: row.site_code, revision: row.revision });
    }
    return ok(done);
  });
  if (!released.ok) return released;
  if (released.value.length > 0)
    await centre.node.journal.append([
      {
        kind: 'archive-passwords-released',
        subject: `event:${eventId}`,
        data: { project: projectId, archives: released.value, by: account },
      },
    ]);
  centre.changed.notify();
  await postPasswords(centre);
  return ok({ released: released.value.length });
}

/** Those of the materials' present revisions. */
function presentArchives(
  db: CentreDatabase,
  { projectId, eventId, siteCodes }: ReleaseWanted,
): Promise<Tables['site_archive'][]> {
  return db
    .selectFrom('site_archive')
    .innerJoin('site_material', (join) =>
      join
        .onRef('site_material.event_id', '=', 'site_archive.event_id')
        .onRef('site_material.site_code', '=', 'site_archive.site_code')
        .onRef('site_material.revision', '=', 'site_archive.revision'),
    )
    .selectAll('site_archive')
    .where('site_archive.project_id', '=', projectId)
    .where('site_archive.event_id', '=', eventId)
    .orderBy('site_archive.site_code')
    .execute()
    .then((rows) => rows.filter(({ site_code }) => siteCodes?.includes(site_code) ?? true));
}
