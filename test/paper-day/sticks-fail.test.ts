/** Whatever a station writes to a stick: pulled out or full at each step, nothing half counts, and the next stick gets all of it. */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { findParcels } from '../../src/node/stick/stick.ts';
import { verifyParcel } from '../../src/parcel/parcel.ts';
import { bytesOf } from '../../src/exam/recording/flac/flac.fixture.ts';
import { formOf, paperOf, speech, spokenKit } from '../../src/station/voice/voice.fixture.ts';
import { RealStation, refused } from './real-station.ts';
import { noSticks } from './stick.ts';

const folder = mkdtempSync(join(tmpdir(), 'invigil-pulled-'));
const stations: RealStation[] = [];
afterEach(async () => {
  await Promise.all(stations.splice(0).map((one) => one.close()));
});

const armed = (name: string): string => join(folder, name);
const disturbance = (name: string) => ({
  preload: [join(import.meta.dirname, '..', 'faults', 'disturb', 'pull-stick.ts')],
  env: { FAULT_STICK_FILE: armed(name) },
});

/** Of what counts on the stick: everything that is whole by its name. */
function onStick({ stick }: RealStation): Map<string, string> {
  const entries = readdirSync(stick.content, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((one) => one.isFile() && !one.name.endsWith('.incomplete') && one.name !== 'filler')
      .map(({ parentPath, name }) => {
        const path = join(parentPath, name);
        return [
          path.slice(stick.content.length),
          createHash('sha256').update(readFileSync(path)).digest('hex'),
        ];
      }),
  );
}

/** Whatever a reader of the stick finds is a whole parcel, proved to its last byte. */
async function allWhole(station: RealStation): Promise<void> {
  const { stick, above } = station;
  const drives = { list: async () => [{ path: stick.content, name: 'stick', freeBytes: 1 }] };
  const found = await findParcels(drives, [
    'station-readiness',
    'station-journal',
    'answer-sheets',
    'voice-answers',
  ]);
  for (const { path, manifest } of found) {
    // Nobody vouches yet for whoever says that he is ready.
    const own = manifest.kind === 'station-readiness';
    const root = own ? (await station.known()).node.keys.signing.publicKey : above.root;
    expect(await verifyParcel(path, { roots: [root], at: null })).toMatchObject({ ok: true });
  }
}

const faults = [
  ['open', 'pull', 'drive-pulled-out'],
  ['sync', 'pull', 'drive-pulled-out'],
  ['read', 'pull', 'drive-pulled-out'],
  ['rename', 'pull', 'drive-pulled-out'],
  ['write', 'fill', 'backup-drive-full'],
] as const;

/**
 * @param write at the station's page
 * @param file part of the name of which of several that are written; not given: the first
 * @returns what came to the stick in the end, by its path
 */
async function throughFaults(
  station: RealStation,
  write: () => Promise<unknown>,
  file = '',
): Promise<Map<string, string>> {
  const { stick, kind: name } = station;
  const before = onStick(station);
  for (const [step, what, type] of faults) {
    writeFileSync(armed(name), `${step} ${what} ${stick.place} ${file}`);
    expect({ name, step, what, refusal: (await refused(write()))?.type }).toEqual({
      name,
      step,
      what,
      refusal: type,
    });
    expect(existsSync(armed(name))).toBe(false);
    expect({ name, step, what, stick: onStick(station) }).toEqual({ name, step, what, stick: before });
    await allWhole(station);
    if (what === 'pull') stick.plugIn();
    else rmSync(join(stick.content, 'filler'));
  }
  await write();
  await allWhole(station);
  return new Map([...onStick(station)].filter(([path]) => !before.has(path)));
}

