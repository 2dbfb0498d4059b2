import { implement } from '@orpc/server';
import { join } from 'node:path';
import { newId } from '../../base/ids.ts';
import { liveView, type OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import type { Site } from '../site.ts';
import { fetchKeys } from './access-key/keys.ts';
import { enterRelease, fetchRelease } from './access-key/release.ts';
import { writeStationKey } from './access-key/station-key.ts';
import { paperDayContract, type StickFileView } from './contract.ts';
import { askForEvents } from './events.ts';
import { sendPackages, writePackages } from './forms/send.ts';
import { fetchWords, writeWords } from './forms/words.ts';
import { filesOnSticks, takeFile, takeFromSticks, type StickFile } from './intake/intake.ts';
import { fetchMaterials, writeMaterials } from './materials/materials.ts';
import { writeForCentre } from './monitoring/day-parcel.ts';
import { sayStage } from './monitoring/stages.ts';
import { tellStatus } from './monitoring/tell-status.ts';
import { admitStation } from './stations/admit.ts';
import { removeStation, takeRoom } from './stations/change-stations.ts';
import type { Sticks } from './sticks.ts';
import { eventViews, paperDayView } from './view.ts';

export function paperDayOperations(site: Site, sticks: Sticks) {
  const os = implement(paperDayContract).$context<OperationContext>();
  return os.router({
    events: os.events.handler(() => eventViews(site)),
    ask: os.ask.handler(async () => {
      unwrap(await askForEvents(site));
      return eventViews(site);
    }),
    get: os.get.handler(({ input }) => unwrap(paperDayView(site, input.eventId))),
    live: os.live.handler(({ input, signal }) =>
      liveView(signal, site.changed.subscribe, () => unwrap(paperDayView(site, input.eventId)), 500),
    ),
    stick: {
      look: os.stick.look.handler(async () => ({
        ...(await sticks.sticks.view()),
        files: (await filesOnSticks(sticks)).map(shown),
      })),
      take: os.stick.take.handler(async ({ input }) => takeFromSticks(site, sticks, input.paths)),
    },
    takeFile: os.takeFile.handler(async ({ input, context }) => {
      const { path } = unwrap(context.files.take(input.uploadId, context.account));
      const taken = unwrap(await takeFile(site, path));
      await context.files.discard(input.uploadId, context.account);
      return taken;
    }),
    materials: {
      fetch: os.materials.fetch.handler(async ({ input }) => {
        const taken = unwrap(await fetchMaterials(site, input.eventId));
        site.changed.notify();
        return taken;
      }),
      write: os.materials.write.handler(async ({ input }) =>
        unwrap(await writeMaterials(site, sticks, input.eventId, input.drive)),
      ),
    },
    key: {
      fetch: os.key.fetch.handler(async ({ input }) => {
        const taken = unwrap(
          await fetchKeys(site, input.eventId, () => join(site.node.staging, `key-${newId()}`)),
        );
        site.changed.notify();
        return taken;
      }),
      release: os.key.release.handler(async ({ input }) => {
        unwrap(await fetchRelease(site, input.eventId));
        return {};
      }),
      enterRelease: os.key.enterRelease.handler(async ({ input }) => {
        unwrap(await enterRelease(site, input.eventId, input.text));
        return {};
      }),
      write: os.key.write.handler(async ({ input, context }) =>
        unwrap(await writeStationKey(site, sticks, input.eventId, input.drive, context.account)),
      ),
    },
    station: {
      admit: os.station.admit.handler(async ({ input, context }) =>
        unwrap(await admitStation(site, sticks, { ...input, by: context.account })),
      ),
      takeRoom: os.station.takeRoom.handler(async ({ input, context }) => {
        unwrap(await takeRoom(site, { ...input, by: context.account }));
        return {};
      }),
      remove: os.station.remove.handler(async ({ input, context }) => {
        unwrap(await removeStation(site, input.stationId, context.account));
        return {};
      }),
    },
    status: {
      tell: os.status.tell.handler(async ({ input, context }) => {
        unwrap(await tellStatus(site, { ...input, by: context.account }));
        return {};
      }),
      write: os.status.write.handler(async ({ input }) =>
        unwrap(await writeForCentre(site, sticks, input.eventId, input.drive)),
      ),
    },
    stage: {
      say: os.stage.say.handler(async ({ input, context }) => {
        unwrap(await sayStage(site, { ...input, by: context.account }));
        return {};
      }),
    },
    package: {
      send: os.package.send.handler(async ({ input, context }) => {
        unwrap(await sendPackages(site, input.eventId, context.account));
        return {};
      }),
      write: os.package.write.handler(async ({ input }) =>
        unwrap(await writePackages(site, sticks, input.eventId, input.to)),
      ),
      fetchWords: os.package.fetchWords.handler(async ({ input }) => {
        unwrap(await fetchWords(site, input.eventId));
        return {};
      }),
      writeWords: os.package.writeWords.handler(async ({ input }) =>
        unwrap(await writeWords(site, sticks, input.eventId, input.drive)),
      ),
    },
  });
}

/** As far as the file says it of itself. */
function shown({ path, name, kind, manifest }: StickFile): StickFileView {
  const about = manifest.about as Readonly<Record<string, unknown>>;
  const text = (value: unknown): string =>
    typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 200) : '';
  const inside = (value: unknown, field: string): unknown =>
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[field] : undefined;
  const ofStation = kind === 'station-readiness' ? about : about['station'];
  return {
    path,
    name,
    kind,
    createdAt: Math.max(0, manifest.createdAt),
    subject: text(inside(about['event'], 'subjectName')),
    station: text(inside(ofStation, 'number')),
    room: text(inside(ofStation, 'room') ?? about['room']),
    number: text(
      about['part'] === undefined
        ? (about['revision'] ?? (kind === 'access-key' ? about['number'] : undefined))
        : `${text(about['part'])}/${text(about['parts'])}`,
    ),
  };
}
