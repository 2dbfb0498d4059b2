import { readFile } from 'node:fs/promises';
import { utf8 } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { importPaper, type ImportedPaper } from '../../exam/paper/import-paper.ts';
import type { ReceivedFile } from '../../node/files.ts';
import type { Centre } from '../centre.ts';
import type { PaperView } from './contract.ts';
import { changeProject } from '../project/projects.ts';

type Unkept = Omit<PaperView, 'id' | 'importedAt'>;

async function read(
  file: ReceivedFile,
  leaveOut: readonly string[],
): Promise<Result<{ imported: ImportedPaper; view: Unkept }>> {
  const imported = await importPaper(new Uint8Array(await readFile(file.path)), { leaveOut });
  if (!imported.ok) return imported;
  const { paper, report } = imported.value;
  return ok({
    imported: imported.value,
    view: {
      title: paper.title,
      fileName: file.fileName,
      language: paper.language,
      items: paper.items.length,
      files: paper.files.length,
      bytes: paper.files.reduce((sum, one) => sum + one.size, 0),
      report: {
        notes: [...report.notes],
        items: report.items.map((item) => ({
          ...item,
          interactions: [...item.interactions],
          reasons: [...item.reasons],
        })),
      },
    },
  });
}

export async function checkPaper(file: ReceivedFile): Promise<Result<Unkept>> {
  const result = await read(file, []);
  return result.ok ? ok(result.value.view) : result;
}

/** Keeps a paper whose every item can be shown; items that cannot must be left out by name. */
export async function keepPaper(
  centre: Centre,
  projectId: string,
  file: ReceivedFile,
  leaveOut: readonly string[],
  account: string,
): Promise<Result<PaperView>> {
  const result = await read(file, leaveOut);
  if (!result.ok) return result;
  const { imported, view } = result.value;
  const refused = view.report.items.filter(
    (item) => item.verdict === 'refused' && !leaveOut.includes(item.identifier),
  );
  if (refused.length > 0)
    return refuse({ type: 'paper-has-refused-items', items: refused.map((item) => item.identifier) });
  if (view.items === 0) return refuse({ type: 'package-without-items' });
  const { blobs, node } = centre;
  const { clock, journal } = node;
  for (const [, bytes] of imported.files) await blobs.put(bytes);
  const body = await blobs.put(utf8(JSON.stringify(imported.paper)));
  const key = await blobs.put(utf8(JSON.stringify(imported.key)));
  const row = {
    id: newId(),
    project_id: projectId,
    title: view.title,
    file_name: view.fileName,
    language: view.language,
    imported_at: clock.now(),
    items: view.items,
    files: view.files,
    bytes: view.bytes,
    body_digest: body.digest,
    key_digest: key.digest,
    report_json: JSON.stringify(view.report),
  };
  const kept = await changeProject(centre, projectId, async (db) => {
    await db.insertInto('paper').values(row).execute();
    return ok();
  });
  if (!kept.ok) return kept;
  await journal.append([
    {
      kind: 'paper-imported',
      subject: `project:${projectId}`,
      data: { by: account, paper: row.id, items: view.items, digest: body.digest },
    },
  ]);
  return ok({ ...view, id: row.id, importedAt: row.imported_at });
}

export async function papersOf(centre: Centre, projectId: string): Promise<PaperView[]> {
  const rows = await centre.db
    .selectFrom('paper')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('imported_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    fileName: row.file_name,
    language: row.language,
    importedAt: row.imported_at,
    items: row.items,
    files: row.files,
    bytes: row.bytes,
    report: JSON.parse(row.report_json) as PaperView['report'],
  }));
}
