/**
 * Opens packages, and says how good they are, as work of its own: what came is kept already. `received → confirmed | rejected`, and when the
 * collection has read its pages `checking → good | rescan`. A centre that was killed begins the package again: its upload is entered in the same
 * transaction that confirms it, so each page comes once.
 */
import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { newId } from '../../../base/ids.ts';
import { Refused, unwrap } from '../../../base/refused.ts';
import { ok, refuse, type Refusal, type Result } from '../../../base/result.ts';
import { changeSignal } from '../../../node/change-signal.ts';
import type { Centre } from '../../centre.ts';
import { changeScans } from '../../scans/change-scans.ts';
import { enterUpload } from '../../scans/uploads/uploads.ts';
import { Attempts } from '../../work/attempts.ts';
import { openPackage, type OpenedPackage } from './open-package.ts';
import { assess } from './quality.ts';
import type { PackageRow } from './words.ts';

export class PackageOpener {
  /** Tells consoles that something of a package has changed. */
  readonly changed = changeSignal();
  readonly #of: () => Centre;
  readonly #attempts = new Attempts(
    () => this.changed.notify(),
    (error) => this.#failure(error),
  );
  #round: Promise<void> | null = null;
  #again = false;
  #reads: (() => void) | null = null;

  /** @param of the centre that this is a part of */
  constructor(of: () => Centre) {
    this.#of = of;
  }

  /** Before anybody is served, after the reader of archives. */
  resume(): void {
    // The collection tells of every page: only an archive at its end is news here, and looking is cheap.
    this.#reads = this.#of().scanReader.changed.subscribe(() => this.wake());
    this.wake();
  }

  /** Something came, or was read. */
  wake(): void {
    this.changed.notify();
    if (this.#attempts.turns.stopped !== null) return;
    if (this.#round !== null) {
      this.#again = true;
      return;
    }
    this.#round = this.#run().finally(() => {
      this.#round = null;
      this.changed.notify();
      if (!this.#again) return;
      this.#again = false;
      this.wake();
    });
  }

  problemOf(id: string): Refusal | null {
    return this.#attempts.problemOf(id);
  }

  /** Resolves when nothing is opened any more. */
  async idle(): Promise<void> {
    while (this.#round) await this.#round;
  }

  async stop(): Promise<void> {
    this.#attempts.turns.stop({ type: 'package-opening-interrupted' });
    this.#reads?.();
    await this.idle();
  }

  /** Never rejects. */
  async #run(): Promise<void> {
    for (const [which, work] of [
      [() => this.#received(), (row: PackageRow) => this.#open(row)],
      [() => this.#read(), (row: PackageRow) => assess(this.#of(), row)],
    ] as const) {
      const waiting = await this.#attempts.make(null, which);
      for (const { project_id, id } of waiting.ok ? waiting.value : []) {
        if (this.#attempts.turns.stopped !== null) return;
        if (this.#attempts.aside.has(id)) continue;
        await this.#attempts.make(id, async () => {
          const row = await this.#of()
            .db.selectFrom('day_package')
            .selectAll()
            .where('project_id', '=', project_id)
            .where('id', '=', id)
            .executeTakeFirst();
          if (row) await work(row);
        });
      }
    }
  }

  #received(): Promise<Named[]> {
    return this.#of()
      .db.selectFrom('day_package')
      .select(['project_id', 'id'])
      .where('state', '=', 'received')
      .orderBy('received_at')
      .orderBy('id')
      .execute();
  }

  /** Confirmed, of which the collection has nothing more to read. */
  #read(): Promise<Named[]> {
    return this.#of()
      .db.selectFrom('day_package')
      .leftJoin('scan_upload', 'scan_upload.id', 'day_package.upload_id')
      .select(['day_package.project_id', 'day_package.id'])
      .where('day_package.state', '=', 'confirmed')
      .where('day_package.quality', '=', 'checking')
      .where((eb) =>
        eb.or([
          eb('scan_upload.id', 'is', null),
          eb('scan_upload.state', 'in', ['read', 'refused', 'cancelled']),
        ]),
      )
      .orderBy('day_package.received_at')
      .orderBy('day_package.id')
      .execute();
  }

  async #open(row: PackageRow): Promise<void> {
    const { node, blobs, scanReader } = this.#of();
    const parcel = join(node.staging, `package-${newId()}`);
    let opened: Result<OpenedPackage> = refuse({ type: 'package-not-here' });
    try {
      const content = await blobs.stream(row.digest);
      if (content === null) throw new Refused({ type: 'package-not-here' });
      await pipeline(content, createWriteStream(parcel));
      const unfit = await this.#replacesForeign(row);
      if (unfit !== null) opened = refuse(unfit);
      else
        await scanReader.archives.make(row.upload_id, async (archive) => {
          opened = await openPackage(this.#of(), row, parcel, archive);
          // Nothing for the collection.
          if (!opened.ok || opened.value.pages === 0) throw new Nothing();
        });
    } catch (error) {
      if (!(error instanceof Nothing)) throw error;
    } finally {
      await rm(parcel, { force: true });
    }
    if (!opened.ok && opened.refusal.type === 'disk-full') throw new Refused(opened.refusal);
    await (opened.ok ? this.#confirm(row, opened.value) : this.#reject(row, opened.refusal));
  }

  /**
   * Nobody takes the place of what is not of the same day and site. One that never came is none: a room that was closed twice before anything was
   * carried away sends the second package alone, and the first one may come later.
   */
  async #replacesForeign({ project_id, event_id, site_code, replaces }: PackageRow): Promise<Refusal | null> {
    if (replaces === null) return null;
    const before = await this.#of()
      .db.selectFrom('day_package')
      .select(['event_id', 'site_code'])
      .where('project_id', '=', project_id)
      .where('id', '=', replaces)
      .executeTakeFirst();
    return before === undefined || (before.event_id === event_id && before.site_code === site_code)
      ? null
      : { type: 'package-replaces-unknown', replaces };
  }

  async #confirm(row: PackageRow, { contents, pages }: OpenedPackage): Promise<void> {
    const centre = this.#of();
    const { archives } = centre.scanReader;
    const size = pages === 0 ? 0 : (await stat(archives.file(row.upload_id))).size;
    await this.#enter(row, 'day-package-confirmed', { pages });
    unwrap(
      await changeScans(centre, row.project_id, async (db, at) => {
        const { numUpdatedRows } = await db
          .updateTable('day_package')
          .set({
            state: 'confirmed',
            contents_json: contents,
            opened_at: at,
            said_at: Math.max(at, row.said_at + 1),
          })
          .where('project_id', '=', row.project_id)
          .where('id', '=', row.id)
          .where('state', '=', 'received')
          .executeTakeFirst();
        // Another process of the centre was first.
        if (numUpdatedRows === 0n || pages === 0) return ok();
        await enterUpload(db, at, {
          id: row.upload_id,
          projectId: row.project_id,
          fileName: `${row.site_code}_${row.room}_${row.part}-${row.parts}`,
          size,
          way: 'package',
          sender: {
            account: row.by_account,
            limit: { to: 'site', projectId: row.project_id, siteCode: row.site_code },
          },
          sealed: null,
          came: true,
        });
        return ok();
      }),
    );
    centre.scanReader.wake();
    this.#again = true;
  }

  async #reject(row: PackageRow, reason: Refusal): Promise<void> {
    const { db, node } = this.#of();
    await this.#enter(row, 'day-package-rejected', { reason: reason.type });
    const at = node.clock.now();
    await db
      .updateTable('day_package')
      .set({
        state: 'rejected',
        reason_json: JSON.stringify(reason),
        opened_at: at,
        said_at: Math.max(at, row.said_at + 1),
      })
      .where('project_id', '=', row.project_id)
      .where('id', '=', row.id)
      .where('state', '=', 'received')
      .execute();
  }

  /** Before the state: what is killed in between ends, and is entered, again. */
  async #enter(
    row: PackageRow,
    kind: 'day-package-confirmed' | 'day-package-rejected',
    more: Readonly<Record<string, string | number>>,
  ): Promise<void> {
    await this.#of().node.journal.append([
      {
        kind,
        subject: `event:${row.event_id}`,
        data: { site: row.site_code, package: row.id, digest: row.digest, upload: row.upload_id, ...more },
      },
    ]);
  }

  #failure(error: unknown): Refusal {
    this.#of().node.log.error({ err: error }, 'a package was not opened');
    return { type: 'package-opening-failed', problem: (error as Error).message };
  }
}

type Named = Pick<PackageRow, 'project_id' | 'id'>;

class Nothing extends Error {}
