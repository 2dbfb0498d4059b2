/** What the centre says of packages, for the site that sent them: as it stands, on contact, or as a parcel. The newest of each counts. */
import { join } from 'node:path';
import * as z from 'zod';
import { utf8 } from '../../../base/bytes.ts';
import { newId } from '../../../base/ids.ts';
import { ok, refuse, type Refusal, type Result } from '../../../base/result.ts';
import { packageWordsPart, type PackageWords } from '../../../exam/paper-day/hand-up.ts';
import { packageWordSchema, type PackageWord } from '../../../exam/paper-day/parcels.ts';
import { makeParcel, parcelFileName } from '../../../parcel/parcel.ts';
import { fillText } from '../../../ui/format.ts';
import { refusalDayPackages as en } from '../../../ui/strings/en/refusal-day-packages.ts';
import { refusalParcel as parcelEn } from '../../../ui/strings/en/refusal-parcel.ts';
import { refusalDayPackages as ru } from '../../../ui/strings/ru/refusal-day-packages.ts';
import { refusalParcel as parcelRu } from '../../../ui/strings/ru/refusal-parcel.ts';
import { refusalDayPackages as zh } from '../../../ui/strings/zh/refusal-day-packages.ts';
import { refusalParcel as parcelZh } from '../../../ui/strings/zh/refusal-parcel.ts';
import type { Centre } from '../../centre.ts';
import { consoleKeys } from '../../reserve-consoles/reserve-consoles.ts';
import type { Tables } from '../../storage/tables.ts';

export type PackageRow = Tables['day_package'];
export const rescanSchema = packageWordSchema.shape.rescan;
const reasonSchema = z.looseObject({ type: z.string() }).nullable();

export function reasonOf({ reason_json }: Pick<PackageRow, 'reason_json'>): Refusal | null {
  return reason_json === null ? null : reasonSchema.parse(JSON.parse(reason_json));
}

export function wordOf(row: PackageRow): PackageWord {
  const reason = reasonOf(row);
  return {
    packageId: row.id,
    state: row.state as PackageWord['state'],
    quality: row.quality as PackageWord['quality'],
    rescan: rescanSchema.parse(JSON.parse(row.rescan_json)),
    reason: [reason === null ? '' : reasonText(reason), row.note]
      .filter((one) => one !== '')
      .join(' ')
      .slice(0, 1_000),
    at: row.said_at,
  };
}

const texts = {
  en: { ...parcelEn, ...en },
  ru: { ...parcelRu, ...ru },
  zh: { ...parcelZh, ...zh },
} as const;

/** What happened, and what to do. Nobody here knows in which language it is read there. */
export function reasonText(reason: Refusal): string {
  const said = (['en', 'ru', 'zh'] as const).flatMap((language) => {
    const text = (texts[language] as Readonly<Record<string, string>>)[`refusal.${reason.type}`];
    return text === undefined ? [] : [fillText(text.replace('|', ' '), reason, language)];
  });
  return [...said, `[${reason.type}]`].join(' · ');
}

export interface OfSite {
  readonly projectId: string;
  readonly eventId: string;
  readonly siteCode: string;
}

/** Of all packages of a site in an event, by the order in which they came. */
export async function wordsFor(
  { db }: Pick<Centre, 'db'>,
  { projectId, eventId, siteCode }: OfSite,
): Promise<PackageWords> {
  const rows = await db
    .selectFrom('day_package')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('event_id', '=', eventId)
    .where('site_code', '=', siteCode)
    .orderBy('received_at')
    .orderBy('id')
    .limit(10_000)
    .execute();
  return { v: 1, words: rows.map((row) => wordOf(row)) };
}

/** @returns a file in staging, which whoever asked for it removes. Refusals: `no-packages-yet`, `no-such-site`, `site-not-registered`. */
export async function makeWordsParcel(
  centre: Centre,
  of: OfSite,
): Promise<Result<{ file: string; fileName: string }>> {
  const { db, node, name } = centre;
  const site = await db
    .selectFrom('site')
    .innerJoin('project', 'project.id', 'site.project_id')
    .select(['site.sealing_key', 'project.mode'])
    .where('site.project_id', '=', of.projectId)
    .where('site.code', '=', of.siteCode)
    .executeTakeFirst();
  if (!site) return refuse({ type: 'no-such-site', site: of.siteCode });
  // A scan station reads them, too: it holds the event's key while a member has opened it.
  const key = await db
    .selectFrom('event_seal')
    .select('recipient')
    .where('event_id', '=', of.eventId)
    .executeTakeFirst();
  if (site.sealing_key === null) return refuse({ type: 'site-not-registered', site: of.siteCode });
  const consoles = await consoleKeys(db, of);
  const said = await wordsFor(centre, of);
  if (said.words.length === 0) return refuse({ type: 'no-packages-yet' });
  const newest = Math.max(...said.words.map(({ at }) => at));
  const file = join(node.staging, newId());
  const made = await makeParcel(
    file,
    {
      kind: 'package-words',
      id: `package-words:${of.eventId}:${of.siteCode}:${newest}:${said.words.length}`,
      to: { role: 'site', code: of.siteCode },
      project: of.projectId,
      session: of.eventId,
      mode: site.mode as 'formal' | 'mock',
      createdAt: newest,
      about: { words: said.words.length },
    },
    [
      {
        name: packageWordsPart,
        content: utf8(JSON.stringify(said)),
        recipients: [...consoles.map(({ sealingKey }) => sealingKey), ...(key ? [key.recipient] : [])],
      },
    ],
    { name, key: node.keys.signing, chain: [] },
  );
  return made.ok ? ok({ file, fileName: parcelFileName(made.value) }) : made;
}
