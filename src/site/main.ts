/** Starts a site. */
import * as z from 'zod';
import { systemClock } from '../base/clock.ts';
import { ok, refuse, type Result } from '../base/result.ts';
import { ExchangeClient } from '../courier/https/client.ts';
import { parentRoutes } from '../courier/https/parent.ts';
import { startExchangeServer } from '../courier/https/server.ts';
import { Uplink } from '../courier/https/uplink.ts';
import { siteNoticesSchema, type SiteStatus } from '../exam/session/site-status.ts';
import { changeSignal } from '../node/change-signal.ts';
import { CodeDesk } from '../node/code-desk.ts';
import { programVersion } from '../node/indicators.ts';
import { openNode } from '../node/node.ts';
import { nodeOptionsSchema } from '../node/options.ts';
import { reachableAddresses } from '../node/reachable.ts';
import { screensFolder, type Running } from '../node/running.ts';
import { startWebServer } from '../node/web-server.ts';
import { takeReceipts } from './collect/collect.ts';
import { siteOperations } from './operations/operations.ts';
import { roomRole } from './register-room/serve-rooms.ts';
import { sealCheckSchema } from './seal-check/seal-check.ts';
import {
  loadedExamSchema,
  lockAt,
  roomRows,
  siteMembershipSchema,
  siteSetupSchema,
  statusesOf,
  type Site,
} from './site.ts';
import { siteMigrations } from './storage.ts';

export const siteOptionsSchema = nodeOptionsSchema;

export async function startSite(options: z.infer<typeof siteOptionsSchema>): Promise<Result<Running>> {
  const opened = await openNode({
    role: 'site',
    data: options.data,
    logLevel: options.logLevel,
    clock: systemClock,
    migrations: siteMigrations,
  });
  if (!opened.ok) return opened;
  const node = opened.value;
  const changed = changeSignal();
  const site: Site = {
    node,
    changed,
    codes: new CodeDesk(node.journal, node.settings, () => changed.notify()),
    setup: () => node.settings.read('setup', siteSetupSchema),
    membership: () => node.settings.read('membership', siteMembershipSchema),
    exam: () => node.settings.read('exam', loadedExamSchema),
    lock: () => {
      const setup = node.settings.read('setup', siteSetupSchema);
      return setup ? lockAt(setup.lockPath) : refuse({ type: 'setup-missing' });
    },
    link: null,
    connect: () => {
      const membership = site.membership();
      if (!membership || site.link) return;
      const client = new ExchangeClient(
        { address: membership.centreAddress, certPem: membership.certPem },
        node.keys.tls,
      );
      const rooms = new Map(roomRows(site).map((room) => [room.node_id, room.code]));
      const uplink = new Uplink({
        client,
        parentSigningKey: membership.centreSigningKey,
        journal: node.journal,
        clock: node.clock,
        version: programVersion,
        intervalMs: 3_000,
        gatherMs: 250,
        // Own and rooms' entries are rare; seats' answers reach the centre inside results only.
        ships: (origin) => origin === node.id || rooms.has(origin) || isRoom(site, origin),
        prepare: (segment) =>
          Promise.resolve({
            ...segment,
            sealed: null,
            entries: segment.entries.map((entry) => ({ ...entry, salt: null, payload: null })),
          }),
        status: () => statusForCentre(site),
        onNotices: async (said) => {
          const notices = siteNoticesSchema.safeParse(said);
          if (!notices.success) return;
          const exam = site.exam();
          const newest =
            exam && notices.data.publication ? exam.number >= notices.data.publication.number : null;
          if (exam && newest !== null)
            node.settings.write('exam', { ...exam, newest, checkedAt: node.clock.now() });
          await takeReceipts(site, notices.data.receipts);
        },
        onState: () => changed.notify(),
      });
      site.link = { client, uplink };
    },
  };
  const role = roomRole(site);
  const generic = parentRoutes({
    keys: node.keys,
    uploads: node.uploads,
    clock: node.clock,
    journal: node.journal,
    role,
  });
  const exchange = await startExchangeServer({
    host: options.exchangeHost,
    port: options.exchangePort ?? (options.port === 0 ? 0 : options.port + 1),
    tls: node.keys.tls,
    routes: (app) => {
      generic(app);
      role.routes(app);
    },
    onError: (error, path) => node.log.error({ err: error, path }, 'exchange failed'),
  });
  if (!exchange.ok) {
    await node.close();
    return exchange;
  }
  let port = options.port;
  const web = await startWebServer({
    host: options.host,
    port: options.port,
    publicNames: options.publicNames,
    screens: screensFolder('consoles', 'site'),
    router: siteOperations(site, () => ({
      port,
      addresses: reachableAddresses(options.exchangeHost, exchange.value.port),
    })),
    accounts: node.accounts,
    files: node.files,
    log: node.log,
    health: () => ({ role: 'site', ok: node.journal.failing() === null, exchangePort: exchange.value.port }),
  });
  if (!web.ok) {
    await exchange.value.close();
    await node.close();
    return web;
  }
  port = web.value.port;
  site.connect();
  node.log.info({ port, exchangePort: exchange.value.port }, 'site ready');
  return ok({
    port,
    exchangePort: exchange.value.port,
    close: async () => {
      await site.link?.uplink.stop();
      await web.value.close();
      await exchange.value.close();
      await node.close();
    },
  });
}

function isRoom(site: Site, origin: string): boolean {
  return site.node.db.prepare('SELECT 1 FROM room WHERE node_id = ?').get(origin) !== undefined;
}

function statusForCentre(site: Site): SiteStatus {
  const exam = site.exam();
  const check = site.node.settings.read('seal-check', sealCheckSchema);
  const calibrated = site.node.db.prepare('SELECT max(calibrated_at) AS at FROM authorisation').get();
  return {
    loadedAt: exam?.importedAt ?? null,
    publication: exam?.number ?? null,
    sealCheckedAt: check?.at ?? null,
    sealCheckPassed: check?.passed ?? null,
    calibratedAt: typeof calibrated?.['at'] === 'number' ? calibrated['at'] : null,
    rooms: roomRows(site).flatMap((room) =>
      statusesOf(room).map((status) => ({ ...status, lastContact: room.last_contact })),
    ),
  };
}
