/** The authorisations of all sites of a session as one ZIP, for a stick. Each is sealed for its own site's lock, as when it goes alone. */
import { createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Centre } from '../centre.ts';
import { makeAuthorisation } from './authorise.ts';
import { recordFetch } from './fetches.ts';
import { sessionOf } from './release-order.ts';

/** @returns refusal `not-prepared` when there is none yet. */
export async function allOfSession(
  centre: Centre,
  projectId: string,
  sessionId: string,
  by: string,
): Promise<Result<{ file: string; fileName: string }>> {
  const session = await sessionOf(centre, projectId, sessionId);
  if (!session.ok) return session;
  const rows = await centre.db
    .selectFrom('authorisation')
    .select('site_code')
    .where('project_id', '=', projectId)
    .where('session_id', '=', sessionId)
    .orderBy('site_code')
    .execute();
  if (rows.length === 0) return refuse({ type: 'not-prepared' });
  const { ZipWriter } = await import('@zip.js/zip.js');
  const file = join(centre.node.staging, `${newId()}.zip`);
  const zip = new ZipWriter(Writable.toWeb(createWriteStream(file)) as WritableStream<Uint8Array>, {
    useWebWorkers: false,
    // Sealed: nothing gets smaller.
    level: 0,
  });
  const taken: string[] = [];
  for (const { site_code: siteCode } of rows) {
    const made = await makeAuthorisation(centre, sessionId, siteCode);
    if (!made.ok) {
      await zip.close();
      await rm(file, { force: true });
      return made;
    }
    const content = await open(made.value.file);
    try {
      await zip.add(made.value.fileName, content.readableWebStream() as ReadableStream<Uint8Array>);
    } finally {
      await content.close();
    }
    await rm(made.value.file, { force: true });
    taken.push(siteCode);
  }
  await zip.close();
  for (const siteCode of taken)
    await recordFetch(centre, {
      projectId,
      sessionId,
      siteCode,
      what: 'authorisation',
      taken: { way: 'file', by },
    });
  return ok({ file, fileName: `authorisations_${session.value.number}.zip` });
}
