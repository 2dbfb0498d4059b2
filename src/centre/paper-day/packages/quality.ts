/**
 * How good the pages of a package are: apart from whether it is whole. What the collection found bad or could not read is to be scanned again, as
 * long as nothing better of that side is here; a person may say otherwise, with the sheets.
 */
import { ok, refuse, type Result } from '../../../base/result.ts';
import type { PackageWord } from '../../../exam/paper-day/parcels.ts';
import type { Centre } from '../../centre.ts';
import { contentsOf } from './open-package.ts';
import type { PackageRow } from './words.ts';

type Rescan = PackageWord['rescan'];

/** Of a package that is confirmed and whose pages the collection has read. */
export async function assess(centre: Centre, row: PackageRow): Promise<void> {
  const rescan = await unreadable(centre, row, contentsOf(row)?.pages ?? []);
  await sayQuality(centre, row, { quality: rescan.length === 0 ? 'good' : 'rescan', rescan, note: '' }, null);
}

async function unreadable(
  { db }: Pick<Centre, 'db'>,
  row: PackageRow,
  pages: readonly { readonly number: string | null; readonly side: 1 | 2 }[],
): Promise<Rescan> {
  const standings = await db
    .selectFrom('scan_standing')
    .select(['position', 'own_class'])
    .where('upload_id', '=', row.upload_id)
    .execute();
  const classes = new Map(standings.map(({ position, own_class }) => [position, own_class]));
  const bad = new Map<string, Rescan[number]>();
  for (const [position, { number, side }] of pages.entries()) {
    if (number === null) continue;
    // Without a standing it was not read at all.
    if (['unrecognised', 'bad-image', undefined].includes(classes.get(position)))
      bad.set(`${number} ${side}`, { number, side });
  }
  for (const [key, { number, side }] of bad) {
    const better = await db
      .selectFrom('scan_standing')
      .select('scan_id')
      .where('project_id', '=', row.project_id)
      .where('number', '=', number)
      .where('side', '=', side)
      .where('own_class', 'in', ['filled', 'empty'])
      .limit(1)
      .executeTakeFirst();
    if (better) bad.delete(key);
  }
  return [...bad.values()];
}

export interface SaidQuality {
  readonly quality: 'good' | 'rescan';
  readonly rescan: Rescan;
  readonly note: string;
}

/**
 * What a person says of a package that is confirmed. Said again it counts anew; the site goes by the newest.
 * Refusals: `no-such-package`, `package-not-confirmed`, `package-without-sheet`, `rescan-without-sheets`.
 */
export async function decideQuality(
  centre: Centre,
  of: { readonly projectId: string; readonly siteCode: string; readonly packageId: string },
  said: SaidQuality,
  account: string,
): Promise<Result<void>> {
  const row = await centre.db
    .selectFrom('day_package')
    .selectAll()
    .where('project_id', '=', of.projectId)
    .where('site_code', '=', of.siteCode)
    .where('id', '=', of.packageId)
    .executeTakeFirst();
  if (!row) return refuse({ type: 'no-such-package' });
  if (row.state !== 'confirmed') return refuse({ type: 'package-not-confirmed' });
  if (said.quality === 'rescan' && said.rescan.length === 0) return refuse({ type: 'rescan-without-sheets' });
  const known = new Set(contentsOf(row)?.pages.map(({ number, side }) => `${number} ${side}`));
  const other = said.rescan.find(({ number, side }) => !known.has(`${number} ${side}`));
  if (other) return refuse({ type: 'package-without-sheet', number: other.number, side: other.side });
  await sayQuality(centre, row, said.quality === 'good' ? { ...said, rescan: [] } : said, account);
  centre.packages.changed.notify();
  return ok();
}

/** @param by null: the centre itself, which never takes back what a person said */
async function sayQuality(
  { db, node }: Pick<Centre, 'db' | 'node'>,
  row: PackageRow,
  { quality, rescan, note }: SaidQuality,
  by: string | null,
): Promise<void> {
  const at = node.clock.now();
  await node.journal.append([
    {
      kind: 'day-package-assessed',
      subject: `event:${row.event_id}`,
      data: { site: row.site_code, package: row.id, quality, rescan: rescan.length, note, by },
    },
  ]);
  await db
    .updateTable('day_package')
    .set((eb) => ({
      quality,
      rescan_json: JSON.stringify(rescan),
      note,
      said_at: eb
        .case()
        .when('said_at', '>=', at)
        .then(eb('said_at', '+', 1))
        .else(at)
        .end(),
    }))
    .where('project_id', '=', row.project_id)
    .where('id', '=', row.id)
    .$if(by === null, (one) => one.where('quality', '=', 'checking'))
    .execute();
}
