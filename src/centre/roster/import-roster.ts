import { readFile } from 'node:fs/promises';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { readRoster, type Roster } from '../../exam/roster/roster.ts';
import { readTableFile } from '../../exam/roster/table-file.ts';
import type { ReceivedFile } from '../../node/files.ts';
import { newRegistrationCode } from '../../trust/pairing.ts';
import type { Centre } from '../centre.ts';
import type { RosterPreview } from '../contract.ts';
import { sessionsOf, touch } from '../project/projects.ts';

const shownErrors = 500;

async function read(
  centre: Centre,
  projectId: string,
  file: ReceivedFile,
): Promise<Result<{ roster: Roster; preview: RosterPreview }>> {
  const table = await readTableFile(new Uint8Array(await readFile(file.path)));
  if (!table.ok) return table;
  const sessions = await sessionsOf(centre, projectId);
  if (sessions.length === 0) return refuse({ type: 'sessions-missing' });
  const roster = readRoster(
    table.value.rows,
    sessions.map((session) => session.number),
  );
  if (!roster.ok) return roster;
  const { rows, columns, errors } = roster.value;
  return ok({
    roster: roster.value,
    preview: {
      fileName: file.fileName,
      encoding: table.value.encoding,
      columns: [...columns],
      rows: rows.length,
      sites: new Set(rows.map((row) => row.siteCode)).size,
      rooms: new Set(rows.map((row) => row.roomCode)).size,
      candidates: new Set(rows.map((row) => row.admissionNumber)).size,
      errors: errors.slice(0, shownErrors),
    },
  });
}

export async function previewRoster(
  centre: Centre,
  projectId: string,
  file: ReceivedFile,
): Promise<Result<RosterPreview>> {
  const result = await read(centre, projectId, file);
  return result.ok ? ok(result.value.preview) : result;
}

/** Replaces the project's roster: all rows or, when one is wrong, none. Registered sites stay registered. */
export async function importRoster(
  centre: Centre,
  projectId: string,
  file: ReceivedFile,
  account: string,
): Promise<Result<RosterPreview>> {
  const result = await read(centre, projectId, file);
  if (!result.ok) return result;
  const { roster, preview } = result.value;
  if (roster.errors.length > 0)
    return refuse({ type: 'roster-has-wrong-rows', count: roster.errors.length, preview });
  const { db } = centre;
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('candidate').where('project_id', '=', projectId).execute();
    await trx.deleteFrom('room').where('project_id', '=', projectId).execute();
    const known = new Set(
      (await trx.selectFrom('site').select('code').where('project_id', '=', projectId).execute()).map(
        (row) => row.code,
      ),
    );
    const sites = new Map(roster.rows.map((row) => [row.siteCode, row.siteName]));
    for (const code of known)
      if (!sites.has(code))
        await trx
          .deleteFrom('site')
          .where('project_id', '=', projectId)
          .where('code', '=', code)
          .where('registered_at', 'is', null)
          .execute();
    for (const [code, name] of sites) {
      if (known.has(code))
        await trx
          .updateTable('site')
          .set({ name })
          .where('project_id', '=', projectId)
          .where('code', '=', code)
          .execute();
      else {
        await trx
          .insertInto('site')
          .values({
            project_id: projectId,
            code,
            name,
            registration_code: newRegistrationCode(),
            node_id: null,
            tls_fingerprint: null,
            signing_key: null,
            sealing_key: null,
            lock_serial: null,
            lock_recipient: null,
            registered_at: null,
            last_contact: null,
            status_json: null,
          })
          .execute();
      }
    }
    const rooms = new Map(roster.rows.map((row) => [row.roomCode, row]));
    for (const row of rooms.values())
      await trx
        .insertInto('room')
        .values({ project_id: projectId, site_code: row.siteCode, code: row.roomCode, name: row.roomName })
        .execute();
    const positions = new Map<string, number>();
    const candidates = roster.rows.map((row) => {
      const key = `${row.sessionNumber} ${row.roomCode}`;
      const position = (positions.get(key) ?? 0) + 1;
      positions.set(key, position);
      return {
        id: newId(),
        project_id: projectId,
        session_number: row.sessionNumber,
        site_code: row.siteCode,
        room_code: row.roomCode,
        position,
        admission_number: row.admissionNumber,
        name: row.name,
        seat_number: row.seatNumber,
        extra_percent: row.extraTimePercent,
      };
    });
    for (let i = 0; i < candidates.length; i += 500)
      await trx
        .insertInto('candidate')
        .values(candidates.slice(i, i + 500))
        .execute();
  });
  await centre.node.journal.append([
    {
      kind: 'roster-imported',
      subject: `project:${projectId}`,
      data: {
        by: account,
        rows: preview.rows,
        sites: preview.sites,
        rooms: preview.rooms,
        candidates: preview.candidates,
      },
    },
  ]);
  await touch(centre, projectId);
  return ok(preview);
}
