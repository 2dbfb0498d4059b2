/** What a station of a site made: proved up to this centre's own key, for an event in which the site takes part, and carried by nobody else. */
import { newId } from '../../../base/ids.ts';
import { join } from 'node:path';
import { ok, refuse, type Result } from '../../../base/result.ts';
import type { DayEvent } from '../../../exam/paper-day/parcels.ts';
import { openParcel, type Opened, type ParcelKind } from '../../../parcel/parcel.ts';
import type { Centre } from '../../centre.ts';

export const dayParcelKinds = ['answer-sheets', 'voice-answers', 'station-journal', 'site-day'] as const;
export type DayParcelKind = (typeof dayParcelKinds)[number];

export type DayWay = 'online' | 'file' | 'gateway';

/** How it came. */
export interface Carried {
  readonly projectId: string;
  /** Whose it has to be; null: any that its carrier may bring, see `may`. */
  readonly siteCode: string | null;
  readonly way: DayWay;
  /** Account, or the site itself. */
  readonly by: string;
  /** Whether it may be of this site. */
  may?(siteCode: string): Promise<boolean>;
}

/** @param only parts that are unsealed; none by default */
export async function openOfDay(
  { node, name, db }: Pick<Centre, 'node' | 'name' | 'db'>,
  file: string,
  kind: ParcelKind,
  { projectId }: Pick<Carried, 'projectId'>,
  only: (part: string) => boolean = () => false,
): Promise<Result<Opened>> {
  const project = await db
    .selectFrom('project')
    .select('mode')
    .where('id', '=', projectId)
    .executeTakeFirst();
  if (!project) return refuse({ type: 'no-such-project' });
  return openParcel(file, {
    trust: { roots: [node.keys.signing.publicKey], at: node.clock.now() },
    identities: [node.keys.sealing.identity],
    recipient: node.keys.sealing.recipient,
    staging: join(node.staging, `day-${newId()}`),
    expect: {
      kind,
      to: { role: 'centre', code: name.code },
      project: projectId,
      mode: project.mode as 'formal' | 'mock',
    },
    only,
  });
}

/**
 * Refusals: `parcel-of-another-event`, `event-not-of-site`, `day-parcel-of-another-site`, `untrusted-sender`.
 *
 * @param stationId who it says that made it; null: the site itself
 * @returns code of the site
 */
export async function siteOfParcel(
  { db }: Pick<Centre, 'db'>,
  { manifest, certificates }: Opened,
  { event, stationId }: { readonly event: DayEvent; readonly stationId: string | null },
  carried: Carried,
): Promise<Result<string>> {
  const [own, above] = certificates;
  const site = stationId === null ? own : above;
  if (site?.subject.role !== 'site') return refuse({ type: 'untrusted-sender', code: manifest.from.code });
  // A station speaks for itself, whoever carries the file.
  if (stationId !== null && (own?.subject.role !== 'station' || own.subject.id !== stationId))
    return refuse({ type: 'untrusted-sender', code: manifest.from.code });
  const { code } = site.subject;
  if ((carried.siteCode !== null && carried.siteCode !== code) || (await carried.may?.(code)) === false)
    return refuse({ type: 'day-parcel-of-another-site', site: code });
  if (manifest.session !== event.id) return refuse({ type: 'parcel-of-another-event', event: event.name });
  const known = await db
    .selectFrom('event')
    .leftJoin('event_site', (join) =>
      join.onRef('event_site.event_id', '=', 'event.id').on('event_site.site_code', '=', code),
    )
    .select(['event.date', 'event_site.site_code'])
    .where('event.id', '=', event.id)
    .where('event.project_id', '=', carried.projectId)
    .executeTakeFirst();
  if (!known || known.date !== event.date)
    return refuse({ type: 'parcel-of-another-event', event: event.name });
  return known.site_code === null ? refuse({ type: 'event-not-of-site', site: code }) : ok(code);
}
