/** What the console shows of the day of an event. */
import { ok, type Result } from '../../base/result.ts';
import type { DayEvent } from '../../exam/paper-day/parcels.ts';
import { gapsOf, mayTell, siteStatuses } from '../../exam/paper-day/site-day.ts';
import { fingerprintOf } from '../../trust/fingerprint.ts';
import type { Site } from '../site.ts';
import { keyCopies, withoutKey } from './access-key/station-key.ts';
import { keysOf } from './access-key/keys.ts';
import type { PaperDayView, PaperEventView, PaperStationView } from './contract.ts';
import { paperEvent, paperEvents, type PaperEvent } from './events.ts';
import { packagesOf } from './forms/packages.ts';
import { hasWords } from './forms/words.ts';
import { materialsHere, regionOf } from './materials/materials.ts';
import { journalName } from './monitoring/journal-name.ts';
import { newestJournals } from './monitoring/journals.ts';
import { elsewhereOf, siteDayOf, stationsOfEvent } from './monitoring/site-day.ts';
import { maySay, stagesOf } from './monitoring/stages.ts';
import { statusesTold } from './monitoring/statuses-told.ts';
import { sameNumber } from './stations/admit.ts';
import { knownStations, type KnownStation } from './stations/stations.ts';

export function eventViews(site: Site): PaperEventView[] {
  return paperEvents(site).map((one) => eventView(site, one));
}

function eventView(
  site: Site,
  { event, startAt, releaseAt, held, offered, problem }: PaperEvent,
): PaperEventView {
  const here = materialsHere(site, event.id)?.about.revision ?? 0;
  const newest = keysOf(site, event.id)[0]?.number ?? 0;
  return {
    event,
    startAt,
    releaseAt,
    held,
    newer: { materials: (offered.revision ?? 0) > here, key: Math.max(0, ...offered.keys) > newest },
    problem,
  };
}

/** Refusal `no-such-event-here`. */
export function paperDayView(site: Site, eventId: string): Result<PaperDayView> {
  const event = paperEvent(site, eventId);
  if (!event.ok) return event;
  const membership = site.membership();
  const materials = materialsHere(site, eventId);
  return ok({
    now: site.node.clock.now(),
    online: site.link?.uplink.state.online ?? false,
    mode: membership?.project.mode ?? 'formal',
    event: eventView(site, event.value),
    rootFingerprint: membership ? fingerprintOf(membership.centreSigningKey) : '',
    materials: materials && {
      revision: materials.about.revision,
      bytes: materials.bytes,
      receivedAt: materials.receivedAt,
      rooms: materials.about.rooms,
    },
    keys: keysOf(site, eventId).map(({ number, grant, receivedAt, openedAt }) => ({
      number,
      opens: grant.opens,
      members: grant.members.map(({ name, serial }) => ({ name, serial })),
      rooms: grant.rooms,
      stations: grant.stations,
      notBefore: grant.notBefore,
      notAfter: grant.notAfter,
      reason: grant.reason,
      receivedAt,
      openedAt,
    })),
    copies: keyCopies(site, eventId).map(({ stations, ...copy }) => ({
      ...copy,
      stations: stations.length,
    })),
    stations: stationViews(site, event.value.event),
    elsewhere: elsewhereView(site, event.value.event),
    statuses: statusViews(site, eventId),
    hasWords: hasWords(site, eventId),
    packages: packagesOf(site, eventId).map((one) => ({
      ...one,
      rescan: [...one.rescan],
      refused: site.dayCourier.refused(one.digest),
    })),
    stages: stagesOf(site, eventId).map((one) => ({ ...one, sayable: maySay(one.stage) })),
    sending: site.dayCourier.sending,
  });
}

function stationViews(site: Site, event: DayEvent): PaperStationView[] {
  const { id: eventId } = event;
  const journals = newestJournals(site, eventId);
  const counting = new Set(stationsOfEvent(site, eventId).map(({ id }) => id));
  const keyless = new Set(withoutKey(site, eventId).map(({ id }) => id));
  return knownStations(site).map((station) => {
    const journal = journals.get(station.id);
    const { id, kind, number, room, roomNow, readiness, takenAt, admittedAt, admittedBy, replacedBy } =
      station;
    return {
      id,
      kind,
      number,
      room,
      roomNow,
      program: readiness.program,
      fingerprint: fingerprintOf(readiness.signingKey),
      checks: readiness.checks,
      takenAt,
      admittedAt,
      atOther: admittedBy !== null,
      replacedBy,
      problem: problemOf(site, station),
      counts: counting.has(id),
      hasKey: admittedAt !== null && replacedBy === null && !keyless.has(id),
      journalName: journalName(site, event, station),
      journal: journal
        ? {
            fileName: journal.fileName,
            closing: journal.closing,
            finishedAt: journal.finishedAt,
            takenAt: journal.takenAt,
            counts: { ...journal.counts },
            handedUpAt: journal.handedUpAt,
            writtenAt: journal.writtenAt,
            refused: site.dayCourier.refused(journal.digest),
          }
        : null,
    };
  });
}

function elsewhereView(site: Site, event: DayEvent): PaperDayView['elsewhere'] {
  const { stations, packages } = elsewhereOf(site, event.id);
  return {
    stations: stations.map(({ id, kind, number, room, journalAt }) => ({
      id,
      kind,
      number,
      room,
      journalName: journalName(site, event, { kind, number, room }),
      journalAt,
    })),
    packages: packages.length,
    confirmed: packages.filter(({ state }) => state === 'confirmed').length,
  };
}

function problemOf(site: Site, station: KnownStation): PaperStationView['problem'] {
  const { kind, number, readiness, admittedAt, replacedBy, region } = station;
  if (replacedBy !== null) return null;
  if (admittedAt === null && sameNumber(site, station).length > 0)
    return { type: 'station-number-taken', kind, number };
  const bad = readiness.checks.filter(({ good }) => !good).map(({ name }) => name);
  if (bad.length > 0) return { type: 'station-checks-bad', checks: bad };
  // Its journals would be named without the region.
  if (admittedAt !== null && region !== null && region !== (regionOf(site) ?? region))
    return { type: 'station-admitted-without-region' };
  return null;
}

function statusViews(site: Site, eventId: string): PaperDayView['statuses'] {
  const told = new Map(statusesTold(site, eventId).map((one) => [one.status, one]));
  return siteStatuses.map((status) => {
    const one = told.get(status);
    if (one)
      return {
        status,
        toldAt: one.toldAt,
        reason: one.reason,
        by: one.by,
        gaps: [...one.gaps],
        reasonHelps: false,
      };
    const day = siteDayOf(site, eventId, status);
    const may = mayTell(day, status, '');
    return {
      status,
      toldAt: null,
      reason: '',
      by: null,
      gaps: gapsOf(day, status).map((gap) => ({ ...gap })),
      reasonHelps: !may.ok && may.refusal['reasonHelps'] === true,
    };
  });
}
