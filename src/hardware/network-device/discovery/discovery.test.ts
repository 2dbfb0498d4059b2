/** Printers and scanners answer over loopback alone: nothing of this leaves the computer. */
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { answerOf, responder, type Announced } from './answer.fixture.ts';
import { dnsQuestion, readAnswer, recordTypes } from './dns-message.ts';
import { searchPrinters, searchScanners } from './found-devices.ts';
import { searchServices, type Neighbourhood } from './search.ts';
import { Services } from './services.ts';

const open: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const one of open) await one.close();
});
/** A computer that many programs use is slow. The searches run beside each other. */
const waitMs = 1_500;

const here = { address: '127.0.0.1' } as const;

/** @param announced what is answered to the first of these questions, and to those after it */
async function near(...announced: (readonly Announced[])[]): Promise<readonly Neighbourhood[]> {
  let round = 0;
  const one = await responder((id) =>
    (announced[Math.min(round++, announced.length - 1)] ?? []).map((each) =>
      answerOf(id, { ...here, ...each }),
    ),
  );
  open.push(one);
  return [{ own: '127.0.0.1', netmask: null, to: { host: '127.0.0.1', port: one.port } }];
}

test.concurrent('a printer and a scanner that answer are listed with the address that would be typed and their own words', async () => {
  const where = await near([
    { type: 'ipp', name: 'Кабинет 1', port: 8_631 },
    { type: 'escl', name: 'Scanner', port: 80, texts: ['rs=/eSCL', 'ty=Test Scan', 'is=adf,platen'] },
  ]);
  const [printers, scanners] = await Promise.all([
    searchPrinters(where, waitMs),
    searchScanners(where, waitMs),
  ]);
  expect(printers).toEqual([
    {
      address: { way: 'ipp', url: 'ipp://127.0.0.1:8631/ipp/print', pin: null },
      name: 'Кабинет 1',
      about: 'Test Laser 1 · Room 1 · 127.0.0.1',
    },
  ]);
  expect(scanners).toEqual([
    {
      address: { way: 'escl', url: 'http://127.0.0.1:80/eSCL', pin: null },
      name: 'Scanner',
      about: 'Test Scan · 127.0.0.1',
    },
  ]);
});

test.concurrent('a device with both ways is listed once, by the one with TLS', async () => {
  const where = await near([{ type: 'ipp' }, { type: 'ipps' }, { type: 'ipp', name: 'Other' }]);
  expect((await searchPrinters(where, waitMs)).map(({ address }) => address)).toMatchObject([
    { url: 'ipp://127.0.0.1:631/ipp/print' },
    { url: 'ipps://127.0.0.1:631/ipp/print' },
  ]);
});

test.concurrent('who names itself without its address is asked once more', async () => {
  const where = await near([{ without: ['srv', 'txt', 'a'] }], [{}]);
  expect(await searchPrinters(where, waitMs)).toMatchObject([{ about: 'Test Laser 1 · Room 1 · 127.0.0.1' }]);
});

test.concurrent('an answer leads neither to another network nor to another page, and its words turn no line round', async () => {
  const where = await near([
    { address: '203.0.113.7', texts: ['rp=../../admin?delete', 'ty=a\u202eb\n'] },
    { type: 'ipp', name: 'no port', port: 0 },
    { type: 'ipp', name: 'elsewhere', instance: ['elsewhere', '_ssh', '_tcp', 'local'] },
  ]);
  expect(await searchPrinters(where, waitMs)).toEqual([
    {
      address: { way: 'ipp', url: 'ipp://127.0.0.1:631/ipp/print', pin: null },
      name: 'Printer',
      about: 'a b · 127.0.0.1',
    },
  ]);
});

test.concurrent('what answers another question, or comes from elsewhere, is nobody’s', async () => {
  const one = await responder((id) => [answerOf((id % 65_535) + 1, here), Buffer.from('no message')]);
  open.push(one);
  const to = { host: '127.0.0.1', port: one.port };
  // Right words, from beyond the network in which was asked.
  const beyond = await responder((id) => [answerOf(id, {})], '127.0.0.2');
  open.push(beyond);
  const where = [to, { host: '127.0.0.2', port: beyond.port }].map((asked) => ({
    own: '127.0.0.1',
    netmask: null,
    to: asked,
  }));
  expect(await searchServices(['ipp'], where, waitMs)).toEqual([]);
});

test('a flood of services is cut off', () => {
  const services = new Services(['ipp']);
  for (let i = 0; i < 3_000; i++)
    services.take(readAnswer(answerOf(7, { name: `p${i}` }), 7) ?? [], '10.0.0.1', () => true);
  expect(services.found()).toHaveLength(100);
});

test('names that point to themselves, forwards, or in a circle are no names', () => {
  const head = Buffer.from('000784000000000100000000', 'hex');
  const record = (name: string): Buffer =>
    Buffer.concat([head, Buffer.from(`${name}000c00010000000a0002c00c`, 'hex')]);
  // To itself; to the record behind it; two that point to each other by way of a label.
  for (const name of ['c00c', 'c020', '0161c00e0162c00c']) expect(readAnswer(record(name), 7)).toBeNull();
  expect(readAnswer(Buffer.concat([head, Buffer.from('40', 'hex')]), 7)).toBeNull();
  expect(readAnswer(answerOf(7, {}).subarray(0, 60), 7)).toBeNull();
  expect(readAnswer(Buffer.alloc(20_000), 0)).toBeNull();
});

test('whatever bytes come, they are read to their end or not at all', () => {
  const right = answerOf(7, {});
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 400 }),
        fc
          .array(fc.tuple(fc.nat(right.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 8 })
          .map((changes) => {
            const bytes = Buffer.from(right);
            for (const [at, value] of changes) bytes[at] = value;
            return bytes;
          }),
      ),
      (bytes) => {
        const services = new Services(['ipp', 'escl']);
        services.take(readAnswer(bytes, 7) ?? [], '10.0.0.1', () => true);
        return services.found().every(({ port, name }) => port > 0 && name.length <= 100);
      },
    ),
    { numRuns: 3_000 },
  );
});

test('a question says what is asked for, byte for byte as RFC 1035 has it', () => {
  const asked = dnsQuestion(0x1234, [{ name: ['_ipp', '_tcp', 'local'], type: recordTypes.ptr }]);
  expect(Buffer.from(asked).toString('hex')).toBe(
    `123400000001000000000000${Buffer.from('\u0004_ipp\u0004_tcp\u0005local\0').toString('hex')}000c0001`,
  );
});
