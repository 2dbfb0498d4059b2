/** Starts a room. */
import * as z from 'zod';
import { toBase64, utf8 } from '../base/bytes.ts';
import { systemClock } from '../base/clock.ts';
import { answerFileLimit } from '../exam/answer/answer-limits.ts';
import { ok, type Result } from '../base/result.ts';
import { discoverySchema } from '../courier/discovery/where.ts';
import { ExchangeClient } from '../courier/https/client.ts';
import { comingBack } from '../courier/https/come-back.ts';
import { parentRoutes } from '../courier/https/parent.ts';
import { startExchangeServer } from '../courier/https/server.ts';
import { Uplink } from '../courier/https/uplink.ts';
import { roomPackageSchema } from '../exam/package/room-package.ts';
import { changeSignal } from '../node/change-signal.ts';
import { programVersion } from '../node/indicators.ts';
import { openNode } from '../node/node.ts';
import { nodeOptionsSchema } from '../node/options.ts';
import { reachableAddresses } from '../node/reachable.ts';
import { screensFolder, type Running } from '../node/running.ts';
import { startWebServer } from '../node/web-server.ts';
import { peekJws } from '../trust/jws.ts';
import { sealBytes } from '../trust/seal.ts';
import { ensureSeatCode } from './answer-package/seat-code.ts';
import { roomStatuses } from './board/board.ts';
import { startClockwork } from './clockwork/clockwork.ts';
import { keepSessionTime, sessionClock } from './clockwork/session-clock.ts';
import { ensureExamBrowser } from './exam-browser/exam-browser.ts';
import { roomEnvironment, watchEnvironment } from './environment/room-environment.ts';
import { roomOperations } from './operations/operations.ts';
import { roomRemoteControl, watchRemoteControl } from './remote-control/room-remote-control.ts';
import { followSite } from './register/register.ts';
import { ownSiteKeeper, siteAddressOf, type OpenOwnSite } from './own-site/own-site.ts';
import { followExam, siteExamSchema } from './register/site-exam.ts';
import { announceRoom } from './serve-seats/announce-room.ts';
import { takeReceipts } from './report/report.ts';
import { roomMembershipSchema, roomSettingsStored, type Room } from './room.ts';
import { roomSealCheckSchema } from './seal-check/seal-check.ts';
import { seatExchange } from './serve-seats/serve-seats.ts';
import { SeatRegister } from './seats/seat-register.ts';
import { examUnderWay } from './state/exam-under-way.ts';
import { RoomState } from './state/room-state.ts';
import { roomMigrations } from './storage.ts';

const chosenSchema = z.string();

export const roomOptionsSchema = nodeOptionsSchema.extend({
  /** First start only: the administrator's password, to be replaced at the first sign-in. */
  firstPassword: z.string().min(1).default('invigil-first'),
  /** Where seats that look for this room find it. */
  discovery: discoverySchema,
});

const noticesSchema = z.object({
  publication: z.number().nullable(),
  receipts: z.array(z.string()),
  calibrated: z.array(z.string()),
  exam: siteExamSchema,
  /** Newest version of a room's program that the centre gives out; absent: a site that does not tell. */
  program: z.string().max(40).nullable().default(null),
});