describe.skipIf(noSticks !== null)(`a stick that fails${noSticks === null ? '' : `: ${noSticks}`}`, () => {
  test('takes no half of a readiness or of END_PRINT, and the next one gets the same END_PRINT byte by byte', async () => {
    const print = await RealStation.start('print', {
      room: null,
      disturbance: disturbance('print'),
      stickKilobytes: 2_048,
    });
    stations.push(print);
    const { call, stick } = print;
    await print.set();
    const write = () => call.admission.writeReadiness({ drive: stick.place, checks: [] });
    expect([...(await throughFaults(print, write)).keys()]).toEqual([
      expect.stringMatching(/READY_print_3_.*\.parcel$/),
    ]);
    await print.load();
    await call.print.end.finish({ short: '' });
    const end = () => call.print.end.write({ drive: stick.place, language: 'en' });
    const written = await throughFaults(print, end);
    expect([...written.keys()].map((path) => path.split('.').at(-1))).toEqual(['dat', 'pdf']);
    for (const path of written.keys()) rmSync(join(stick.content, path));
    await end();
    const again = onStick(print);
    const [journal = ''] = written.keys();
    expect(again.get(journal)).toBe(written.get(journal));
  });

  test('that is pulled out while something is taken from it leaves nothing taken, and is read again afterwards', async () => {
    const print = await RealStation.start('print', { disturbance: disturbance('print') });
    stations.push(print);
    const { call, stick, above } = print;
    await print.set();
    await call.admission.writeReadiness({ drive: stick.place, checks: [] });
    const known = await print.known();
    const pulled = async (find: () => Promise<unknown>, take: () => Promise<unknown>): Promise<void> => {
      // As its page does: what was looked into is not looked into again.
      await find();
      writeFileSync(armed('print'), `take pull ${stick.place} .parcel`);
      expect(await refused(take())).toMatchObject({ type: 'stick-pulled-out' });
      expect(readdirSync(join(print.data, 'staging'))).toEqual([]);
      expect(await refused(take())).toMatchObject({ type: 'file-not-on-stick' });
      stick.plugIn();
      await take();
    };
    const admission = print.onStick(await above.admission(known));
    await call.admission.find();
    expect(
      await refused(call.admission.take({ path: admission, rootFingerprint: 'another figure' })),
    ).toMatchObject({ type: 'admission-not-as-compared' });
    await pulled(
      () => call.admission.find(),
      () => print.takeAdmission(admission),
    );
    const materials = print.onStick(await above.materials());
    await pulled(
      () => call.materials.find(),
      () => call.materials.load({ path: materials }),
    );
    const key = print.onStick(await above.key(known));
    await pulled(
      () => call.key.find(),
      () => call.key.load({ path: key }),
    );
    expect(await call.state.get()).toMatchObject({ key: { number: 1 }, materials: { revision: 1 } });
  });

  test('takes no half of what was said, and the next one gets the same package', async () => {
    const voice = await RealStation.start('voice', {
      kits: [spokenKit(1, '0001')],
      papers: [await paperOf(1, 1)],
      plan: { tasks: [{ name: 'Read aloud', page: 1, prepareS: 0, answerS: 60 }] },
      disturbance: disturbance('voice'),
      stickKilobytes: 2_048,
    });
    stations.push(voice);
    await voice.load();
    await voice.activate();
    const { call, stick } = voice;
    const rate = 16_000;
    const sound = (seconds: number) => new Blob([bytesOf(speech(seconds, rate))]);
    await call.voice.check.judge({ device: 'Headset', rate, content: sound(5) });
    await call.voice.check.heard({ heard: true });
    await call.voice.signIn({ form: formOf(1) });
    const { take } = await call.voice.begin({ rate });
    await call.voice.piece({ take, number: 1, start: 0, content: sound(1) });
    await call.voice.end({ take, how: 'done', samples: rate });
    await call.voice.finish({ reason: '' });
    const close = () => call.voice.close({ drive: stick.place });
    const written = await throughFaults(voice, close);
    const [spoken = ''] = [...written.keys()].filter((path) => path.endsWith('.parcel'));
    expect(spoken).not.toBe('');
    const again = await throughFaults(voice, close, 'END_VOICE');
    expect([...again.keys()]).toEqual([]);
    expect(onStick(voice).get(spoken)).toBe(written.get(spoken));
  });

  test('takes no half of a scanned package or of END_SCAN, and the next one gets the same package', async () => {
    const scan = await RealStation.start('scan', {
      plan: { preprinted: true },
      disturbance: disturbance('scan'),
      stickKilobytes: 4_096,
    });
    stations.push(scan);
    await scan.load();
    await scan.activate();
    const { call, stick } = scan;
    const [room, pages] = ['0001', join(scan.folder, 'pages')];
    mkdirSync(pages);
    writeFileSync(join(pages, '1.jpg'), 'no picture at all');
    await call.scan.scanner.choose({
      address: { way: 'folder', path: pages },
      source: 'feeder',
      duplex: true,
    });
    await call.scan.room.open({ room });
    const counts = { kitsIssued: 1, registrations: 1, additional: 0, absent: 0, unfinished: 0 };
    await call.scan.room.declare({ room, counts });
    await call.scan.room.close({ room, reason: 'nothing was handed in' });
    const [made] = (await call.scan.view()).rooms[0]?.packages ?? [];
    const ids = [made?.id ?? ''];
    const written = await throughFaults(scan, () => call.scan.packages.write({ drive: stick.place, ids }));
    expect(written.size).toBe(1);
    await call.scan.packages.write({ drive: stick.place, ids });
    const [path = ''] = written.keys();
    expect(onStick(scan).get(path)).toBe(written.get(path));
    const end = await throughFaults(scan, () => call.scan.journal.write({ drive: stick.place }));
    expect([...end.keys()]).toEqual([expect.stringMatching(/END_SCAN_.*\.dat$/)]);
  });
});
