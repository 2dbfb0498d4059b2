/** The operations of a station's page. */
import { implement } from '@orpc/server';
import { refuse, type Result } from '../base/result.ts';
import type { ParcelKind } from '../parcel/parcel.ts';
import { drivesLive } from '../node/backup/operations.ts';
import { liveView, type OperationContext } from '../node/operations.ts';
import { unwrap } from '../node/refused.ts';
import { activate, loadKey } from './access-key/access-key.ts';
import { activateWithToken, tokensHere } from './access-key/tokens-here.ts';
import { makeReadiness } from './admission/readiness.ts';
import { rootOf, takeCompared } from './admission/take-admission.ts';
import { stationContract, type FoundFile, type StationView } from './contract.ts';
import { loadMaterials } from './materials/load-materials.ts';
import { removalOperations } from './removal/operations.ts';
import { scanOperations } from './scan/operations.ts';
import { printOperations } from './print/operations.ts';
import { saveSettings } from './settings/settings.ts';
import { fingerprintOf } from '../trust/fingerprint.ts';
import { stationView } from './state.ts';
import type { Station } from './station.ts';
import { voiceOperations } from './voice/operations.ts';
import type { StationWork } from './work.ts';
import { withCopy } from '../node/stick/copy-from-stick.ts';
import { putOnStick } from '../node/stick/put-on-stick.ts';
import { findParcels, type FoundParcel } from '../node/stick/stick.ts';

/** The clock goes on: keys begin and end without anything happening here. */
const lookEveryMs = 5_000;

export function stationOperations(station: Station, work: StationWork) {
  const os = implement(stationContract).$context<OperationContext>();
  const after = (done: Result<unknown>): StationView => {
    unwrap(done);
    return stationView(station);
  };
  const find = async (kind: ParcelKind): Promise<FoundFile[]> => {
    const found = await findParcels(station.drives, [kind]);
    return Promise.all(found.map(shown));
  };
  /** The page names files that were found on sticks, and no others of this computer. */
  const found = async (kind: ParcelKind, path: string): Promise<string> => {
    const all = await findParcels(station.drives, [kind]);
    const one = all.find((each) => each.path === path);
    return one?.path ?? unwrap(refuse({ type: 'file-not-on-stick' }));
  };
  return os.router({
    state: {
      get: os.state.get.handler(() => stationView(station)),
      live: os.state.live.handler(({ signal }) =>
        liveView(
          signal,
          (listener) => {
            const timer = setInterval(listener, lookEveryMs);
            const stop = station.changed.subscribe(listener);
            return () => {
              clearInterval(timer);
              stop();
            };
          },
          () => stationView(station),
        ),
      ),
    },
    stick: { live: os.stick.live.handler(({ signal }) => drivesLive(station.sticks, signal)) },
    settings: {
      save: os.settings.save.handler(async ({ input }) => after(await saveSettings(station, input))),
    },
    admission: {
      writeReadiness: os.admission.writeReadiness.handler(async ({ input }) =>
        unwrap(
          await putOnStick(
            station,
            input.drive,
            'stations',
            unwrap(await makeReadiness(station, input.checks)),
          ),
        ),
      ),
      find: os.admission.find.handler(async () => {
        const all = await findParcels(station.drives, ['station-admission']);
        return Promise.all(all.filter(({ manifest }) => manifest.to.code === station.node.id).map(shown));
      }),
      take: os.admission.take.handler(async ({ input }) => {
        const path = await found('station-admission', input.path);
        return after(
          await withCopy(path, station.node.staging, (copy) =>
            takeCompared(station, copy, input.rootFingerprint),
          ),
        );
      }),
    },
    materials: {
      find: os.materials.find.handler(() => find('paper-materials')),
      load: os.materials.load.handler(async ({ input }) =>
        after(await loadMaterials(station, await found('paper-materials', input.path))),
      ),
    },
    key: {
      find: os.key.find.handler(() => find('station-key')),
      load: os.key.load.handler(async ({ input }) =>
        after(
          await withCopy(await found('station-key', input.path), station.node.staging, (copy) =>
            loadKey(station, copy),
          ),
        ),
      ),
      tokens: os.key.tokens.handler(() => tokensHere(station)),
      activate: os.key.activate.handler(async ({ input: { serial, pin } }) =>
        after(
          serial === null
            ? await activate(station, null, pin)
            : await activateWithToken(station, serial, pin),
        ),
      ),
      forget: os.key.forget.handler(() => {
        station.openDay(null);
        return {};
      }),
    },
    voice: voiceOperations(station, work.voice),
    scan: scanOperations(work.scan),
    print: printOperations(station, work.print),
    removal: removalOperations(station, work),
  });
}

function numberOf(said: unknown): string | null {
  return typeof said === 'string' || typeof said === 'number' ? String(said).slice(0, 40) : null;
}

async function shown({ path, name, manifest }: FoundParcel): Promise<FoundFile> {
  const root = manifest.kind === 'station-admission' ? await rootOf(path) : null;
  const { number, revision, event } = manifest.about as Record<string, unknown>;
  const subject = (event as { subjectName?: unknown } | undefined)?.subjectName;
  return {
    path,
    name,
    createdAt: manifest.createdAt,
    about: typeof subject === 'string' ? subject.slice(0, 200) : '',
    number: numberOf(number ?? revision),
    rootFingerprint: root === null ? null : fingerprintOf(root),
  };
}
