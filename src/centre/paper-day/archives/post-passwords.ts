/** Passwords that were released go into the sites' threads of the support desk, each once: its posting's id was chosen with the release. */
import type { Posting } from '../../../exam/support/posting.ts';
import type { Language } from '../../../ui/language.ts';
import { materialsArchiveName } from '../../../exam/paper-day/file-names.ts';
import { fillText } from '../../../ui/format.ts';
import { siteArchives as en } from '../../../ui/strings/en/site-archives.ts';
import { siteArchives as ru } from '../../../ui/strings/ru/site-archives.ts';
import { siteArchives as zh } from '../../../ui/strings/zh/site-archives.ts';
import type { Centre } from '../../centre.ts';
import { keep } from '../../support/postings.ts';
import { readTold } from './archive-password.ts';

const texts = { ru, en, zh };

/** Also at the start of a centre that was killed in between. A site of which nobody knows any more keeps waiting, and is in the log. */
export async function postPasswords(centre: Centre): Promise<void> {
  const { db, node } = centre;
  const rows = await db
    .selectFrom('site_archive')
    .innerJoin('event', 'event.id', 'site_archive.event_id')
    .selectAll('site_archive')
    .select(['event.name', 'event.subject_latin', 'event.date'])
    .where('posting_id', 'is not', null)
    .where('posted_at', 'is', null)
    .orderBy('site_archive.event_id')
    .orderBy('site_code')
    .execute();
  for (const { name, subject_latin: subjectLatin, date, ...row } of rows) {
    if (row.told_password === null || row.posting_id === null) continue;
    const file = materialsArchiveName({ site: row.site_code, subjectLatin, date }, row.revision);
    const password = await readTold(centre, row.told_password);
    const posting: Posting = {
      id: row.posting_id,
      thread: row.posting_id,
      side: 'centre',
      at: row.released_at ?? node.clock.now(),
      by: row.released_by ?? '',
      name: node.accounts.find(row.released_by ?? '')?.name ?? '',
      body: {
        kind: 'opened',
        stage: 'authorised',
        priority: 'normal',
        phone: '',
        byTelephone: false,
        // In every language: nobody here knows who reads it.
        text: Object.entries(texts)
          .map(([language, said]) =>
            fillText(said['siteArchives.posting'], { event: name, file, password }, language as Language),
          )
          .join('\n\n'),
      },
    };
    const kept = await keep(centre, row.project_id, [{ siteCode: row.site_code, posting }]);
    if (!kept.ok) {
      node.log.error({ refusal: kept.refusal, site: row.site_code }, 'password of an archive not posted');
      continue;
    }
    await db
      .updateTable('site_archive')
      .set({ posted_at: node.clock.now() })
      .where('event_id', '=', row.event_id)
      .where('site_code', '=', row.site_code)
      .where('revision', '=', row.revision)
      .execute();
  }
  if (rows.length > 0) centre.changed.notify();
}
