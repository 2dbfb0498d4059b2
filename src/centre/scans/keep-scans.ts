/** Pages that were read come into the collection, each exactly once, whatever happens in between. */
import { newId } from '../../base/ids.ts';
import { ok, type Result } from '../../base/result.ts';
import type { Reading } from '../../exam/scan/reading.ts';
import type { Centre } from '../centre.ts';
import { changeScans } from './change-scans.ts';
import { settle } from './settle.ts';

export interface NewScan {
  /** In its archive, from 0. */
  readonly position: number;
  readonly name: string;
  /** Its image and thumbnail lie in the blob store before this is called; null: refused before there was one. */
  readonly digest: string | null;
  readonly thumbnail: string | null;
  readonly reading: Reading;
}

/** Positions of an upload that are kept already change nothing. @returns how many were new */
export function keepScans(
  centre: Pick<Centre, 'db' | 'node'>,
  upload: { readonly id: string; readonly projectId: string },
  scans: readonly NewScan[],
): Promise<Result<number>> {
  return changeScans(centre, upload.projectId, async (db, at) => {
    const there = await db
      .selectFrom('scan')
      .select('position')
      .where('upload_id', '=', upload.id)
      .where(
        'position',
        'in',
        scans.map(({ position }) => position),
      )
      .execute();
    const known = new Set(there.map(({ position }) => position));
    const fresh = scans
      .filter(({ position }) => !known.has(position))
      .map((one) => ({ id: newId(), ...one }));
    if (fresh.length === 0) return ok(0);
    await db
      .insertInto('scan')
      .values(
        fresh.map(({ id, position, name, digest, thumbnail, reading }) => ({
          id,
          project_id: upload.projectId,
          upload_id: upload.id,
          position,
          name,
          digest,
          thumbnail,
          at,
          reading_json: JSON.stringify(reading),
        })),
      )
      .execute();
    await db
      .updateTable('scan_upload')
      .set((eb) => ({ done: eb('done', '+', fresh.length) }))
      .where('id', '=', upload.id)
      .execute();
    await settle(
      db,
      upload.projectId,
      fresh.map(({ id }) => id),
    );
    return ok(fresh.length);
  });
}