/** @param openOwnSite for a room that works without a site. */
export async function startRoom(
  options: z.infer<typeof roomOptionsSchema>,
  openOwnSite: OpenOwnSite,
): Promise<Result<Running>> {
  const clock = sessionClock(systemClock);
  const opened = await openNode({
    role: 'room',
    data: options.data,
    logLevel: options.logLevel,
    clock,
    migrations: roomMigrations,
  });
  if (!opened.ok) return opened;
  const node = opened.value;
  // First of all: while the journal is read through, the thread that commits gets ready.
  const state = new RoomState(node.journal, node.clock);
  const sessionTime = await keepSessionTime(node.journal, clock);
  const changed = changeSignal();
  const seats = new SeatRegister(node.db);
  const chosen = (): string | null => node.settings.read('chosen', chosenSchema);
  const heard: Room['heard'] = new Map();
  const useOwnSite = ownSiteKeeper(openOwnSite, options.logLevel);
  const room: Room = {
    node,
    state,
    changed,
    seats,
    environment: roomEnvironment({ node, state, seats, changed, chosen }),
    heard,
    remoteControl: roomRemoteControl({ node, state, seats, heard, changed, chosen }),
    calibrated: new Set(),
    settings: () => node.settings.read('settings', roomSettingsStored),
    membership: () => node.settings.read('membership', roomMembershipSchema),
    chosen,
    ownSite: null,
    useOwnSite: () => useOwnSite(room),
    link: null,
    siteExam: null,
    newestProgram: null,
    connect: () => {
      const membership = room.membership();
      if (!membership || room.link) return;
      const client = new ExchangeClient(
        { address: siteAddressOf(room, membership), certPem: membership.certPem },
        node.keys.tls,
      );
      const uplink = new Uplink({
        client,
        parentSigningKey: membership.siteSigningKey,
        journal: node.journal,
        clock: node.clock,
        version: programVersion,
        wall: () => clock.wall(),
        intervalMs: 3_000,
        gatherMs: 1_000,
        restMs: 200,
        ships: () => () => true,
        // The site keeps what it cannot read: payloads are sealed for the centre.
        prepare: async (segment) => {
          const recipient = room.state.package?.centreSealingKey;
          const payloads = segment.entries.map((entry) =>
            entry.payload === null ? null : [entry.salt, entry.payload],
          );
          const sealed =
            recipient && payloads.some((one) => one !== null)
              ? toBase64(await sealBytes(utf8(JSON.stringify(payloads)), { recipients: [recipient] }))
              : null;
          // Without its salt, too: with it the site could guess a short answer from its digest.
          return {
            sealed,
            entries: segment.entries.map((entry) => ({ ...entry, salt: null, payload: null })),
          };
        },
        status: () => ({
          statuses: roomStatuses(room),
          loaded: room.state.package
            ? {
                publication: room.state.package.publication.number,
                at: node.settings.read('package', z.object({ loadedAt: z.number() }))?.loadedAt ?? 0,
              }
            : null,
          sealCheck: node.settings.read('seal-check', roomSealCheckSchema),
        }),
        onNotices: async (said) => {
          const notices = noticesSchema.safeParse(said);
          if (!notices.success) return;
          room.calibrated.clear();
          for (const session of notices.data.calibrated) room.calibrated.add(session);
          // The own site has no other clock than this computer's.
          const offset = room.ownSite ? room.ownSite.centreOffsetMs() : uplink.state.clockOffsetMs;
          if (offset !== null && (await sessionTime.heardSite(clock.wall() + offset))) changed.notify();
          await takeReceipts(room, notices.data.receipts);
          await followExam(room, notices.data.exam);
          room.newestProgram = notices.data.program;
        },
        onState: (state) => {
          changed.notify();
          anotherSite(state);
        },
      });
      room.link = { client, uplink };
    },
  };
  const anotherSite = comingBack({
    clock: node.clock,
    when: 'parent-is-another',
    comeBack: () => followSite(room),
    failed: (why) => node.log.warn({ why }, 'another computer answers at the address of the site'),
  });
  const stored = node.settings.read('package', z.object({ jws: z.string() }));
  const content = stored ? peekJws(stored.jws) : null;
  if (content?.ok) room.state.usePackage(roomPackageSchema.parse(content.value.payload));
  await ensureSeatCode(node);
  ensureExamBrowser(node);
  if (!node.accounts.any()) await node.accounts.create('admin', 'administrator', options.firstPassword, true);
  const site = await room.useOwnSite();
  if (!site.ok) {
    await node.close();
    return site;
  }
  const role = seatExchange(room);
  const generic = parentRoutes({
    keys: node.keys,
    uploads: node.uploads,
    uploadLimit: answerFileLimit,
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
    await room.ownSite?.close();
    await node.close();
    return exchange;
  }
  let port = options.port;
  const web = await startWebServer({
    host: options.host,
    port: options.port,
    publicNames: options.publicNames,
    data: options.data,
    screens: screensFolder('consoles', 'room'),
    router: roomOperations(room, () => ({
      port,
      addresses: reachableAddresses(options.exchangeHost, exchange.value.port),
    })),
    accounts: node.accounts,
    files: node.files,
    log: node.log,
    health: () => ({
      role: 'room',
      ok: node.journal.failing() === null && !room.ownSite?.failing(),
      exchangePort: exchange.value.port,
      // Whoever installs a newer program asks first.
      atWork: examUnderWay(room),
    }),
    examUnderWay: () => examUnderWay(room),
  });
  if (!web.ok) {
    await exchange.value.close();
    await room.ownSite?.close();
    await node.close();
    return web;
  }
  const announcer = await announceRoom(room, options, exchange.value.port);
  port = web.value.port;
  room.connect();
  const stopClockwork = startClockwork(room, () => role.tellAll());
  const stopEnvironment = watchEnvironment(room);
  const stopRemoteControl = watchRemoteControl(room);
  node.log.info({ port, exchangePort: exchange.value.port }, 'room ready');
  return ok({
    port,
    exchangePort: exchange.value.port,
    close: async () => {
      stopClockwork();
      stopEnvironment();
      stopRemoteControl();
      role.close();
      await announcer?.close();
      await room.link?.uplink.stop();
      await web.value.close();
      await exchange.value.close();
      await room.ownSite?.close();
      await node.close();
    },
  });
}
