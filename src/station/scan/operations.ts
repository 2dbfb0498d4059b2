/** The operations of the scan station's page. */
import { implement } from '@orpc/server';
import { refuse } from '../../base/result.ts';
import type { ParcelKind } from '../../parcel/parcel.ts';
import { stationJournalAboutSchema } from '../../exam/paper-day/parcels.ts';
import { liveView, type OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import { withCopy } from '../../node/stick/copy-from-stick.ts';
import { putOnStick } from '../../node/stick/put-on-stick.ts';
import { findParcels, type FoundParcel } from '../../node/stick/stick.ts';
import { scanContract, type FoundOnStick } from './contract.ts';
import type { ScanDesk } from './desk.ts';
import { takeWords } from './package-words.ts';
import { closeRoom, writePackages } from './packages.ts';
import { loadPrintJournal } from './print-journals.ts';
import { declareCounts, decideOnPage, openRoom, reopenRoom } from './rooms.ts';
import { makeScanJournal } from './scan-journal.ts';
import { chooseScanner } from './scanner-choice.ts';
import { roomView, scanView } from './view.ts';

/** @param scan null: this is a station of another kind */
export function scanOperations(scan: ScanDesk | null) {
  const os = implement(scanContract).$context<OperationContext>();
  const here = (): ScanDesk => scan ?? unwrap(refuse({ type: 'no-scan-station' }));
  const find = async (kind: ParcelKind): Promise<FoundParcel[]> => findParcels(here().station.drives, [kind]);
  /** The page names files that were found on sticks, and no others of this computer. */
  const found = async (kind: ParcelKind, path: string): Promise<string> =>
    (await find(kind)).find((one) => one.path === path)?.path ??
    unwrap(refuse({ type: 'file-not-on-stick' }));
  return os.router({
    view: os.view.handler(() => scanView(here())),
    journals: {
      find: os.journals.find.handler(async () =>
        (await find('station-journal')).flatMap((one) => shownJournal(one) ?? []),
      ),
      load: os.journals.load.handler(async ({ input }) => {
        const desk = here();
        unwrap(await loadPrintJournal(desk.station, await found('station-journal', input.path)));
        unwrap(await desk.open(true));
        return scanView(desk);
      }),
    },
    scanner: {
      list: os.scanner.list.handler(async () => [...unwrap(await here().scanners.list())]),
      search: os.scanner.search.handler(async () => [...(await here().scanners.search())]),
      choose: os.scanner.choose.handler(async ({ input }) => {
        unwrap(await chooseScanner(here(), input));
        return scanView(here());
      }),
    },
    room: {
      open: os.room.open.handler(async ({ input }) => {
        unwrap(await openRoom(here(), input.room));
        return {};
      }),
      view: os.room.view.handler(
        ({ input }) =>
          roomView(here(), input.room) ?? unwrap(refuse({ type: 'scan-room-not-open', room: input.room })),
      ),
      live: os.room.live.handler(({ input, signal }) => {
        const desk = here();
        return liveView(
          signal,
          (listener) => desk.changed.subscribe(listener),
          () => ({ view: scanView(desk), room: roomView(desk, input.room) }),
        );
      }),
      declare: os.room.declare.handler(async ({ input }) => {
        unwrap(await declareCounts(here(), input.room, input.counts));
        return {};
      }),
      scan: os.room.scan.handler(async ({ input }) => {
        unwrap(await here().scanning.start(input.room));
        return {};
      }),
      stop: os.room.stop.handler(async () => {
        here().scanning.stop();
        await here().scanning.ended();
        return {};
      }),
      close: os.room.close.handler(async ({ input }) => ({
        packages: unwrap(await closeRoom(here(), input.room, input.reason)).length,
      })),
      reopen: os.room.reopen.handler(async ({ input }) => {
        unwrap(await reopenRoom(here(), input.room, input.reason));
        return {};
      }),
    },
    page: {
      decide: os.page.decide.handler(async ({ input }) => {
        unwrap(await decideOnPage(here(), input));
        return {};
      }),
    },
    words: {
      find: os.words.find.handler(async () => (await find('package-words')).map(shown)),
      take: os.words.take.handler(async ({ input }) => ({
        rooms: [
          ...unwrap(
            await withCopy(await found('package-words', input.path), here().station.node.staging, (copy) =>
              takeWords(here(), copy),
            ),
          ).rooms,
        ],
      })),
    },
    packages: {
      write: os.packages.write.handler(async ({ input }) =>
        unwrap(await writePackages(here(), input.drive, input.ids)),
      ),
    },
    journal: {
      write: os.journal.write.handler(async ({ input }) => {
        const desk = here();
        return unwrap(
          await putOnStick(desk.station, input.drive, 'journals', unwrap(await makeScanJournal(desk))),
        );
      }),
    },
  });
}

function shown({ path, name, manifest }: FoundParcel): FoundOnStick {
  return { path, name, createdAt: manifest.createdAt, about: '' };
}

/** Only END_PRINT; whether it may be believed is found out when it is loaded. */
function shownJournal(one: FoundParcel): FoundOnStick | null {
  const about = stationJournalAboutSchema.safeParse(one.manifest.about);
  if (!about.success || about.data.station.kind !== 'print') return null;
  const { station, event } = about.data;
  const words = [event.subjectName, station.room, station.number].filter((word) => word !== null);
  return { ...shown(one), about: words.join(' · ').slice(0, 200) };
}
