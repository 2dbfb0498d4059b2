/** Sums that follow from what pages count as: of each upload, and of each site in each event. Changed by differences, never counted anew. */
import type { OwnClass, ScanClass } from '../../exam/scan/standing.ts';
import type { UploadCounts } from '../../exam/scan/upload-counts.ts';
import type { CentreDatabase } from '../storage/database.ts';
import type { Tables } from '../storage/tables.ts';

type UploadColumn =
  | Exclude<ScanClass, 'foreign' | 'bad-image' | 'already-uploaded'>
  | 'foreign_pages'
  | 'bad_image'
  | 'already_uploaded';

const uploadColumns: Record<ScanClass, UploadColumn> = {
  filled: 'filled',
  empty: 'empty',
  duplicate: 'duplicate',
  unrecognised: 'unrecognised',
  foreign: 'foreign_pages',
  'bad-image': 'bad_image',
  'already-uploaded': 'already_uploaded',
  deleted: 'deleted',
};

export function countsOf(row: Pick<Tables['scan_upload'], UploadColumn>): UploadCounts {
  return Object.fromEntries(
    Object.entries(uploadColumns).map(([one, column]) => [one, row[column]]),
  ) as UploadCounts;
}

/** What a page counted as, and for whom. */
export interface Counted {
  readonly upload_id: string;
  readonly class: ScanClass;
  readonly event_id: string | null;
  readonly site_code: string | null;
}

const siteColumns = ['filled', 'empty', 'duplicate'] as const;
type SiteColumn = (typeof siteColumns)[number];

export class StandingSums {
  readonly #uploads = new Map<string, Map<UploadColumn, number>>();
  readonly #sites = new Map<string, Map<SiteColumn | 'came', number>>();

  /** @param before null: the page is new. */
  moved(before: Counted | null, after: Counted): void {
    if (before) this.#count(before, -1);
    this.#count(after, 1);
  }

  /** A side of an expected sheet came, or is missing again. */
  came(eventId: string, siteCode: string, by: 1 | -1): void {
    add(this.#sites, JSON.stringify([eventId, siteCode]), 'came', by);
  }

  #count({ upload_id, class: one, event_id, site_code }: Counted, by: 1 | -1): void {
    add(this.#uploads, upload_id, uploadColumns[one], by);
    const column = siteColumns.find((name) => name === one);
    if (column && event_id !== null && site_code !== null)
      add(this.#sites, JSON.stringify([event_id, site_code]), column, by);
  }

  async write(db: CentreDatabase): Promise<void> {
    for (const [id, changes] of this.#uploads)
      await db
        .updateTable('scan_upload')
        .set((eb) => Object.fromEntries([...changes].map(([column, by]) => [column, eb(column, '+', by)])))
        .where('id', '=', id)
        .execute();
    for (const [key, changes] of this.#sites) {
      const [eventId, siteCode] = JSON.parse(key) as [string, string];
      await db
        .updateTable('event_site')
        .set((eb) => Object.fromEntries([...changes].map(([column, by]) => [column, eb(column, '+', by)])))
        .where('event_id', '=', eventId)
        .where('site_code', '=', siteCode)
        .execute();
    }
  }
}

function add<C>(all: Map<string, Map<C, number>>, key: string, column: C, by: number): void {
  const sums = all.get(key) ?? new Map<C, number>();
  all.set(key, sums);
  sums.set(column, (sums.get(column) ?? 0) + by);
}

/** For sums, a page that stands for a sheet. */
export function ofSheet(own: OwnClass): own is 'filled' | 'empty' {
  return own === 'filled' || own === 'empty';
}
