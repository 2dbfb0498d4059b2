/** The readers that are tried in a thread of their own, see `reader.ts`. */
import '../exam-day/quick-passwords.ts';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { Refusal, Result } from '../../src/base/result.ts';
import type { Site } from '../../src/site/site.ts';
import type { ReadOutcome } from './reader.ts';

/** Where the file lies, and in memory. */
type Read = (file: string, bytes: Uint8Array, more: unknown) => Promise<Result<unknown> | null>;

/** By the names of `openReader`; each loads what it tries and no more. */
const readers: Readonly<Record<string, Read>> = {
  async parcel(file) {
    const { inspectParcel, verifyParcel } = await import('../../src/parcel/parcel.ts');
    const inspected = await inspectParcel(file);
    return inspected.ok ? verifyParcel(file, { roots: [], at: null }) : inspected;
  },
  async entries(file, bytes) {
    const { readEntries } = await import('../../src/journal/entries-file.ts');
    const { verifyEntries } = await import('../../src/journal/verify-entries.ts');
    const read = await readEntries(file, () => ({ ok: true, value: undefined }));
    const lines = Buffer.from(bytes).toString('utf8').split('\n');
    if (lines.at(-1) === '') lines.pop();
    const verified = verifyEntries(lines);
    return read.ok ? verified : read;
  },
  async time(_file, bytes, key) {
    const { readTimeStatement } = await import('../../src/trust/time-statement.ts');
    return readTimeStatement(Buffer.from(bytes).toString('utf8'), 'a-nonce-of-the-child', String(key));
  },
  async carried(_file, bytes, key) {
    const { newestCalibration } = await import('../../src/exam/lock/calibration.ts');
    const { readTimeStatement } = await import('../../src/trust/time-statement.ts');
    const newest = newestCalibration([bytes], 'L1');
    // What is no calibration counts for nothing: there is nobody to whom a refusal could be told.
    return newest && readTimeStatement(newest.time.jws, newest.time.nonce, String(key));
  },
  async lock(file, _bytes, sealed) {
    const { openKeyFile } = await import('../../src/hardware/token/key-file.ts');
    const opened = openKeyFile(file);
    return opened.ok ? opened.value.unseal(sealed as Uint8Array, 'pin-of-the-lock') : opened;
  },
  async pictures(_file, bytes) {
    const { embedPhoto } = await import('../../src/node/printed-sheet/pictures.ts');
    const { PDFDocument } = await import('@cantoo/pdf-lib');
    const document = await PDFDocument.create();
    // Whatever it says to be, by its first bytes.
    for (const mediaType of ['image/png', 'image/jpeg', 'image/webp'])
      await embedPhoto(document, { mediaType, content: bytes });
    return null;
  },
  async discovery(_file, bytes) {
    const { readAnswer } = await import('../../src/hardware/network-device/discovery/dns-message.ts');
    const { Services } = await import('../../src/hardware/network-device/discovery/services.ts');
    const records = readAnswer(bytes, 7);
    const services = new Services(['ipp', 'ipps', 'escl', 'escls']);
    for (let i = 0; i < 3; i++) services.take(records ?? [], '192.168.1.20', () => true);
    services.open();
    services.found();
    // What is no answer counts for nothing: there is nobody to whom a refusal could be told.
    return null;
  },
  async archive(file) {
    const { openScanArchive } = await import('../../src/recognise/archive.ts');
    const { readImageFile } = await import('../../src/recognise/image-file.ts');
    const { asResult } = await import('../../src/base/refused.ts');
    const opened = await openScanArchive(file, { password: 'secret' });
    if (!opened.ok) return opened;
    try {
      return await asResult(async () => {
        // What is wrong with one file is that file's refusal.
        for await (const { content } of opened.value.files()) if (content.ok) readImageFile(content.value);
      });
    } finally {
      await opened.value.close();
    }
  },
  async page(_file, bytes) {
    const { decodePage } = await import('../../src/recognise/decode.ts');
    return decodePage(bytes);
  },
  async printer(_file, bytes) {
    const { decodeAnswer } = await import('../../src/hardware/printer/ipp/message.ts');
    return decodeAnswer(bytes);
  },
  async scanner(_file, bytes) {
    const { abilitiesOf, scanSettings, statusOf } = await import('../../src/hardware/scanner/escl/words.ts');
    const { readXml } = await import('../../src/hardware/scanner/escl/xml.ts');
    const read = readXml(bytes);
    if (!read.ok) return read;
    const order = { dpi: 200, source: 'feeder', duplex: true, format: 'jpeg' } as const;
    scanSettings(abilitiesOf(read.value), order);
    statusOf(read.value).job('/eSCL/ScanJobs/1');
    return null;
  },
  async recording(_file, bytes) {
    const { joinWebm, startsAsWebm } = await import('../../src/exam/recording/join-webm.ts');
    startsAsWebm(bytes);
    joinWebm([bytes, bytes]);
    return null;
  },
  async pnp(_file, bytes) {
    const { readPnpFile } = await import('../../src/exam/accommodation/pnp.ts');
    return readPnpFile(bytes);
  },
  async options(_file, bytes) {
    const { readOptions, nodeOptionsSchema } = await import('../../src/node/options.ts');
    const data = join(folder, 'data');
    mkdirSync(data, { recursive: true });
    writeFileSync(join(data, 'invigil.json'), bytes);
    const read = readOptions(nodeOptionsSchema, { data }, {});
    rmSync(data, { recursive: true });
    return read;
  },
  async backup(file, _bytes, more) {
    const { lookAtBackup, restoreSite } = await import('../../src/site/backup/restore.ts');
    const { lockPath, pin } = more as { lockPath: string; pin: string };
    const looked = await lookAtBackup(file);
    if (!looked.ok) return looked;
    const data = join(folder, 'data');
    mkdirSync(data);
    // Of a site that was never set up nothing else is asked.
    const site = {
      node: { data },
      setup: () => null,
      tokens: { libraries: () => [] },
      beginAnew: () => undefined,
    } as unknown as Site;
    try {
      const restored = await restoreSite(site, { path: file, lockPath, tokenSerial: null, pin });
      const left = readdirSync(data);
      if (!restored.ok && left.length > 0)
        throw new Error(`refused as ${restored.refusal.type}, and left ${left.join(', ')}`);
      return restored;
    } finally {
      rmSync(data, { recursive: true });
    }
  },
};

const { name, folder, more } = workerData as { name: string; folder: string; more: unknown };
const read = readers[name];
if (!read) throw new Error(`no reader ${name}`);

parentPort?.on('message', (bytes: Uint8Array) => {
  const file = join(folder, 'file');
  writeFileSync(file, bytes);
  void outcome(read(file, bytes, more)).then((said) => parentPort?.postMessage(said));
});

async function outcome(reading: ReturnType<Read>): Promise<ReadOutcome> {
  try {
    const result = await reading;
    // A refusal goes through as the data that it is.
    return {
      refusal: result === null || result.ok ? null : (JSON.parse(JSON.stringify(result.refusal)) as Refusal),
    };
  } catch (error) {
    return { problem: `unexpected error: ${String((error as Error).stack ?? error).slice(0, 1_500)}` };
  }
}
