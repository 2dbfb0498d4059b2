/**
 * Reading of archives as work of its own: it belongs to no browser and to no request. In each project one archive after the other, all with
 * the same threads. A centre that was killed or stopped goes on at its next start, each page exactly once; a disk that is full, a database
 * or a blob store that is away is waited for, and said.
 */
import type { Refusal } from '../../../base/result.ts';
import { changeSignal } from '../../../node/change-signal.ts';
import type { PagePool } from '../../../recognise/pool.ts';
import { fileSha256Hex } from '../../../trust/digest.ts';
import type { Centre } from '../../centre.ts';
import type { Tables } from '../../storage/tables.ts';
import { Attempts } from '../../work/attempts.ts';
import { ArchiveFolder } from './archive-folder.ts';
import { readArchive, type ArchiveEnd } from './read-archive.ts';
import { removeUnneeded } from './remove-unneeded.ts';

type UploadRow = Tables['scan_upload'];

const expireEveryMs = 60 * 60_000;

export class ScanReader {
  /** Tells consoles that something of an upload has changed. */
  readonly changed = changeSignal();
  readonly #of: () => Centre;
  readonly #attempts = new Attempts(
    () => this.changed.notify(),
    (error) => this.#failure(error),
  );
  readonly #runs = new Map<string, Promise<void>>();
  readonly #begins = new Set<Promise<void>>();
  #archives: ArchiveFolder | null = null;
  #pool: Promise<PagePool> | null = null;
  #wakes = 0;
  #expiry: NodeJS.Timeout | null = null;

  /** @param of the centre that this reader is a part of */
  constructor(of: () => Centre) {
    this.#of = of;
  }

  get archives(): ArchiveFolder {
    return (this.#archives ??= new ArchiveFolder(this.#of().node.data));
  }

  /** Before anybody is served. Goes on with what a centre that was killed or stopped had begun. */
  async resume(): Promise<void> {
    await removeUnneeded(this.#of(), { orphans: true });
    this.#expiry = setInterval(() => {
      removeUnneeded(this.#of(), { orphans: false }).then(
        () => this.changed.notify(),
        (error: unknown) =>
          this.#of().node.log.error({ err: error }, 'unfinished uploads were not looked at'),
      );
    }, expireEveryMs).unref();
    this.wake();
  }

  /** An archive waits. */
  wake(): void {
    this.#wakes++;
    this.changed.notify();
    const begin = this.#begin().finally(() => this.#begins.delete(begin));
    this.#begins.add(begin);
  }

  /** Why an upload does not go on just now; null: it does, or has ended. */
  problemOf(uploadId: string): Refusal | null {
    return this.#attempts.problemOf(uploadId);
  }

  /** The threads, for a single page, too. */
  pool(): Promise<PagePool> {
    // Not before it is needed: threads and their libraries cost memory and time at the start.
    return (this.#pool ??= import('../../../recognise/pool.ts').then(({ openPagePool }) => openPagePool()));
  }

  /** Resolves when nothing is read any more and nothing waits. */
  async idle(): Promise<void> {
    while (this.#runs.size + this.#begins.size > 0)
      await Promise.all([...this.#begins, ...this.#runs.values()]);
  }

  /** Before the centre closes, between two pages. */
  async stop(): Promise<void> {
    this.#attempts.turns.stop({ type: 'scan-reading-interrupted' });
    if (this.#expiry !== null) clearInterval(this.#expiry);
    await this.idle();
    await (await this.#pool)?.close();
  }

  async #begin(): Promise<void> {
    const found = await this.#attempts.make(null, () =>
      this.#of()
        .db.selectFrom('scan_upload')
        .select('project_id')
        .distinct()
        .where('state', 'in', ['waiting', 'reading'])
        .execute(),
    );
    if (!found.ok) return;
    for (const { project_id } of found.value) {
      if (this.#runs.has(project_id) || this.#attempts.turns.stopped !== null) continue;
      this.#runs.set(project_id, this.#run(project_id));
    }
  }

  /** Never rejects. */
  async #run(projectId: string): Promise<void> {
    for (;;) {
      const wakes = this.#wakes;
      const next = await this.#attempts.make(null, () => this.#next(projectId));
      if (!next.ok) break;
      if (next.value !== undefined) await this.#read(next.value);
      else if (wakes === this.#wakes) break;
    }
    // Nothing is awaited since: who woke before this has been looked for, and who wakes after it begins anew.
    this.#runs.delete(projectId);
  }

  async #next(projectId: string): Promise<UploadRow | undefined> {
    const rows = await this.#of()
      .db.selectFrom('scan_upload')
      .selectAll()
      .where('project_id', '=', projectId)
      .where('state', 'in', ['reading', 'waiting'])
      .orderBy('state')
      .orderBy('number')
      .limit(this.#attempts.aside.size + 1)
      .execute();
    return rows.find(({ id }) => !this.#attempts.aside.has(id));
  }

  async #read(row: UploadRow): Promise<void> {
    await this.#attempts.make(row.id, async () => {
      const end = await readArchive(
        {
          centre: this.#of(),
          pool: await this.pool(),
          turns: this.#attempts.turns,
          onKept: () => this.changed.notify(),
        },
        row,
      );
      await this.#end(row, end);
    });
    this.changed.notify();
  }

  /** The entry before the state, the state before the file goes: what is killed in between ends again. */
  async #end(row: UploadRow, end: ArchiveEnd): Promise<void> {
    if (end === null) return;
    const { db, node } = this.#of();
    const waits = end.state === 'password';
    if (!waits) await this.#enter(row, end);
    await db
      .updateTable('scan_upload')
      .set({
        state: end.state,
        ...(waits ? {} : { password_sealed: null, finished_at: node.clock.now() }),
        ...(end.state === 'read'
          ? { warnings_json: JSON.stringify(end.warnings) }
          : { problem_json: JSON.stringify(end.problem) }),
      })
      .where('id', '=', row.id)
      .where('state', 'in', ['waiting', 'reading'])
      // Somebody typed another password meanwhile: it is tried with that.
      .where((eb) =>
        waits
          ? row.password_sealed === null
            ? eb('password_sealed', 'is', null)
            : eb('password_sealed', '=', row.password_sealed)
          : eb.lit(true),
      )
      .execute();
    if (!waits) await this.archives.remove(row.id);
  }

  async #enter(row: UploadRow, end: Exclude<ArchiveEnd, null>): Promise<void> {
    const { db, node } = this.#of();
    const sha256 = await fileSha256Hex(this.archives.file(row.id));
    const counts = await db
      .selectFrom('scan_upload')
      .select([
        'done',
        'filled',
        'empty',
        'duplicate',
        'unrecognised',
        'foreign_pages as foreign',
        'bad_image as badImage',
        'already_uploaded as alreadyUploaded',
      ])
      .where('id', '=', row.id)
      .executeTakeFirstOrThrow();
    await node.journal.append([
      {
        kind: end.state === 'read' ? 'scan-archive-read' : 'scan-archive-refused',
        subject: `project:${row.project_id}`,
        data: {
          upload: row.id,
          number: row.number,
          sha256,
          size: row.size,
          way: row.way,
          by: row.by_account,
          ...counts,
          ...(end.state === 'read' ? {} : { reason: end.problem.type }),
        },
      },
    ]);
  }

  #failure(error: unknown): Refusal {
    this.#of().node.log.error({ err: error }, 'reading of scans failed');
    return { type: 'scan-reading-failed', problem: (error as Error).message };
  }
}
