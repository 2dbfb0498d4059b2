/** A print station's process and a printer application of another author, which runs out of paper, jams, and loses its power. */
import { afterEach, describe, expect, test } from 'vitest';
import {
  IppEvePrinter,
  PeerNotStarted,
  withoutIppEvePrinter,
} from '../../src/hardware/printer/ipp/ippeveprinter.fixture.ts';
import { questionPaper } from '../../src/station/print/print.fixture.ts';
import { plannedKits } from '../../src/station/station.fixture.ts';
import { until } from '../../tools/exam-day/process.ts';
import { RealStation, refused } from './real-station.ts';
import { noSticks } from './stick.ts';

const missing = withoutIppEvePrinter ?? noSticks;
if (missing !== null) process.stderr.write(`a print station with ippeveprinter is left out: ${missing}\n`);

// It tells what it begins to print, does what lies there for it to do, and waits until somebody lets it go on.
const command = `
echo "$IPP_JOB_NAME" >> begun
if [ -e empty ]; then echo "STATE: +media-empty" >&2; until [ -e paper ]; do sleep 0.05; done; rm empty; echo "STATE: -media-empty" >&2; fi
if [ -e jam ]; then rm jam; echo "ERROR: jam" >&2; exit 1; fi
until [ -e go ]; do sleep 0.05; done
rm go
echo "$IPP_JOB_NAME" >> printed
`;

const printer = new IppEvePrinter();
let station: RealStation | null = null;
afterEach(async () => {
  await station?.close();
  await printer.end();
  printer.remove();
});

describe.skipIf(missing !== null)('a printer that fails', () => {
  test('is waited for, said, asked about and judged; and nothing comes out twice unasked', async ({
    skip,
  }) => {
    const papers = [await questionPaper(1, 1), await questionPaper(2, 1)];
    const url = await printer.start(command).catch((error: unknown) => {
      if (!(error instanceof PeerNotStarted)) throw error;
      return skip(error.message);
    });
    const here = await RealStation.start('print', { kits: plannedKits('0001', 1, 8, 4), papers });
    station = here;
    await here.load({ rooms: [{ room: '0001', kits: 8 }] });
    await here.activate();
    await here.call.print.printers.choose({ address: { way: 'ipp', url, pin: null }, name: 'Принтер 1' });
    const view = () => here.call.print.get();
    const kit = async (name: string) => (await view()).kits.find((one) => one.kit === name);
    const comesTo = (name: string, fate: string) =>
      until(`${name} ${fate}`, async () => (await kit(name))?.fate === fate);
    const started = (count = 1) => here.call.print.run.start({ count, from: null, language: 'en' });
    const judge = (name: string, verdict: 'good' | 'spoiled') =>
      here.call.print.run.judge({ kits: [name], verdict, reason: verdict === 'good' ? '' : 'jam' });

    // Out of paper with one kit, busy for the next: both wait, and both come out once.
    printer.let('empty');
    await started(2);
    await until('the words of the printer', async () =>
      (await view()).printer?.state?.conditions.includes('out-of-paper'),
    );
    await until('the next kit, which waits', async () => (await view()).halted?.type === 'printer-busy');
    expect(await kit('100001')).toMatchObject({ fate: 'sending' });
    printer.let('paper');
    printer.let('go');
    await comesTo('100001', 'out');
    await judge('100001', 'good');
    printer.let('go');
    await here.call.print.run.resume();
    await comesTo('100002', 'out');
    await judge('100002', 'good');

    // A jam in the middle: what came out only the organiser knows; a reserve with other numbers takes its place.
    printer.let('jam');
    await started();
    await comesTo('100003', 'unsure');
    expect(await refused(here.call.print.end.finish({ short: '' }))).toMatchObject({
      type: 'kits-without-verdict',
    });
    await judge('100003', 'spoiled');
    printer.let('go');
    await here.call.print.run.replace({ kit: '100003', language: 'en' });
    await comesTo('100005', 'out');
    await judge('100005', 'good');

    // The station is killed while the printer is at it: it asks for its job, and sends no other.
    await started();
    await until('the last kit at the printer', () =>
      Promise.resolve(printer.written('begun').includes('100004')),
    );
    await here.kill();
    await here.again();
    await here.activate();
    await comesTo('100004', 'sending');
    // Power cut. Nobody says what became of it, not even the printer when it is back.
    await printer.end();
    await until(
      'the printer that is not there',
      async () => (await kit('100004'))?.job?.refusal?.type === 'device-unreachable',
    );
    expect(await kit('100004')).toMatchObject({ fate: 'sending' });
    await printer.start(command);
    await comesTo('100004', 'unsure');
    await judge('100004', 'spoiled');
    printer.let('go');
    await here.call.print.run.replace({ kit: '100004', language: 'en' });
    await comesTo('100006', 'out');
    await judge('100006', 'good');

    await here.call.print.end.finish({ short: '' });
    const names = (file: string): string[] =>
      printer
        .written(file)
        .trim()
        .split('\n')
        .map((line) => line.split(' ').at(-1) ?? '');
    expect(names('begun')).toEqual(['100001', '100002', '100003', '100005-2', '100004', '100006-2']);
    expect(names('printed')).toEqual(['100001', '100002', '100005-2', '100006-2']);
  });
});
