/** Starts a seat: the agent, and the candidate's screen that it serves on this computer. */
import * as z from 'zod';
import { toHex } from '../base/bytes.ts';
import { systemClock } from '../base/clock.ts';
import { randomBytes } from '../base/ids.ts';
import { ok, type Result } from '../base/result.ts';
import { openNode, type Node } from '../node/node.ts';
import { nodeOptionsSchema } from '../node/options.ts';
import { screensFolder, type Running } from '../node/running.ts';
import { startWebServer } from '../node/web-server.ts';
import { MockAutomatics } from './agent/mock-automatics.ts';
import { SeatAgent } from './agent/seat-agent.ts';
import { seatMigrations } from './migrations.ts';
import { seatOperations } from './operations.ts';
import { screenFiles } from './screen-files.ts';

export const seatOptionsSchema = nodeOptionsSchema.omit({ exchangeHost: true, exchangePort: true }).extend({
  /** Pairs with this room at the first start: `host:port` of its exchange. */
  room: z.string().max(200).optional(),
  /** The pairing code that the room shows. */
  pairingCode: z.string().max(40).optional(),
});

export async function startSeat(options: z.infer<typeof seatOptionsSchema>): Promise<Result<Running>> {
  const opened = await openNode({
    role: 'seat',
    data: options.data,
    logLevel: options.logLevel,
    clock: systemClock,
    migrations: seatMigrations,
  });
  if (!opened.ok) return opened;
  const node = opened.value;
  const agent = new SeatAgent(node);
  const automatics = new MockAutomatics(agent, node.log);
  const close = async (): Promise<void> => {
    automatics.close();
    await agent.close();
    await node.close();
  };
  if (options.room !== undefined && options.pairingCode !== undefined && agent.state().phase === 'unpaired') {
    const paired = await agent.pair(options.room, options.pairingCode);
    if (!paired.ok) {
      await close();
      return paired;
    }
  }
  await agent.resume();
  const web = await startWebServer({
    host: options.host,
    port: options.port,
    publicNames: options.publicNames,
    screens: screensFolder('seat'),
    router: seatOperations(agent),
    accounts: node.accounts,
    files: node.files,
    log: node.log,
    health: () => ({ role: 'seat', ok: node.journal.failing() === null, phase: agent.state().phase }),
    screenToken: screenToken(node),
    contentSecurityPolicy,
    microphone: true,
    extend: (app) => screenFiles(app, agent),
  });
  if (!web.ok) {
    await close();
    return web;
  }
  node.log.info({ port: web.value.port }, 'seat ready');
  return ok({
    port: web.value.port,
    exchangePort: 0,
    close: async () => {
      await web.value.close();
      await close();
    },
  });
}

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
