/** Starts a site. */
import type * as z from 'zod';
import { ok, type Result } from '../base/result.ts';
import { nodeOptionsSchema } from '../node/options.ts';
import { reachableAddresses } from '../node/reachable.ts';
import { screensFolder, type Running } from '../node/running.ts';
import { startWebServer } from '../node/web-server.ts';
import { openSite } from './open-site.ts';
import { siteOperations } from './operations/operations.ts';

export const siteOptionsSchema = nodeOptionsSchema;

export async function startSite(options: z.infer<typeof siteOptionsSchema>): Promise<Result<Running>> {
  const opened = await openSite({
    data: options.data,
    logLevel: options.logLevel,
    exchangeHost: options.exchangeHost,
    exchangePort: options.exchangePort ?? (options.port === 0 ? 0 : options.port + 1),
    ownRoom: null,
  });
  if (!opened.ok) return opened;
  const { site, exchangePort, close } = opened.value;
  const { node } = site;
  let port = options.port;
  const web = await startWebServer({
    host: options.host,
    port: options.port,
    publicNames: options.publicNames,
    screens: screensFolder('consoles', 'site'),
    router: siteOperations(site, () => ({
      port,
      addresses: reachableAddresses(options.exchangeHost, exchangePort),
    })),
    accounts: node.accounts,
    files: node.files,
    log: node.log,
    health: () => ({ role: 'site', ok: node.journal.failing() === null, exchangePort }),
  });
  if (!web.ok) {
    await close();
    return web;
  }
  port = web.value.port;
  node.log.info({ port, exchangePort }, 'site ready');
  return ok({
    port,
    exchangePort,
    close: async () => {
      // Nobody at the console asks any more for what is being closed.
      await web.value.close();
      await close();
    },
  });
}
