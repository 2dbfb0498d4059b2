/** Against a real printer application, CUPS's `ippeveprinter`. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectOk, type Result } from '../../../base/result.ts';
import { newId } from '../../../base/ids.ts';
import { followJob } from '../follow.ts';
import type { Printer, PrintJob, PrintOrder } from '../port.ts';
import { IppEvePrinter, PeerNotStarted, withoutIppEvePrinter } from './ippeveprinter.fixture.ts';
import { openIpp } from './open-ipp.ts';

// What a job's command does stands in the document: each says it after the first line of the PDF.
const command = `
. /dev/stdin <<X
$(tail -n +2 "$1")
X
`;

const order = (does: string, more: Partial<PrintOrder> = {}): PrintOrder => ({
  id: newId(),
  name: 'Комплекты, ауд. 0001',
  pdf: new TextEncoder().encode(`%PDF-1.7\n${does}\n`),
  copies: 1,
  sides: 'one-sided',
  ...more,
});

async function until(printer: Printer, id: string, reached: (job: PrintJob) => boolean): Promise<PrintJob> {
  for await (const now of followJob(printer, id, { everyMs: 50 }))
    if (now.ok && reached(now.value)) return now.value;
  throw new Error('the job ended otherwise');
}

async function last(printer: Printer, id: string): Promise<Result<PrintJob>> {
  let end: Result<PrintJob> | null = null;
  for await (const now of followJob(printer, id, { everyMs: 50 })) end = now;
  if (!end) throw new Error('nothing was said');
  return end;
}

if (withoutIppEvePrinter !== null)
  process.stderr.write(`the tests with ippeveprinter are left out: ${withoutIppEvePrinter}\n`);

describe.skipIf(withoutIppEvePrinter !== null)('a printer of the network', () => {
  const peer = new IppEvePrinter();
  let url: string;
  let printer: Printer;

  let leftOut: string | null = null;

  beforeAll(async () => {
    try {
      url = await peer.start(command);
      printer = expectOk(openIpp(url, null));
    } catch (error) {
      if (!(error instanceof PeerNotStarted)) throw error;
      leftOut = error.message;
    }
  });
  beforeEach(({ skip }) => {
    if (leftOut !== null) skip(leftOut);
  });

  afterAll(async () => {
    await peer.end();
    peer.remove();
  });

  test('is ready, says what it can do, and prints a PDF from the first word to the last', async () => {
    expect(expectOk(await printer.state())).toMatchObject({ standing: 'ready' });
    expect(expectOk(await printer.abilities())).toEqual({ duplex: true, mostCopies: expect.any(Number) });
    const asked = order(
      'env > environment; echo "ATTR: job-impressions-completed=3" >&2; until [ -e go ]; do sleep 0.05; done',
      { sides: 'two-sided-long-edge', copies: 2 },
    );
    expect(expectOk(await printer.print(asked))).toMatchObject({ id: asked.id, state: /accepted|printing/ });
    expect(await until(printer, asked.id, (job) => job.impressions === 3)).toMatchObject({
      state: 'printing',
    });
    expect(expectOk(await printer.state())).toMatchObject({ standing: 'busy' });
    peer.let('go');
    expect(await last(printer, asked.id)).toMatchObject({ ok: true, value: { state: 'completed' } });
    const environment = peer.written('environment');
    expect(environment).toContain(`IPP_JOB_NAME=${asked.id} ${asked.name}`);
    expect(environment).toContain('IPP_SIDES=two-sided-long-edge');
    expect(environment).toContain('IPP_COPIES=2');
    expect(environment).toContain('IPP_MEDIA=iso_a4_210x297mm');
  });

  test('a printer that runs out of paper says so by name and in its own words, and goes on when somebody saw to it', async () => {
    const asked = order(
      'echo "STATE: +media-empty,media-needed" >&2; until [ -e paper ]; do sleep 0.05; done; echo "STATE: -media-empty,media-needed" >&2',
    );
    expectOk(await printer.print(asked));
    let state = expectOk(await printer.state());
    for (; state.conditions.length === 0; state = expectOk(await printer.state()));
    expect(state.conditions).toEqual(['out-of-paper']);
    expect(state.words).toContainEqual(expect.stringContaining('media-needed'));
    expect(await printer.print(order('exit 0'))).toMatchObject({ refusal: { type: 'printer-busy' } });
    peer.let('paper');
    expect(await last(printer, asked.id)).toMatchObject({ ok: true, value: { state: 'completed' } });
    expect(expectOk(await printer.state()).conditions).toEqual([]);
  });

  test('a jam that the printer calls completed is its word and no more; a job that fails is aborted', async () => {
    const jammed = order('echo "STATE: +media-jam" >&2; echo "STATE: -media-jam" >&2; exit 0');
    expectOk(await printer.print(jammed));
    const word = expectOk(await last(printer, jammed.id));
    expect(word).toMatchObject({ state: 'completed', sheets: null });
    const failed = order('echo "ERROR: fuser" >&2; exit 1');
    expectOk(await printer.print(failed));
    expect(expectOk(await last(printer, failed.id))).toMatchObject({ state: 'aborted' });
  });

  test('a station that was killed finds its job again by its own id, sends it no second time, and can cancel it', async () => {
    const asked = order('echo once >> printed; until [ -e cancelled ]; do sleep 0.05; done');
    expectOk(await printer.print(asked));
    const restarted = expectOk(openIpp(url, null));
    expect(expectOk(await restarted.findJob(newId()))).toBeNull();
    expect(expectOk(await restarted.findJob(asked.id))).toMatchObject({ state: 'printing' });
    expect(expectOk(await restarted.print(asked))).toMatchObject({ id: asked.id });
    expectOk(await restarted.cancel(asked.id));
    // What is on its way still comes out.
    peer.let('cancelled');
    expect(expectOk(await last(restarted, asked.id))).toMatchObject({ state: 'cancelled' });
    expect(expectOk(await restarted.cancel(asked.id))).toMatchObject({ state: 'cancelled' });
    expect(peer.written('printed')).toBe('once\n');
  });

  test('a printer whose plug is pulled in the middle is said to be unreachable, and the job is never said to be over', async () => {
    const asked = order('until [ -e never ]; do sleep 0.05; done');
    expectOk(await printer.print(asked));
    const states: string[] = [];
    for await (const now of followJob(printer, asked.id, { everyMs: 50 })) {
      states.push(now.ok ? now.value.state : now.refusal.type);
      if (!now.ok) break;
      if (now.value.state === 'printing') await peer.end();
    }
    expect(states.at(-1)).toBe('device-unreachable');
    expect(states).not.toContain('completed');
    expect(await printer.print(order('exit 0'))).toMatchObject({ refusal: { type: 'device-unreachable' } });
  });
});
