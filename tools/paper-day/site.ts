/** The site's part: stations are admitted, keys and materials go to them on a stick, journals and packages come back on it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PaperDayView } from '../../src/site/paper-day/contract.ts';
import { stationNames, type Cast, type Station, type StationName } from './cast.ts';
import { memberPin } from './centre.ts';

type SiteStatus = PaperDayView['statuses'][number]['status'];

export interface Headquarters {
  view(): Promise<PaperDayView>;
  /** A station that was set up: its readiness is taken, a person compares the fingerprint, and it is admitted. */
  admit(name: StationName): Promise<void>;
  /** Materials and, once it is released, the key. */
  writeMaterials(): Promise<void>;
  writeKey(): Promise<void>;
  /** Everything that lies on the technician's stick. */
  takeFromStick(): Promise<void>;
  takeRoom(reserve: StationName, room: string, replaces: StationName, reason: string): Promise<void>;
  tell(status: SiteStatus, reason?: string): Promise<void>;
}

export function headquarters({ site, siteSockets, stick, stations }: Cast, eventId: string): Headquarters {
  const day = site.call.paperDay;
  const view = (): Promise<PaperDayView> => day.get({ eventId });
  const idOf = async (name: StationName): Promise<string> => {
    const { kind, number } = stations[name];
    const found = (await view()).stations.find((one) => one.kind === kind && one.number === number);
    if (!found) throw new Error(`the site does not know ${name}`);
    return found.id;
  };
  const takeFromStick = (): Promise<void> =>
    stick.in(siteSockets, async (drive) => {
      const { files } = await day.stick.look();
      const paths = files.map(({ path }) => path).filter((path) => path.startsWith(drive));
      for (const { name, refusal } of await day.stick.take({ paths }))
        // What the site has written for its stations lies there, too.
        if (refusal) throw new Error(`${name}: ${JSON.stringify(refusal)}`);
    });
  return {
    view,
    takeFromStick,
    async admit(name) {
      await takeFromStick();
      const stationId = await idOf(name);
      const { fingerprint } = await stations[name].screen.call.state.get();
      await stick.in(siteSockets, (drive) =>
        day.station.admit({ stationId, fingerprint, replaces: null, drive }),
      );
      await stick.in(stations[name].sockets, async (drive) => {
        const { call } = stations[name].screen;
        const found = newestOn(drive, await call.admission.find());
        const { rootFingerprint } = await view();
        if (found.rootFingerprint !== rootFingerprint)
          throw new Error(`${name} is asked to trust another centre than the site shows`);
        await call.admission.take({ path: found.path, rootFingerprint });
      });
    },
    async writeMaterials() {
      await stick.in(siteSockets, (drive) => day.materials.write({ eventId, drive }));
    },
    async writeKey() {
      await stick.in(siteSockets, (drive) => day.key.write({ eventId, drive }));
    },
    async takeRoom(reserve, room, replaces, reason) {
      await day.station.takeRoom({
        stationId: await idOf(reserve),
        room,
        replaces: await idOf(replaces),
        reason,
      });
    },
    async tell(status, reason = '') {
      await day.status.tell({ eventId, status, reason });
    },
  };
}

/** Sticks of others may be plugged in, too, and an older file may lie on this one. */
function newestOn<F extends { readonly path: string; readonly createdAt: number }>(
  drive: string,
  found: readonly F[],
): F {
  const [newest] = found
    .filter(({ path }) => path.startsWith(drive))
    .toSorted((a, b) => b.createdAt - a.createdAt);
  if (!newest) throw new Error('what is looked for is not on the stick');
  return newest;
}

/** What is asked of every station before it can work. */
export async function setUpStation({ stick }: Cast, station: Station): Promise<void> {
  const { call } = station.screen;
  const { kind, number, room, sockets, tray, printer } = station;
  await call.settings.save({ siteCode: '0801', room, number });
  if (printer !== null) {
    const address = { way: 'ipp', url: printer.url, pin: null } as const;
    await call.print.printers.choose({ address, name: 'Принтер' });
    await call.print.printers.twoSided({ twoSided: false });
    await call.print.test.print({ language: 'ru' });
    await call.print.test.judge({ good: true, words: '' });
  } else
    await call.scan.scanner.choose({
      address: { way: 'folder', path: tray },
      source: 'feeder',
      duplex: false,
    });
  const checks = kind === 'print' ? await call.print.test.checks() : [];
  await stick.in(sockets, (drive) => call.admission.writeReadiness({ drive, checks }));
}

/** The stick goes round, the materials are loaded. */
export async function loadMaterials({ stations, stick }: Cast): Promise<void> {
  for (const name of stationNames) {
    const { sockets, screen } = stations[name];
    await stick.in(sockets, async (drive) => {
      const { path } = newestOn(drive, await screen.call.materials.find());
      await screen.call.materials.load({ path });
    });
  }
}

/** A member comes to the station with the key and a token, types the PIN and takes the token away again. */
export async function activate({ stick, tokenStick }: Cast, station: Station): Promise<void> {
  const { call } = station.screen;
  await stick.in(station.sockets, async (drive) => {
    const { path } = newestOn(drive, await call.key.find());
    await call.key.load({ path });
  });
  await openAgain(tokenStick, station);
}

/** The key is there already. */
export async function openAgain(tokenStick: Cast['tokenStick'], station: Station): Promise<void> {
  const { call } = station.screen;
  await tokenStick.in(station.sockets, async () => {
    // Others may be plugged in that are nobody's here.
    const token = (await call.key.tokens()).find(({ member }) => member !== null);
    await call.key.activate({ serial: token?.serial ?? '', pin: memberPin });
  });
}

/** PDF files that came out of the station's printer, in their order. */
export function printedFiles({ tray }: Station): string[] {
  return readdirSync(tray)
    .filter((name) => name.endsWith('.pdf'))
    .map((name) => join(tray, name));
}
