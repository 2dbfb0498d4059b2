/** Starts a station of a paper exam: print, voice or scan. The only place of this role that touches real hardware. */
import * as z from 'zod';
import { toHex } from '../base/bytes.ts';
import { systemClock } from '../base/clock.ts';
import { randomBytes } from '../base/ids.ts';
import { ok, refuse, type Result } from '../base/result.ts';
import { stationKinds, type StationKind } from '../exam/paper-day/site-day.ts';
import { systemPrinters } from '../hardware/printer/printers.ts';
import { drivesWith } from '../hardware/removable-drive/drives.ts';
import { systemScanners } from '../hardware/scanner/scanners.ts';
import { pkcs11Tokens } from '../hardware/token/pkcs11/tokens.ts';
import { Backups } from '../node/backup/backup.ts';
import { changeSignal } from '../node/change-signal.ts';
import { openNode, type Node } from '../node/node.ts';
import { nodeOptionsSchema, sticksOption } from '../node/options.ts';
import { screensFolder, type Running } from '../node/running.ts';
import { startWebServer } from '../node/web-server.ts';
import { openPagePool } from '../recognise/pool.ts';
import { watchClock } from './clock-watch.ts';
import { stationOperations } from './operations.ts';
import { pictureRoutes } from './scan/picture-routes.ts';
import { createStation } from './station.ts';
import { stationMigrations } from './storage.ts';
import { openWork } from './work.ts';

export const stationOptionsSchema = nodeOptionsSchema
  .omit({ exchangeHost: true, exchangePort: true })
  .extend({ ...sticksOption, kind: z.enum(stationKinds) });

export async function startStation(options: z.infer<typeof stationOptionsSchema>): Promise<Result<Running>> {
  const opened = await openNode({
    role: 'station',
    data: options.data,
    logLevel: options.logLevel,
    clock: systemClock,
    migrations: stationMigrations,
  });
  if (!opened.ok) return opened;
  const node = opened.value;
  const same = keepToKind(node, options.kind);
  if (!same.ok) {
    await node.close();
    return same;
  }
  const drives = drivesWith(options.sticks);
  const station = createStation({
    node,
    kind: options.kind,
    changed: changeSignal(),
    drives,
    sticks: new Backups(drives),
    tokens: pkcs11Tokens,
    printers: systemPrinters,
  });
  watchClock(station);
  const work = openWork(station, () => ({ scanners: systemScanners, pool: openPagePool() }));
  const { scan } = work;
  const web = await startWebServer({
    host: options.host,
    port: options.port,
    publicNames: options.publicNames,
    screens: screensFolder('consoles', 'station'),
    router: stationOperations(station, work),
    extend: (app) => scan && pictureRoutes(scan)(app),
    accounts: node.accounts,
    files: node.files,
    log: node.log,
    // Between a member's PIN and the end nobody replaces the program.
    health: () => ({
      role: 'station',
      kind: options.kind,
      ok: node.journal.failing() === null,
      atWork: station.day() !== null,
    }),
    screenToken: screenToken(node),
    microphone: options.kind === 'voice',
  });
  if (!web.ok) {
    await scan?.close();
    await node.close();
    return web;
  }
  node.log.info({ port: web.value.port, kind: options.kind }, 'station ready');
  return ok({
    port: web.value.port,
    exchangePort: 0,
    close: async () => {
      station.end();
      await web.value.close();
      await scan?.close();
      // What a member has opened ends with the program.
      station.openDay(null);
      await node.close();
    },
  });
}

/** A journal of one kind: END_PRINT of what was a scan station before would say nothing. */
function keepToKind(node: Node, kind: StationKind): Result<void> {
  const before = node.settings.read('station-kind', z.enum(stationKinds));
  if (before === null) node.settings.write('station-kind', kind);
  return before === null || before === kind
    ? ok()
    : refuse({ type: 'station-of-another-kind', found: before, expected: kind });
}

/** Comes with the page and is asked for by everything else: what runs on this computer besides cannot press its buttons. */
function screenToken(node: Node): string {
  const schema = z.string().regex(/^[0-9a-f]{64}$/);
  const before = node.settings.read('screen-token', schema);
  if (before !== null) return before;
  const token = toHex(randomBytes(32));
  node.settings.write('screen-token', token);
  return token;
}
