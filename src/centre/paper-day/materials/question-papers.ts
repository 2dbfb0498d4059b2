/**
 * Question papers of an event, one a variant. They are sealed to the event's key as they come: what lies at the centre opens with the
 * release token alone, also for whoever carries the centre's disks away.
 */
import { open, readFile, stat } from 'node:fs/promises';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { toBase64, utf8 } from '../../../base/bytes.ts';
import { ok, refuse, type Result } from '../../../base/result.ts';
import type { ReceivedFile } from '../../../node/files.ts';
import { sha256Hex } from '../../../trust/digest.ts';
import { sealBytes, sealStream } from '../../../trust/seal.ts';
import { changeScans } from '../../scans/change-scans.ts';
import type { Centre } from '../../centre.ts';
import type { CentreDatabase } from '../../storage/database.ts';
import type { Tables } from '../../storage/tables.ts';
import { eventOnDay } from '../event-day.ts';

export const paperLimits = { bytes: 100 * 1024 * 1024, together: 500 * 1024 * 1024 };

type Material = Tables['material'];

export function papersOfEvent(db: CentreDatabase, eventId: string): Promise<Material[]> {
  return db.selectFrom('material').selectAll().where('event_id', '=', eventId).orderBy('variant').execute();
}

/**
 * Takes the place of the paper that the variant had. The same file again changes nothing.
 *
 * @returns refusals `no-such-event`, `question-paper-too-large`, `question-papers-too-large`, `not-a-pdf`, `pdf-encrypted`, `pdf-damaged`
 */
export async function keepQuestionPaper(
  centre: Centre,
  { projectId, eventId, variant }: { projectId: string; eventId: string; variant: number },
  file: ReceivedFile,
  account: string,
): Promise<Result<void>> {
  const event = await eventOnDay(centre.db, projectId, eventId);
  if (!event.ok) return event;
  const read = await readPdf(file.path);
  if (!read.ok) return read;
  const { content, pages } = read.value;
  const digest = sha256Hex(content);
  const before = (await papersOfEvent(centre.db, eventId)).find((one) => one.variant === variant);
  if (before?.digest === digest) return ok();
  const recipient = await sealOfEvent(centre, projectId, eventId, account);
  if (!recipient.ok) return recipient;
  const sealed = await centre.blobs.put(sealStream([content], { recipients: [recipient.value] }));
  const kept = await changeScans(centre, projectId, async (db, at) => {
    const papers = await papersOfEvent(db, eventId);
    const others = papers.filter((one) => one.variant !== variant);
    const bytes = others.reduce((sum, one) => sum + one.size, content.length);
    if (bytes > paperLimits.together)
      return refuse({ type: 'question-papers-too-large', bytes, limit: paperLimits.together });
    const revision = (papers.find((one) => one.variant === variant)?.revision ?? 0) + 1;
    const values = {
      revision,
      file_name: file.fileName,
      pages,
      size: content.length,
      digest,
      sealed_digest: sealed.digest,
      sealed_size: sealed.size,
      at,
      by_account: account,
    };
    await db
      .insertInto('material')
      .values({ event_id: eventId, variant, ...values })
      .onConflict((conflict) => conflict.columns(['event_id', 'variant']).doUpdateSet(values))
      .execute();
    return ok(revision);
  });
  if (!kept.ok) return kept;
  await centre.node.journal.append([
    {
      kind: 'question-paper-kept',
      subject: `event:${eventId}`,
      data: { project: projectId, variant, revision: kept.value, digest, pages, by: account },
    },
  ]);
  centre.changed.notify();
  return ok();
}

/** Sites that have it keep it until materials are prepared again. Refusals: `no-such-event`, `no-such-variant`. */
export async function removeQuestionPaper(
  centre: Centre,
  { projectId, eventId, variant }: { projectId: string; eventId: string; variant: number },
  account: string,
): Promise<Result<void>> {
  const event = await eventOnDay(centre.db, projectId, eventId);
  if (!event.ok) return event;
  const gone = await centre.db
    .deleteFrom('material')
    .where('event_id', '=', eventId)
    .where('variant', '=', variant)
    .executeTakeFirst();
  if (gone.numDeletedRows === 0n) return refuse({ type: 'no-such-variant', variant });
  await centre.node.journal.append([
    {
      kind: 'question-paper-removed',
      subject: `event:${eventId}`,
      data: { project: projectId, variant, by: account },
    },
  ]);
  centre.changed.notify();
  return ok();
}

/** The event's public key; made when it is first asked for, and the same from then on. Its secret part only the release token opens. */
export async function sealOfEvent(
  centre: Centre,
  projectId: string,
  eventId: string,
  account: string,
): Promise<Result<string>> {
  const known = await centre.db
    .selectFrom('event_seal')
    .select('recipient')
    .where('event_id', '=', eventId)
    .executeTakeFirst();
  if (known) return ok(known.recipient);
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const sealed_key = toBase64(
    await sealBytes(utf8(identity), { recipients: [centre.releaseToken.recipient] }),
  );
  return changeScans(centre, projectId, async (db, at) => {
    await db
      .insertInto('event_seal')
      .values({
        event_id: eventId,
        recipient,
        sealed_key,
        made_at: at,
        by_account: account,
        prepared_from: null,
      })
      .onConflict((conflict) => conflict.column('event_id').doNothing())
      .execute();
    // Two at once: the first one's counts for both.
    const row = await db
      .selectFrom('event_seal')
      .select('recipient')
      .where('event_id', '=', eventId)
      .executeTakeFirstOrThrow();
    return ok(row.recipient);
  });
}

/** Viewers look for the marks of a PDF file within its first and its last KiB (ISO 32000-1, annex H). */
const headBytes = 1_024;

async function readPdf(path: string): Promise<Result<{ content: Uint8Array; pages: number }>> {
  const { size } = await stat(path);
  if (size > paperLimits.bytes)
    return refuse({ type: 'question-paper-too-large', bytes: size, limit: paperLimits.bytes });
  if (!(await headOf(path)).includes('%PDF-')) return refuse({ type: 'not-a-pdf' });
  const content = new Uint8Array(await readFile(path));
  // Libraries mend what was cut short; a page would be missing in every room.
  if (!Buffer.from(content.subarray(-headBytes)).includes('%%EOF')) return refuse({ type: 'pdf-damaged' });
  // A library of many files that most starts never need.
  const { EncryptedPDFError, PDFDocument } = await import('@cantoo/pdf-lib');
  try {
    const document = await PDFDocument.load(content, { updateMetadata: false });
    const pages = document.getPageCount();
    return pages > 0 ? ok({ content, pages }) : refuse({ type: 'pdf-damaged' });
  } catch (error) {
    return refuse({ type: error instanceof EncryptedPDFError ? 'pdf-encrypted' : 'pdf-damaged' });
  }
}

async function headOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}
