/** Papers sealed to their session's key, for the publication that is being made: in force with it and not before. */
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { fromUtf8, toBase64, utf8 } from '../../base/bytes.ts';
import { packPaper } from '../../exam/package/paper-bundle.ts';
import type { Paper } from '../../exam/paper/model.ts';
import type { BlobStore } from '../../store/blobs.ts';
import { sealBytes, sealStream } from '../../trust/seal.ts';
import type { Centre } from '../centre.ts';
import type { SessionView } from '../contract.ts';
import type { CentreDatabase } from '../storage/database.ts';
import type { PublicationProgress } from './progress.ts';
import type { Turns } from '../work/turns.ts';

export type SealedPapers = ReadonlyMap<string, { sha256: string; size: number; items: number }>;

export function paperPlace(sessionId: string, subject: number): string {
  return `${sessionId} ${subject}`;
}

/** Seals what is new; a paper that is published, or was sealed before a restart, stays as it is. */
export async function sealPapers(
  centre: Centre,
  sessions: readonly SessionView[],
  progress: PublicationProgress,
  turns: Turns,
): Promise<void> {
  const wanted = sessions.flatMap(({ id, subjects }) =>
    subjects.map(({ number, paperId }) => ({ sessionId: id, subject: number, paperId: paperId as string })),
  );
  const sealed = await sealedPapers(centre.db, sessions);
  const open = wanted.filter(({ sessionId, subject }) => !sealed.has(paperPlace(sessionId, subject)));
  const sizes = await paperSizes(centre.db, [...new Set(open.map(({ paperId }) => paperId))]);
  progress.begin(
    'papers',
    open.reduce((sum, { paperId }) => sum + (sizes.get(paperId) ?? 0), 0),
  );
  let done = wanted.length - open.length;
  progress.show({ papers: { done, of: wanted.length } });
  for (const one of open) {
    await turns.pass();
    await sealPaper(centre, one, progress, turns);
    progress.show({ papers: { done: ++done, of: wanted.length } });
  }
}

/** By session and subject: those in force, and those of the publication that is being made. Where a session has another paper by now, none. */
export async function sealedPapers(
  db: CentreDatabase,
  sessions: readonly SessionView[],
): Promise<SealedPapers> {
  const papers = new Map<string, { sha256: string; size: number; items: number }>();
  for (const session of sessions)
    for (const table of ['next_paper', 'sealed_paper'] as const)
      for (const row of await db
        .selectFrom(table)
        .selectAll()
        .where('session_id', '=', session.id)
        .execute()) {
        const subject = session.subjects.find(({ number }) => number === row.subject);
        if (subject?.paperId !== row.paper_id) continue;
        papers.set(paperPlace(session.id, row.subject), {
          sha256: row.digest,
          size: row.size,
          items: row.items,
        });
      }
  return papers;
}

async function paperSizes(db: CentreDatabase, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  for (const id of ids) {
    const row = await db.selectFrom('paper').select('bytes').where('id', '=', id).executeTakeFirst();
    if (row) sizes.set(id, row.bytes);
  }
  return sizes;
}

/** Once per session and subject; all rooms get the same sealed bytes. The key is known only to the release token. */
async function sealPaper(
  { db, blobs, releaseToken }: Centre,
  { sessionId, subject, paperId }: { sessionId: string; subject: number; paperId: string },
  progress: PublicationProgress,
  turns: Turns,
): Promise<void> {
  const row = await db.selectFrom('paper').selectAll().where('id', '=', paperId).executeTakeFirstOrThrow();
  const paper = JSON.parse(fromUtf8(await held(blobs, row.body_digest))) as Paper;
  const files = new Map<string, Uint8Array>();
  for (const file of paper.files) files.set(file.path, await held(blobs, file.digest));
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const sealed = sealStream([packPaper(paper, files)], { recipients: [recipient] });
  const { digest, size } = await blobs.put(counted(sealed, progress, turns));
  const sealed_key = toBase64(await sealBytes(utf8(identity), { recipients: [releaseToken.recipient] }));
  const values = { paper_id: paperId, digest, size, items: row.items, recipient, sealed_key };
  await db
    .insertInto('next_paper')
    .values({ session_id: sessionId, subject, ...values })
    .onConflict((conflict) => conflict.columns(['session_id', 'subject']).doUpdateSet(values))
    .execute();
}

async function* counted(
  source: AsyncIterable<Uint8Array>,
  progress: PublicationProgress,
  turns: Turns,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    await turns.pass();
    progress.add(chunk.length);
    yield chunk;
  }
}

export async function held(blobs: BlobStore, digest: string): Promise<Uint8Array> {
  const content = await blobs.read(digest);
  if (!content) throw new Error(`${digest} is not in the blob store`);
  return content;
}
