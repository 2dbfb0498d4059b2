/** What this site has told of its day as one file, for a centre that it does not reach: the same as its journal brings online. */
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { utf8 } from '../../../base/bytes.ts';
import { newId } from '../../../base/ids.ts';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { archiveName } from '../../../exam/paper-day/file-names.ts';
import { siteDayPart, siteDaySchema, type SiteDayReport } from '../../../exam/paper-day/hand-up.ts';
import type { DayEvent } from '../../../exam/paper-day/parcels.ts';
import { makeParcel, parcelFileName } from '../../../parcel/parcel.ts';
import { siteName } from '../../register-room/serve-rooms.ts';
import type { Site } from '../../site.ts';
import { paperEvent } from '../events.ts';
import { putKeptOnStick, type KeptFile, type Sticks } from '../sticks.ts';
import { newestJournals } from './journals.ts';
import { stationsOfEvent } from './site-day.ts';
import { stagesOf } from './stages.ts';
import { statusesTold } from './statuses-told.ts';

const reportedSchema = z.object({ at: z.number().int() });

/** The newest counts at the centre: a clock that was ahead and was set right makes no older ones. */
function reportedAt({ node }: Site): number {
  const before = node.settings.read('paper-day-reported', reportedSchema)?.at ?? 0;
  const at = Math.max(node.clock.now(), before + 1);
  node.settings.write('paper-day-reported', { at });
  return at;
}

function reportOf(site: Site, eventId: string): SiteDayReport {
  const journals = newestJournals(site, eventId);
  return siteDaySchema.parse({
    v: 1,
    at: reportedAt(site),
    statuses: statusesTold(site, eventId).map(({ gaps, ...told }) => ({
      eventId,
      gaps: [...gaps],
      ...told,
    })),
    stages: stagesOf(site, eventId),
    stations: stationsOfEvent(site, eventId).map((station) => ({
      id: station.id,
      kind: station.kind,
      number: station.number,
      room: station.roomNow ?? station.room,
      replacedBy: station.replacedBy,
      admittedAt: station.admittedAt,
      journalAt: journals.get(station.id)?.finishedAt ?? null,
    })),
  } satisfies SiteDayReport);
}

/** @returns a file in staging; whoever asked for it removes it. */
export async function makeDayParcel(
  site: Site,
  eventId: string,
): Promise<Result<{ file: string; fileName: string }>> {
  const { node } = site;
  const [membership, event] = [site.membership(), paperEvent(site, eventId)];
  if (!membership) return refuse({ type: 'site-not-registered-at-centre' });
  if (!event.ok) return event;
  const report = reportOf(site, eventId);
  const from = siteName(site);
  const file = join(node.staging, newId());
  const made = await makeParcel(
    file,
    {
      kind: 'site-day',
      id: `site-day:${eventId}:${from.code}:${report.at}`,
      to: { role: 'centre', code: membership.centreCode },
      project: membership.project.id,
      session: eventId,
      mode: membership.project.mode,
      createdAt: report.at,
      about: { event: event.value.event, statuses: report.statuses.length },
    },
    [
      {
        name: siteDayPart,
        content: utf8(JSON.stringify(report)),
        recipients: [membership.centreSealingKey],
      },
    ],
    { name: from, key: node.keys.signing, chain: membership.chain },
  );
  return made.ok ? ok({ file, fileName: parcelFileName(made.value) }) : made;
}

/** Folder of what goes to the centre: named as its archives are. */
export function dayArchiveFolder(site: Site, event: DayEvent): string {
  return archiveName({ ...event, site: site.setup()?.siteCode ?? '' }).replace(/\.zip$/, '');
}

/** Statuses and journals for the centre. Refusals: `nothing-told-yet`, those of `putKeptOnStick`. */
export async function writeForCentre(
  site: Site,
  sticks: Sticks,
  eventId: string,
  drive: string,
): Promise<Result<{ path: string }>> {
  const event = paperEvent(site, eventId);
  if (!event.ok) return event;
  const journals = [...newestJournals(site, eventId).values()];
  const said = stagesOf(site, eventId).some((one) => one.said);
  if (journals.length === 0 && statusesTold(site, eventId).length === 0 && !said)
    return refuse({ type: 'nothing-told-yet' });
  const day = await makeDayParcel(site, eventId);
  if (!day.ok) return day;
  const { node } = site;
  const { digest } = await node.blobs.put(createReadStream(day.value.file));
  await rm(day.value.file, { force: true });
  const written = await putKeptOnStick(site, sticks, drive, dayArchiveFolder(site, event.value.event), [
    { digest, fileName: day.value.fileName },
    ...namedApart(journals),
  ]);
  await node.blobs.remove(digest);
  if (!written.ok) return written;
  const mark = node.db.prepare('UPDATE paper_journal SET written_at = ? WHERE digest = ?');
  for (const one of journals) mark.run(node.clock.now(), one.digest);
  await node.journal.append([
    {
      kind: 'day-written-for-centre',
      subject: `event:${eventId}`,
      data: { journals: journals.map((one) => one.digest) },
    },
  ]);
  site.changed.notify();
  return written;
}

/** A replaced station and the one that replaces it may have one number: then two journals have one name. */
export function namedApart(files: readonly KeptFile[]): KeptFile[] {
  const used = new Map<string, number>();
  return files.map(({ digest, fileName }) => {
    const times = (used.get(fileName) ?? 0) + 1;
    used.set(fileName, times);
    return { digest, fileName: times === 1 ? fileName : fileName.replace(/(\.[a-z]+)$/, `_(${times})$1`) };
  });
}
