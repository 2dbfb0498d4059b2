/** One site's archive (AES-256), with a password of its own. What is unsealed for it goes through memory alone. */
import { PassThrough, Readable, Writable } from 'node:stream';
import { unwrap } from '../../../base/refused.ts';
import { ok } from '../../../base/result.ts';
import type { Centre } from '../../centre.ts';
import { changeScans } from '../../scans/change-scans.ts';
import type { Tables } from '../../storage/tables.ts';
import type { Turns } from '../../work/turns.ts';
import { archiveContents, type ArchivedFile } from './archive-contents.ts';
import type { ArchivesWanted } from './archive-maker.ts';
import { lockPassword, newPassword } from './archive-password.ts';

export interface MadeArchive {
  readonly site: string;
  readonly revision: number;
  readonly digest: string;
}

/**
 * Of the site's present materials.
 *
 * @returns null: it has one already, or somebody else has made it meanwhile, and his counts; or its materials are no more
 * @throws Refused what it was stopped with; half an archive is never kept
 */
export async function makeArchive(
  centre: Centre,
  { event, key, language, account }: Omit<ArchivesWanted, 'siteCodes'>,
  siteCode: string,
  turns: Turns,
): Promise<MadeArchive | null> {
  const { db } = centre;
  const { id: eventId, project_id } = event.row;
  const row = await db
    .selectFrom('site_material')
    .selectAll()
    .where('event_id', '=', eventId)
    .where('site_code', '=', siteCode)
    .executeTakeFirst();
  if (!row || (await hasArchive(centre, row))) return null;
  const { recipient } = await db
    .selectFrom('event_seal')
    .select('recipient')
    .where('event_id', '=', eventId)
    .executeTakeFirstOrThrow();
  const password = newPassword();
  const files = await archiveContents(centre, event, row, key, language);
  const { digest, size } = await centre.blobs.put(zipped(files, password, turns));
  const sealed_password = await lockPassword(centre, password, recipient);
  // One after the other: the archive that is given out and the password that is told are always of one.
  const kept = await changeScans(centre, project_id, async (trx, at) => {
    const inserted = await trx
      .insertInto('site_archive')
      .values({
        event_id: eventId,
        site_code: siteCode,
        revision: row.revision,
        project_id,
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
  if (unwrap(kept)) return { site: siteCode, revision: row.revision, digest };
  await centre.blobs.remove(digest);
  return null;
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

/** Stored and not packed: PDF files are packed already. */
async function* zipped(
  files: readonly ArchivedFile[],
  password: string,
  turns: Turns,
): AsyncGenerator<Uint8Array> {
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
      await turns.pass();
      const source = Readable.from(await content(), { objectMode: false });
      await zip.add(name, Readable.toWeb(source) as ReadableStream<Uint8Array>);
    }
    await zip.close();
  };
  // Whoever reads hears of it: half an archive is never kept.
  fill().catch((error: unknown) => out.destroy(error as Error));
  for await (const chunk of out as AsyncIterable<Uint8Array>) {
    await turns.pass();
    yield chunk;
  }
}
