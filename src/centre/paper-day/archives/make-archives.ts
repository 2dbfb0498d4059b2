/**
 * Archives of sites for 7-Zip (AES-256), where a project opens with a password: for a site that has nothing but a file manager and 7-Zip.
 * Each is made while the event's key is open anyway, one for each site and revision, with a password of its own, and lies in the blob store.
 * What is unsealed for it goes through memory alone.
 */
import { PassThrough, Readable, Writable } from 'node:stream';
import type { Words } from '../../../exam/form/template.ts';
import type { Centre } from '../../centre.ts';
import { changeScans } from '../../scans/change-scans.ts';
import { ok } from '../../../base/result.ts';
import { unwrap } from '../../../base/refused.ts';
import type { Tables } from '../../storage/tables.ts';
import type { EventOnDay } from '../event-day.ts';
import { archiveContents, type ArchivedFile } from './archive-contents.ts';
import { lockPassword, newPassword } from './archive-password.ts';

export interface ArchivesWanted {
  readonly event: EventOnDay;
  readonly siteCodes: readonly string[];
  /** The event's secret key. */
  readonly key: string;
  /** Of the forms and the list of kits. */
  readonly language: keyof Words;
  readonly account: string;
}

/** For every site whose materials have none in their present revision. What was made before a kill stays. @returns how many were made */
export async function makeArchives(centre: Centre, wanted: ArchivesWanted): Promise<number> {
  const { event, siteCodes, account } = wanted;
  const { db, node } = centre;
  const recipient = await db
    .selectFrom('event_seal')
    .select('recipient')
    .where('event_id', '=', event.row.id)
    .executeTakeFirstOrThrow();
  const rows = await db
    .selectFrom('site_material')
    .selectAll()
    .where('event_id', '=', event.row.id)
    .orderBy('site_code')
    .execute();
  const chosen = new Set(siteCodes);
  const made: { site: string; revision: number; digest: string }[] = [];
  for (const row of rows) {
    if (!chosen.has(row.site_code) || (await hasArchive(centre, row))) continue;
    const digest = await makeOne(centre, wanted, row, recipient.recipient);
    if (digest !== null) made.push({ site: row.site_code, revision: row.revision, digest });
    centre.changed.notify();
  }
  if (made.length > 0)
    await node.journal.append([
      {
        kind: 'site-archives-made',
        subject: `event:${event.row.id}`,
        data: { project: event.row.project_id, archives: made, by: account },
      },
    ]);
  return made.length;
}

async function hasArchive({ db }: Centre, row: Tables['site_material']): Promise<boolean> {
  const known = await db
    .selectFrom('site_archive')
    .select('digest')
    .where('event_id', '=', row.event_id)
    .where('site_code', '=', row.site_code)
    .where('revision', '=', row.revision)
    .executeTakeFirst();
  return known !== undefined;
}

/** @returns its digest; null: somebody else has made it meanwhile, and his counts */
async function makeOne(
  centre: Centre,
  { event, key, language, account }: ArchivesWanted,
  row: Tables['site_material'],
  recipient: string,
): Promise<string | null> {
  const password = newPassword();
  const files = await archiveContents(centre, event, row, key, language);
  const { digest, size } = await centre.blobs.put(zipped(files, password));
  const sealed_password = await lockPassword(centre, password, recipient);
  // One after the other: the archive that is given out and the password that is told are always of one.
  const kept = await changeScans(centre, event.row.project_id, async (db, at) => {
    const inserted = await db
      .insertInto('site_archive')
      .values({
        event_id: event.row.id,
        site_code: row.site_code,
        revision: row.revision,
        project_id: event.row.project_id,
        digest,
        size,
        sealed_password,
        made_at: at,
        by_account: account,
        released_at: null,
        released_by: null,
        told_password: null,
        posting_id: null,
        posted_at: null,
      })
      .onConflict((conflict) => conflict.columns(['event_id', 'site_code', 'revision']).doNothing())
      .executeTakeFirst();
    return ok((inserted.numInsertedOrUpdatedRows ?? 0n) > 0n);
  });
  if (unwrap(kept)) return digest;
  await centre.blobs.remove(digest);
  return null;
}

/** Stored and not packed: PDF files are packed already. */
async function* zipped(files: readonly ArchivedFile[], password: string): AsyncGenerator<Uint8Array> {
  const { ZipWriter } = await import('@zip.js/zip.js');
  const out = new PassThrough();
  const zip = new ZipWriter(Writable.toWeb(out) as WritableStream<Uint8Array>, {
    useWebWorkers: false,
    level: 0,
    password,
    // 256 bits.
    encryptionStrength: 3,
  });
  const fill = async (): Promise<void> => {
    for (const { name, content } of files) {
      const source = Readable.from(await content(), { objectMode: false });
      await zip.add(name, Readable.toWeb(source) as ReadableStream<Uint8Array>);
    }
    await zip.close();
  };
  // Whoever reads hears of it: half an archive is never kept.
  fill().catch((error: unknown) => out.destroy(error as Error));
  yield* out as AsyncIterable<Uint8Array>;
}
