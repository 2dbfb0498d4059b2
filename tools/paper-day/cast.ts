/** Who takes part: a centre, a site and its stations as processes of their own, and the sticks that people carry between them. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { releasePin, signIn } from '../exam-day/exam-day.ts';
import { openConsole, type Console, type Contracts } from '../exam-day/process.ts';
import { Processes } from '../exam-day/processes.ts';
import { Wire } from '../exam-day/wire.ts';
import { OfficePrinter } from './office-printer.ts';
import { siteCode } from './plan.ts';
import { Stick } from './sticks.ts';

export const password = 'invigil-paper-day';

export type Centre = Console<Contracts['centre']>;
export type Site = Console<Contracts['site']>;

export interface Station {
  readonly name: string;
  readonly kind: 'print' | 'scan';
  /** As it stands on the computer. */
  readonly number: string;
  /** null: a reserve. */
  readonly room: string | null;
  /** Where sticks are plugged in. */
  readonly sockets: string;
  /** What its printer gives out, or its scanner gets. */
  readonly tray: string;
  /** null: it has none. */
  readonly printer: { readonly url: string; readonly office: OfficePrinter } | null;
  screen: Console<Contracts['station']>;
}

export interface Cast {
  readonly processes: Processes;
  readonly centre: Centre;
  readonly site: Site;
  readonly siteSockets: string;
  readonly stations: Readonly<Record<StationName, Station>>;
  /** Between the headquarters and the rooms. */
  readonly stick: Stick;
  /** Between the centre and the site. */
  readonly courierStick: Stick;
  /** On the member's key ring. */
  readonly tokenStick: Stick;
  /** Between centre and site. */
  readonly wire: Wire;
  /** How those hash who open it: cheaply, unless their data stays. */
  readonly dataStays: boolean;
  address(role: 'centre' | 'site' | StationName): string;
  /** SIGKILL. */
  kill(station: StationName): Promise<void>;
  startAgain(station: StationName): Promise<void>;
  close(): Promise<void>;
}

const plan = {
  'print-1': { kind: 'print', number: '1', room: '0001' },
  'print-2': { kind: 'print', number: '2', room: '0002' },
  'print-3': { kind: 'print', number: '3', room: null },
  'scan-1': { kind: 'scan', number: '1', room: null },
} as const;
export type StationName = keyof typeof plan;
export const stationNames = Object.keys(plan) as StationName[];

/**
 * @param folder new: everything that the day leaves is in it
 * @param how.dataStays it outlives the run
 * @param how.hosted all in one process, but for the station that dies
 */
export async function startCast(
  folder: string,
  { dataStays = false, hosted = false }: { readonly dataStays?: boolean; readonly hosted?: boolean } = {},
): Promise<Cast> {
  const processes = new Processes(join(folder, 'data'), { dataStays });
  const socketsOf = (name: string): string => {
    const sockets = join(folder, 'computers', name, 'sticks');
    mkdirSync(sockets, { recursive: true });
    return sockets;
  };
  const wires: Wire[] = [];
  const printers: OfficePrinter[] = [];
  const close = async (): Promise<void> => {
    await processes.stop();
    for (const wire of wires) wire.close();
    for (const printer of printers) await printer.end();
  };
  const printerFor = async (tray: string) => {
    const office = new OfficePrinter(tray);
    printers.push(office);
    return { office, url: await office.start() };
  };
  try {
    const startStation = async (name: StationName): Promise<Station> => {
      const { kind, number, room } = plan[name];
      const sockets = socketsOf(name);
      const tray = join(folder, 'computers', name, kind === 'print' ? 'printed' : 'scanned');
      mkdirSync(tray, { recursive: true });
      const { port } = await processes.start('station', {
        name,
        options: { kind, sticks: sockets },
        hosted: hosted && name !== 'print-2',
      });
      const printer = kind === 'print' ? await printerFor(tray) : null;
      return { name, kind, number, room, sockets, tray, printer, screen: await openConsole('station', port) };
    };
    const [centreProcess, siteProcess, ...stations] = await Promise.all([
      processes.start('centre', { options: { code: 'РЦОИ', 'release-pin': releasePin }, hosted }),
      processes.start('site', { options: { sticks: socketsOf('site') }, hosted }),
      ...stationNames.map(startStation),
    ]);
    const wire = new Wire(centreProcess.exchangePort);
    wires.push(wire);
    await wire.open();
    const centre = await openConsole('centre', centreProcess.port);
    await signIn(centre, password);
    const named = Object.fromEntries(stations.map((one) => [one.name, one])) as Record<StationName, Station>;
    const pockets = join(folder, 'pockets');
    return {
      processes,
      dataStays,
      centre,
      site: await openConsole('site', siteProcess.port),
      siteSockets: socketsOf('site'),
      stations: named,
      stick: new Stick('ППЭ 0801', join(pockets, 'technician')),
      courierStick: new Stick('РЦОИ', join(pockets, 'courier')),
      tokenStick: new Stick('член ГЭК', join(pockets, 'member')),
      wire,
      address: (role) => `http://127.0.0.1:${processes.get(role).port}/`,
      kill: (station) => processes.get(station).kill(),
      async startAgain(station) {
        const { port } = await processes.again(station);
        named[station].screen = await openConsole('station', port);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The site's own first start: it registers at the centre, days before. */
export async function registerSite({ site, centre, wire }: Cast, projectId: string): Promise<void> {
  const row = (await centre.call.site.list({ projectId })).find(({ code }) => code === siteCode);
  await site.call.setup.complete({
    siteCode,
    mode: 'formal',
    centreAddress: `127.0.0.1:${wire.port}`,
    registrationCode: row?.registrationCode ?? '',
    account: 'admin',
    password,
    lock: { kind: 'none' },
  });
  await site.call.account.signIn({ account: 'admin', password });
}
