/** A station as the pictures need it: its own program and page, with printer, scanner and stick that do what the tour wants. */
import type { Browser, Locator } from 'playwright-core';
import { expectOk } from '../../../src/base/result.ts';
import type { Plan, PlannedKit } from '../../../src/exam/paper-day/parcels.ts';
import type { StationKind } from '../../../src/exam/paper-day/site-day.ts';
import { systemPrinters } from '../../../src/hardware/printer/printers.ts';
import { screensFolder } from '../../../src/node/running.ts';
import { startWebServer, type WebServer } from '../../../src/node/web-server.ts';
import { stationOperations } from '../../../src/station/operations.ts';
import { PrintDesk } from '../../../src/station/print/desk.ts';
import type { ScanDesk } from '../../../src/station/scan/desk.ts';
import { pictureRoutes } from '../../../src/station/scan/picture-routes.ts';
import type { Station } from '../../../src/station/station.ts';
import {
  makeAuthorities,
  openTestStation,
  type Authorities,
  type TestStation,
} from '../../../src/station/station.fixture.ts';
import { createVoice } from '../../../src/station/voice/voice.ts';
import { workOf } from '../../../src/station/work.ts';
import { show, type Pictures, type ShownConsole } from '../screen.ts';

export const siteName = 'Средняя общеобразовательная школа № 7 имени М. В. Ломоносова';
export const member = 'Константинопольская-Преображенская Анна Владимировна';
const project = {
  id: 'project-1',
  code: 'STATE-2026',
  name: 'State examination 2026',
  mode: 'formal',
} as const;

export interface StationPlace {
  readonly here: TestStation;
  readonly above: Authorities;
  readonly shown: ShownConsole;
  /** The centre and the site, as far as the stick brings them. */
  admitted(): Promise<string>;
  /** By the label's own words: its hint belongs to its name, too. */
  field(key: Parameters<ShownConsole['t']>[0]): Locator;
  /** A button of exactly this name: a step may have a name that begins alike. */
  button(key: Parameters<ShownConsole['t']>[0]): Locator;
  close(): Promise<void>;
}

export interface PlaceWants {
  readonly kits: readonly PlannedKit[];
  readonly papers: readonly Uint8Array[];
  readonly plan?: Partial<Plan>;
  /** Of a scan station. */
  readonly scan?: (station: Station) => ScanDesk;
}

export async function openPlace(
  kind: StationKind,
  browser: Browser,
  pictures: Pictures,
  { kits, papers, plan = {}, scan }: PlaceWants,
): Promise<StationPlace> {
  const here = await openTestStation(kind);
  const { printers } = here;
  const known = printers.open.bind(printers);
  // What is typed by hand is asked in truth, and is not there.
  printers.open = (address) => {
    const found = known(address);
    return found.ok ? found : systemPrinters.open(address);
  };
  const above = await makeAuthorities(here.folder, kits, papers, plan);
  const desk = scan?.(here.station) ?? null;
  const shown = await showStation(here.station, desk, browser, pictures);
  return {
    here,
    above,
    ...shown,
    admitted: () => above.admission(here.station, { siteName, project }),
    close: async () => {
      await shown.close();
      await desk?.close();
      await here.close();
    },
  };
}

/** Its page, in a window. */
export async function showStation(
  station: Station,
  scan: ScanDesk | null,
  browser: Browser,
  pictures: Pictures,
): Promise<Pick<StationPlace, 'shown' | 'field' | 'button' | 'close'>> {
  const { node, kind } = station;
  const web: WebServer = expectOk(
    await startWebServer({
      host: '127.0.0.1',
      port: 0,
      publicNames: [],
      screens: screensFolder('consoles', 'station'),
      router: stationOperations(
        station,
        workOf(station, {
          print: kind === 'print' ? new PrintDesk(station) : null,
          voice: kind === 'voice' ? createVoice(station) : null,
          scan,
        }),
      ),
      extend: (app) => scan && pictureRoutes(scan)(app),
      accounts: node.accounts,
      files: node.files,
      log: node.log,
      health: () => ({ ok: true }),
      microphone: kind === 'voice',
    }),
  );
  const shown = await show(browser, web.port, kind, pictures);
  const { page, t } = shown;
  return {
    shown,
    field: (key) =>
      page
        .locator('label.field')
        .filter({ visible: true, has: page.getByText(t(key), { exact: true }) })
        .locator('input, textarea')
        .first(),
    button: (key) =>
      page
        .getByRole('button', { name: t(key), exact: true })
        .filter({ visible: true })
        .first(),
    close: async () => {
      await shown.close();
      station.end();
      await web.close();
    },
  };
}
