/** The only way by which what the machine read of a page is replaced: a person wants it, and the first reading knew nothing of the page. */
import { ok, refuse, type Refusal, type Result } from '../../../base/result.ts';
import { readingSchema } from '../../../exam/scan/reading.ts';
import type { Centre } from '../../centre.ts';
import { changeScans } from '../change-scans.ts';
import { settle } from '../settle.ts';
import { optionsOf, readingOf } from './read-archive.ts';
import { seenUpload } from './upload-limits.ts';
import type { Sender } from './uploads.ts';

/**
 * Refusals: `no-such-scan`, `scan-was-read` (it could be looked at), `scan-image-not-kept`.
 * @returns why it still cannot be looked at; null: it was read
 */
export async function readAgain(
  centre: Centre,
  { projectId, scanId }: { projectId: string; scanId: string },
  { account, limit }: Sender,
): Promise<Result<Refusal | null>> {
  const { db, blobs, node } = centre;
  const scan = await db
    .selectFrom('scan')
    .select(['upload_id', 'position', 'digest', 'reading_json'])
    .where('project_id', '=', projectId)
    .where('id', '=', scanId)
    .executeTakeFirst();
  if (!scan) return refuse({ type: 'no-such-scan' });
  const seen = await seenUpload(centre, projectId, scan.upload_id, limit);
  if (!seen.ok) return refuse({ type: 'no-such-scan' });
  const before = readingSchema.parse(JSON.parse(scan.reading_json));
  if (before.class !== 'bad-image') return refuse({ type: 'scan-was-read' });
  const image = scan.digest === null ? null : await blobs.read(scan.digest);
  if (image === null) return refuse({ type: 'scan-image-not-kept' });
  const pool = await centre.scanReader.pool();
  const page = await pool.recognise(image, await optionsOf(db, projectId));
  if (page.class === 'bad-image') return ok(page.problem);
  const thumbnail = page.thumbnail && (await blobs.put(page.thumbnail));
  const reading = readingOf(page);
  // Before it is in force: an entry too many says less than one that is missing.
  await node.journal.append([
    {
      kind: 'scan-read-again',
      subject: `project:${projectId}`,
      data: {
        upload: scan.upload_id,
        position: scan.position,
        digest: scan.digest,
        problem: before.problem?.type ?? null,
        by: account,
      },
    },
  ]);
  const kept = await changeScans(centre, projectId, async (trx) => {
    await trx
      .updateTable('scan')
      .set({ reading_json: JSON.stringify(reading), thumbnail: thumbnail?.digest ?? null })
      .where('id', '=', scanId)
      // Two who ask at once have read the same.
      .where('reading_json', '=', scan.reading_json)
      .execute();
    await settle(trx, projectId, [scanId]);
    return ok();
  });
  centre.scanReader.changed.notify();
  return kept.ok ? ok(null) : kept;
}
