/** A scan station's process and SANE's own device for tests, which is told from outside how to behave: its configuration is read at each scan. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { until } from '../../tools/exam-day/process.ts';
import { smallDisk, type SmallDisk } from '../faults/small-disk.ts';
import { RealStation } from './real-station.ts';
import { noSticks } from './stick.ts';

const missing =
  noSticks ?? (spawnSync('scanimage', ['--version']).status === 0 ? null : 'scanimage is not installed');
if (missing !== null) process.stderr.write(`a scan station with scanimage is left out: ${missing}\n`);

const sane = mkdtempSync(join(tmpdir(), 'invigil-sane-'));
const room = '0001';
let station: RealStation | null = null;
let disk: SmallDisk | null = null;
afterEach(async () => {
  await station?.close();
  disk?.remove();
  rmSync(sane, { recursive: true, force: true });
});

/** Small pages, ten in the feeder. */
function behave(...more: readonly string[]): void {
  writeFileSync(join(sane, 'dll.conf'), 'test\n');
  writeFileSync(
    join(sane, 'test.conf'),
    ['number_of_devices 1', 'mode Gray', 'depth 8', 'geometry_max 60.0', 'test-picture "Grid"', ...more].join(
      '\n',
    ),
  );
}

/** The scanner's program, below the station. */
function scanimage(pid: number | undefined): number | null {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  const found = children.find((child) => {
    try {
      return readFileSync(`/proc/${child}/comm`, 'utf8').trim() === 'scanimage';
    } catch {
      return false;
    }
  });
  return found === undefined ? null : Number(found);
}

describe.skipIf(missing !== null)('a scanner that fails', () => {
  test('ends its stack as what it is, and no page is lost or there twice: empty, jammed, killed, disk full, station killed', async () => {
    behave();
    disk = smallDisk(49_152);
    station = await RealStation.start('scan', {
      data: join(disk.path, 'data'),
      plan: { preprinted: true },
      disturbance: { env: { SANE_CONFIG_DIR: sane } },
    });
    const here = station;
    await here.load();
    await here.activate();
    const { scan } = here.call;
    await scan.scanner.choose({
      address: { way: 'sane', device: 'test:0' },
      source: 'feeder',
      duplex: false,
    });
    await scan.room.open({ room });
    const run = async () => (await here.call.scan.view()).run;
    // All pictures are alike: each page is there by itself, and counts once.
    const pages = async (): Promise<number> => (await here.call.scan.room.view({ room })).pages.length;
    const ended = async () => {
      await here.call.scan.room.scan({ room });
      return until('the end of the stack', async () => {
        const now = await run();
        return now?.end == null ? null : now;
      });
    };

    behave('read-status-code "SANE_STATUS_NO_DOCS"');
    expect(await ended()).toMatchObject({ end: 'empty', pages: 0, refusal: null });
    behave('read-status-code "SANE_STATUS_JAMMED"');
    expect(await ended()).toMatchObject({ end: 'jam', pages: 0 });
    behave('read-status-code "SANE_STATUS_COVER_OPEN"');
    expect(await ended()).toMatchObject({ end: 'cover-open', pages: 0 });
    behave();
    expect(await ended()).toMatchObject({ end: 'empty', pages: 10, again: 0 });

    // The scanner's program is killed in the middle of a stack.
    const slow = ['read-delay true', 'read-delay-duration 40000'];
    behave(...slow);
    await here.call.scan.room.scan({ room });
    await until('two pages of the stack', async () => ((await run())?.pages ?? 0) >= 2);
    process.kill(scanimage(here.process.child?.pid) ?? expect.fail('no scanimage'), 'SIGKILL');
    const killed = await until('the end', async () => {
      const now = await run();
      return now?.end == null ? null : now;
    });
    expect(killed).toMatchObject({ end: 'error', refusal: { type: 'device-program-fails' } });
    expect(await pages()).toBe(10 + killed.pages);

    // The disk fills up while pages come: those that went through the scanner come again when there is room.
    await here.call.scan.room.scan({ room });
    await until('a page of the stack', async () => ((await run())?.pages ?? 0) >= 1);
    const before = 10 + killed.pages;
    disk.fill();
    const full = await until('the end', async () => {
      const now = await run();
      return now?.end == null ? null : now;
    });
    expect(full.end).toBe('error');
    // Whichever needed space first: the page beside the scanner, or the station's own.
    expect(full.refusal?.type).toMatch(/^(scan-page-not-written|disk-full)$/);
    expect(await pages()).toBe(before + full.pages);
    disk.free();

    // Killed with its scanner at work; whatever had gone through it is there afterwards, once.
    behave(...slow);
    const from = await pages();
    await here.call.scan.room.scan({ room });
    await until('two pages of the stack', async () => ((await run())?.pages ?? 0) >= 2);
    await here.kill();
    await here.again();
    await here.activate();
    behave('read-status-code "SANE_STATUS_NO_DOCS"');
    await ended();
    const total = await pages();
    expect(total).toBeGreaterThanOrEqual(from + 2);
    const view = await here.call.scan.room.view({ room });
    expect(new Set(view.pages.map(({ id }) => id)).size).toBe(total);
    const staged = join(here.data, 'scanner');
    const left = readdirSync(staged, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    expect(left.map(({ name }) => name)).toEqual([]);
  });
});
