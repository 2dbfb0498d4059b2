/** Starts a seat: the agent, and the candidate's screen that it serves on this computer. */
import { resolve } from 'node:path';
import * as z from 'zod';
import { toHex } from '../base/bytes.ts';
import { systemClock, systemTimers } from '../base/clock.ts';
import { randomBytes } from '../base/ids.ts';
import { ok, type Result } from '../base/result.ts';
import { discoverySchema } from '../courier/discovery/where.ts';
import { openNode, type Node } from '../node/node.ts';
import { nodeOptionsSchema } from '../node/options.ts';
import { screensFolder, type Running } from '../node/running.ts';
import { startWebServer } from '../node/web-server.ts';
import { MockAutomatics } from './agent/mock-automatics.ts';
import { SeatAgent } from './agent/seat-agent.ts';
import { thisComputer } from './computer/this-computer.ts';
import { notInstalled, type OwnInstallation } from './remote-control/own-installation.ts';
import { startRemoteControl } from './remote-control/seat-remote-control.ts';
import { thisSystem } from './environment/system/this-system.ts';
import { keepToThisComputer } from './identity/own-data.ts';
import { JoinRoom } from './join/join-room.ts';
import { roomOfSeat } from './join/room-of-seat.ts';
import { RoomSearch } from './join/room-search.ts';
import { seatStatus } from './status/status.ts';
import { seatOperations } from './operations.ts';
import { screenFiles } from './screen-files.ts';
import { seatMigrations } from './storage.ts';

export const seatOptionsSchema = nodeOptionsSchema.omit({ exchangeHost: true, exchangePort: true }).extend({
  /** Pairs with this room at the first start: `host:port` of its exchange. */
  room: z.string().max(200).optional(),
  /** The pairing code that the room shows. */
  pairingCode: z.string().max(40).optional(),
  /** Where working folders of practical tasks are made; not given: in the user's documents, else in the data folder. */
  workFolder: z.string().min(1).optional(),
  /** What becomes of them after the work: into the data folder, or deleted. */
  workFolderAfter: z.enum(['move', 'delete']).default('move'),
  /** The candidate's screen opens with the agent; else the room opens it. */
  kiosk: z.union([z.boolean(), z.stringbool()]).default(false),
  /** Program that shows the candidate's screen: Chromium, Chrome or Edge; found by itself when not given. */
  browser: z.string().min(1).max(1000).optional(),
  /** SHA-256 of the room's certificate: pairs with no other room, and finds this one at another address. */
  roomPin: z
    .string()
    .regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits')
    .optional(),
  /** A file with further options, which comes with a folder that is copied to many computers. */
  configuration: z.string().max(1_000).optional(),
  /** Where rooms are looked for. */
  discovery: discoverySchema,
});

/** @param installation how this program is taken away when the room orders it. */
export async function startSeat(
  options: z.infer<typeof seatOptionsSchema>,
  installation: OwnInstallation = notInstalled,
): Promise<Result<Running>> {
  const here = await thisSystem()
    .computer()
    .catch(() => nothingKnown);
  const own = keepToThisComputer(options.data, here);
  if (!own.ok) return own;
  const opened = await openNode({
    role: 'seat',
    data: options.data,
    logLevel: options.logLevel,
    clock: systemClock,
    migrations: seatMigrations,
  });
  if (!opened.ok) return opened;
  const node = opened.value;
  if (own.value !== null)
    node.log.warn({ aside: own.value }, 'these data were made on another computer: this one begins anew');
  const agent = new SeatAgent(node, {
    folder: options.workFolder === undefined ? null : resolve(options.workFolder),
    afterwards: options.workFolderAfter,
  });
  const search = new RoomSearch(options.discovery, node.log);
  const join = new JoinRoom({
    wanted:
      options.room === undefined || options.pairingCode === undefined
        ? null
        : { address: options.room, pairingCode: options.pairingCode, pin: options.roomPin ?? null },
    seat: roomOfSeat(agent, node),
    search: () => search.look(),
    timers: systemTimers,
    random: Math.random,
    log: node.log,
  });
  const automatics = new MockAutomatics(agent, node.log);
  const close = async (): Promise<void> => {
    automatics.close();
    await join.close();
    await agent.close();
    await node.close();
  };
  await agent.resume();
  const web = await startWebServer({
    host: options.host,
    port: options.port,
    publicNames: options.publicNames,
    screens: screensFolder('seat'),
    router: seatOperations(agent, { search, status: () => seatStatus(node, agent) }),
    accounts: node.accounts,
    files: node.files,
    log: node.log,
    health: async () => ({
      role: 'seat',
      ok: node.journal.failing() === null,
      ...(await seatStatus(node, agent)),
    }),
    screenToken: screenToken(node),
    contentSecurityPolicy,
    microphone: true,
    guard: (app) => agent.examBrowser.guard(app),
    extend: (app) => screenFiles(app, agent),
  });
  if (!web.ok) {
    await close();
    return web;
  }
  // With its page open already: a room that is off is waited for.
  const joined = await join.start();
  if (!joined.ok) {
    await web.value.close();
    await close();
    return joined;
  }
  const remote = await startRemoteControl({
    node,
    agent,
    computer: thisComputer(),
    address: `http://${ownHost(options.host)}:${web.value.port}/`,
    browser: options.browser,
    wanted: options.kiosk,
    installation,
  });
  node.log.info({ port: web.value.port }, 'seat ready');
  return ok({
    port: web.value.port,
    exchangePort: 0,
    close: async () => {
      await remote.close();
      await web.value.close();
      await close();
    },
  });
}

/** Where a browser on this computer finds the agent. */
function ownHost(host: string): string {
  return ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
}

/** A computer that does not tell who it is keeps what it has. */
const nothingKnown = { system: '', hardware: [] };

/** Only what the screen is made of: no script, style or picture from elsewhere, no frame around it, no form that leaves it. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The same after a restart of the agent, so that a screen that stayed open goes on. */
function screenToken(node: Node): string {
  const known = node.settings.read('screen-token', z.string());
  if (known !== null) return known;
  const token = toHex(randomBytes(16));
  node.settings.write('screen-token', token);
  return token;
}
