/** The operations of a print station's page. A station of another kind has none of them. */
import { implement } from '@orpc/server';
import { ok, refuse, type Result } from '../../base/result.ts';
import { liveView, type OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import type { Station } from '../station.ts';
import { printContract, type PrintView } from './contract.ts';
import type { PrintDesk } from './desk.ts';
import { finishPrinting, writeClosing } from './finish.ts';
import { measureTest, scansOnSticks } from './measure-test.ts';
import { changePrintSettings } from './print-settings.ts';
import { printProtocol } from './protocol.ts';
import { choosePrinter, judgeTest, printTest, readinessChecks, setTwoSided } from './test-print.ts';
import { printView } from './view.ts';

/** A printer says by itself nothing: it is asked. */
const lookEveryMs = 3_000;

/** @param here null: this is a station of another kind */
export function printOperations(station: Station, here: PrintDesk | null) {
  const os = implement(printContract).$context<OperationContext>();
  const desk = (): PrintDesk =>
    here ?? unwrap(refuse({ type: 'station-of-another-kind', found: station.kind, expected: 'print' }));
  const view = (): PrintView => printView(station, desk());
  const after = (done: Result<unknown>): PrintView => {
    unwrap(done);
    return view();
  };
  return {
    get: os.get.handler(() => view()),
    live: os.live.handler(({ signal }) =>
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
        view,
      ),
    ),
    printers: {
      list: os.printers.list.handler(async () => [...unwrap(await station.printers.list())]),
      search: os.printers.search.handler(async () => [...(await station.printers.search())]),
      choose: os.printers.choose.handler(async ({ input: { address, name } }) =>
        after(await choosePrinter(station, desk(), address, name)),
      ),
      twoSided: os.printers.twoSided.handler(({ input }) => after(setTwoSided(station, input.twoSided))),
    },
    test: {
      print: os.test.print.handler(async ({ input }) =>
        after(await printTest(station, desk(), input.language)),
      ),
      scans: os.test.scans.handler(() => scansOnSticks(station)),
      measure: os.test.measure.handler(async ({ input }) => after(await measureTest(station, input.path))),
      judge: os.test.judge.handler(async ({ input: { good, words } }) =>
        after(await judgeTest(station, desk(), good, words)),
      ),
      checks: os.test.checks.handler(() => readinessChecks(station)),
    },
    run: {
      room: os.run.room.handler(({ input }) => after(chooseRoom(station, desk(), input.room))),
      start: os.run.start.handler(async ({ input: { count, from, language } }) => {
        // A stick that has just been plugged in may know of more than the journal.
        await desk().lists.look();
        return after(desk().start(count, from, language));
      }),
      takeOver: os.run.takeOver.handler(async () => after(await desk().lists.takeOver())),
      judge: os.run.judge.handler(async ({ input: { kits, verdict, reason } }) => {
        for (const kit of kits) unwrap(await desk().book.do({ do: 'judge', kit, verdict, reason }));
        return view();
      }),
      replace: os.run.replace.handler(({ input }) => after(desk().replace(input.kit, input.language))),
      additional: os.run.additional.handler(async ({ input: { count, language } }) =>
        after(await desk().additional(count, language)),
      ),
      resume: os.run.resume.handler(() => {
        desk().resume();
        return view();
      }),
      stop: os.run.stop.handler(() => {
        desk().stop();
        return view();
      }),
      cancel: os.run.cancel.handler(async ({ input }) => after(await desk().cancel(input.job))),
      askNoMore: os.run.askNoMore.handler(async ({ input }) => after(await desk().askNoMore(input.job))),
    },
    end: {
      finish: os.end.finish.handler(async ({ input }) =>
        after(await finishPrinting(station, desk(), input.short)),
      ),
      write: os.end.write.handler(async ({ input: { drive, language } }) =>
        unwrap(await writeClosing(station, desk(), drive, language)),
      ),
      printProtocol: os.end.printProtocol.handler(async ({ input: { language } }) => {
        const pdf = unwrap(await printProtocol(station, desk(), language));
        unwrap(await desk().printPlain('END_PRINT', pdf));
        return {};
      }),
    },
  };
}

/** Refusals: `printing-under-way`, `print-room-unknown`. */
function chooseRoom(station: Station, desk: PrintDesk, room: string): Result<void> {
  if (desk.busy) return refuse({ type: 'printing-under-way', kits: desk.queue.length });
  if (!station.materials()?.rooms.some((one) => one.room === room))
    return refuse({ type: 'print-room-unknown', room });
  changePrintSettings(station, { room });
  return ok();
}
