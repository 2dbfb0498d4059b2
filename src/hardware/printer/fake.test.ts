/** The fake fails as real printers do: what it says and what lies in its tray may differ. */
import { expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { expectOk } from '../../base/result.ts';
import { FakePrinters, type FakePrinter, type PrinterFault } from './fake.ts';
import { followJob } from './follow.ts';

const order = () => ({
  id: newId(),
  name: 'kits',
  pdf: new TextEncoder().encode('%PDF-1.7'),
  copies: 2,
  sides: 'one-sided' as const,
});

/** @returns what was said, each once; `stands` is called when nothing goes on by itself */
async function follow(
  printer: FakePrinter,
  id: string,
  stands: () => void = () => undefined,
): Promise<string[]> {
  const said: string[] = [];
  for await (const now of followJob(printer, id, { everyMs: 1 })) {
    const word = now.ok ? now.value.state : now.refusal.type;
    if (word !== said.at(-1)) said.push(word);
    if (word === 'held' || word === 'device-unreachable') stands();
  }
  return said;
}

test.each<[PrinterFault, string[], number]>([
  ['out-of-paper', ['printing', 'held', 'printing', 'completed'], 8],
  ['jam', ['printing', 'held', 'printing', 'completed'], 8],
  ['jam-called-completed', ['printing', 'completed'], 4],
  ['aborts', ['printing', 'aborted'], 4],
  ['vanishes', ['printing', 'device-unreachable', 'printing', 'completed'], 8],
  ['power-cut', ['printing', 'device-unreachable', 'print-job-unknown'], 4],
])('%s', async (fault, expected, cameOut) => {
  const printer = new FakePrinters().create('one');
  printer.failNext(fault);
  const asked = order();
  expectOk(await printer.print(asked));
  const seeTo = (): void => {
    printer.seenTo();
    printer.back();
  };
  expect(await follow(printer, asked.id, seeTo)).toEqual(expected);
  expect(printer.cameOut(asked.id)).toBe(cameOut);
});

test('what is refused prints nothing; a lost answer is no refusal of the job', async () => {
  const printer = new FakePrinters().create('one');
  for (const [fault, type] of [
    ['busy', 'printer-busy'],
    ['refuses-format', 'printer-no-pdf'],
  ] as const) {
    printer.failNext(fault);
    const asked = order();
    expect(await printer.print(asked)).toMatchObject({ refusal: { type } });
    expect(expectOk(await printer.findJob(asked.id))).toBeNull();
  }
  printer.failNext('answer-lost');
  const asked = order();
  expect(await printer.print(asked)).toMatchObject({ refusal: { type: 'print-uncertain' } });
  expect(await follow(printer, asked.id)).toEqual(['printing', 'completed']);
});
