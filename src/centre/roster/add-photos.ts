/** Photos that come after the roster, or in the place of others: each by itself, so that one wrong file keeps nobody else's out. */
import { readFile } from 'node:fs/promises';
import { ok, refuse, type Result } from '../../base/result.ts';
import { readPhotos, photoNumber } from '../../exam/roster/photos.ts';
import { readZip } from '../../exam/roster/roster-file.ts';
import type { ReceivedFile } from '../../node/files.ts';
import type { Centre } from '../centre.ts';
import { changeProject } from '../project/projects.ts';
import type { CentreDatabase } from '../storage/database.ts';
import type { PhotosReport } from './contract.ts';
import { keepPhotos, keepPictures } from './keep-photos.ts';

const shown = 500;
const batch = 500;

/** @param files pictures, or ZIPs of them. @returns what was kept, what that replaced, and why each of the others was not taken. */
export async function addPhotos(
  centre: Centre,
  projectId: string,
  files: readonly ReceivedFile[],
  account: string,
): Promise<Result<PhotosReport>> {
  const { db } = centre;
  const found = await picturesIn(files);
  if (!found.ok) return found;
  const any = await db
    .selectFrom('candidate')
    .select('id')
    .where('project_id', '=', projectId)
    .limit(1)
    .executeTakeFirst();
  if (!any) return refuse({ type: 'photos-without-roster' });
  const numbers = await knownOf(db, projectId, [...new Set([...found.value.keys()].map(photoNumber))]);
  const { photos, errors } = readPhotos(found.value, numbers);
  // Of two photos of one candidate nobody knows which is right.
  const twice = new Set(
    errors.filter(({ reason }) => reason.type === 'photo-twice').map(({ value }) => photoNumber(value)),
  );
  const wrong = errors.map(({ value, reason }) => ({
    name: value.slice(0, 300),
    reason: reason.type === 'photo-of-nobody' ? { type: 'photo-of-nobody-here' } : reason,
  }));
  const rows = await keepPictures(
    centre,
    projectId,
    new Map([...photos].filter(([number]) => !twice.has(number))),
  );
  const before = await digestsOf(
    db,
    projectId,
    rows.map((row) => row.admission_number),
  );
  const fresh = rows.filter((row) => before.get(row.admission_number) !== row.digest);
  const replaced = fresh.map((row) => row.admission_number).filter((number) => before.has(number));
  if (fresh.length > 0) {
    const kept = await changeProject(centre, projectId, async (trx) => {
      await keepPhotos(trx, fresh);
      return ok();
    });
    if (!kept.ok) return kept;
    await centre.node.journal.append([
      {
        kind: 'photos-added',
        subject: `project:${projectId}`,
        data: { by: account, kept: fresh.length, replaced: replaced.length, wrong: wrong.length },
      },
    ]);
  }
  return ok({
    kept: fresh.length,
    same: rows.length - fresh.length,
    replaced: replaced.slice(0, shown),
    replacedInAll: replaced.length,
    wrong: wrong.slice(0, shown),
    wrongInAll: wrong.length,
  });
}

/** By name; two of the same name in different folders or ZIPs stay apart. */
async function picturesIn(files: readonly ReceivedFile[]): Promise<Result<Map<string, Uint8Array>>> {
  const pictures = new Map<string, Uint8Array>();
  for (const [i, file] of files.entries()) {
    const bytes = new Uint8Array(await readFile(file.path));
    if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) {
      const name = pictures.has(file.fileName) ? `${i + 1}/${file.fileName}` : file.fileName;
      pictures.set(name, bytes);
      continue;
    }
    const zip = await readZip(bytes);
    if (!zip.ok) return zip;
    for (const [name, content] of zip.value)
      pictures.set(files.length === 1 ? name : `${file.fileName}/${name}`, content);
  }
  return ok(pictures);
}

/** Those of the numbers that a candidate of the project has. */
async function knownOf(
  db: CentreDatabase,
  projectId: string,
  numbers: readonly string[],
): Promise<Set<string>> {
  const known = new Set<string>();
  for (let i = 0; i < numbers.length; i += batch) {
    const rows = await db
      .selectFrom('candidate')
      .select('admission_number')
      .distinct()
      .where('project_id', '=', projectId)
      .where('admission_number', 'in', numbers.slice(i, i + batch))
      .execute();
    for (const row of rows) known.add(row.admission_number);
  }
  return known;
}

async function digestsOf(
  db: CentreDatabase,
  projectId: string,
  numbers: readonly string[],
): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (let i = 0; i < numbers.length; i += batch) {
    const rows = await db
      .selectFrom('photo')
      .select(['admission_number', 'digest'])
      .where('project_id', '=', projectId)
      .where('admission_number', 'in', numbers.slice(i, i + batch))
      .execute();
    for (const row of rows) digests.set(row.admission_number, row.digest);
  }
  return digests;
}
