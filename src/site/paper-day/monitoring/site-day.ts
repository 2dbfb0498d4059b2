/** How far this site is on the day of an event: what the rules of `exam/paper-day/site-day.ts` judge by. */
import type { DayStation, SiteDay, SiteStatus } from '../../../exam/paper-day/site-day.ts';
import type { Site } from '../../site.ts';
import { keyCopies } from '../access-key/station-key.ts';
import { keysOf } from '../access-key/keys.ts';
import { paperEvent } from '../events.ts';
import { packagesOf } from '../forms/packages.ts';
import { knownStations, takesPart, type KnownStation } from '../stations/stations.ts';
import { newestJournals } from './journals.ts';
import { statusesTold } from './statuses-told.ts';

/** Stations of the event whose work counts, replaced and reserve ones too. */
export function stationsOfEvent(site: Site, eventId: string): KnownStation[] {
  const event = paperEvent(site, eventId);
  if (!event.ok) return [];
  const hadKey = new Set(
    keyCopies(site, eventId).flatMap(({ writtenAt, stations }) => (writtenAt === null ? [] : stations)),
  );
  return knownStations(site).filter((station) => takesPart(station, event.value.event, hadKey));
}

/** Waiting for somebody to look at them: they hinder readiness, and nobody asks them for a journal. */
export function waitingStations(site: Site): KnownStation[] {
  return knownStations(site).filter(({ admittedAt }) => admittedAt === null);
}

/** What only the other console of this site has met; and which journals are there, of all that it knows. */
export function elsewhereOf(site: Site, eventId: string) {
  const event = paperEvent(site, eventId);
  const told = event.ok ? event.value.elsewhere : null;
  const stations = new Set(knownStations(site).map(({ id }) => id));
  const packages = new Set(packagesOf(site, eventId).map(({ id }) => id));
  return {
    stations: told?.stations.filter(({ id }) => !stations.has(id)) ?? [],
    packages: told?.packages.filter(({ id }) => !packages.has(id)) ?? [],
    journals: told?.stations.map(({ id, journalAt }) => [id, journalAt] as const) ?? [],
  };
}

export function siteDayOf(site: Site, eventId: string, status: SiteStatus): SiteDay {
  const journals = newestJournals(site, eventId);
  const elsewhere = elsewhereOf(site, eventId);
  const packages = packagesOf(site, eventId);
  const later = (a: number | null, b: number | null): number | null => (a === null ? b : Math.max(a, b ?? a));
  // What the other console handed up is there, whoever asks for it.
  const at = new Map(elsewhere.journals);
  const stations = [
    ...stationsOfEvent(site, eventId),
    ...(status === 'readiness-confirmed' ? waitingStations(site) : []),
  ];
  return {
    told: new Set(statusesTold(site, eventId).map((one) => one.status)),
    stations: [
      ...stations.map(({ id, kind, number, room, roomNow, replacedBy, admittedAt }): DayStation => ({
        id,
        kind,
        number,
        room: roomNow ?? room,
        replacedBy,
        readyAt: admittedAt,
        journalAt: later(journals.get(id)?.finishedAt ?? null, at.get(id) ?? null),
      })),
      ...elsewhere.stations.map(({ admittedAt, ...station }): DayStation => ({
        ...station,
        readyAt: admittedAt,
      })),
    ],
    packages: [
      ...packages.map(({ id, state, quality, replacedBy }) => ({ id, state, quality, replacedBy })),
      ...elsewhere.packages,
    ],
    hasKey: keysOf(site, eventId).length > 0,
  };
}
