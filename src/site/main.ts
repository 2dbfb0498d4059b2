/** Starts a site. */
import type * as z from 'zod';
import { ok, type Result } from '../base/result.ts';
import { drivesWith } from '../hardware/removable-drive/drives.ts';
import { pkcs11Tokens } from '../hardware/token/pkcs11/tokens.ts';
import { nodeOptionsSchema, sticksOption } from '../node/options.ts';
import { reachableAddresses } from '../node/reachable.ts';
import { screensFolder, type Running } from '../node/running.ts';
import { startWebServer } from '../node/web-server.ts';
import { ClosingGuard } from './close/closing-guard.ts';
import { watchStopRequests } from './close/stop-request.ts';
import { candidatesAtWork } from './distribution/newest-programs.ts';
import { openSite } from './open-site.ts';
import { siteOperations } from './operations/operations.ts';

export const siteOptionsSchema = nodeOptionsSchema.extend(sticksOption);

type SiteOptions = z.infer<typeof siteOptionsSchema>;

/** The answer to whoever asked for it is on its way by then. */
const lastAnswerMs = 300;

/** @param end called when the program shall end because somebody has closed it. */
export async function startSite(options: SiteOptions, end: () => void): Promise<Result<Running>> {
  let closing = false;
  const endSoon = (): void => void setTimeout(end, lastAnswerMs);
  const beginAnew = (): void => {
    setTimeout(() => {
      if (closing) return;
      running = running.then(async (before) => {
        await before.close();
        const { port, exchangePort } = before;
        const again = await serve({ ...options, port, exchangePort }, beginAnew, endSoon);
        // It ran here a moment ago: what hinders it now is nothing that this process could go on with.
        if (!again.ok) throw new Error(`the site does not begin anew: ${JSON.stringify(again.refusal)}`);
        serving = again.value;
        return again.value;
      });
    }, lastAnswerMs);
  };
  const started = await serve(options, beginAnew, endSoon);
  if (!started.ok) return started;
  let serving = started.value;
  let running = Promise.resolve(serving);
  return ok({
    port: serving.port,
    exchangePort: serving.exchangePort,
    closing: {
      asked: () => serving.closing.asked(),
      force: (code, by) => serving.closing.force(code, by),
    },
    close: async () => {
      closing = true;
      await (await running).close();
    },
  });
}

async function serve(
  options: SiteOptions,
  beginAnew: () => void,
  end: () => void,
): Promise<Result<Running & { readonly closing: ClosingGuard }>> {
  const opened = await openSite({
    data: options.data,
    logLevel: options.logLevel,
    exchangeHost: options.exchangeHost,
    exchangePort: options.exchangePort ?? (options.port === 0 ? 0 : options.port + 1),
    ownRoom: null,
    beginAnew,
    tokens: pkcs11Tokens,
  });
  if (!opened.ok) return opened;
  const { site, exchangePort, close } = opened.value;
  const { node } = site;
  const closing = new ClosingGuard(site, end);
  let port = options.port;
  const web = await startWebServer({
    host: options.host,
    port: options.port,
    publicNames: options.publicNames,
    data: options.data,
    screens: screensFolder('consoles', 'site'),
    router: siteOperations(
      site,
      () => ({ port, addresses: reachableAddresses(options.exchangeHost, exchangePort) }),
      closing,
      drivesWith(options.sticks),
    ),
    accounts: node.accounts,
    files: node.files,
    log: node.log,
    health: () => ({
      role: 'site',
      ok: node.journal.failing() === null,
      exchangePort,
      // Whoever installs a newer program asks first.
      atWork: candidatesAtWork(site),
    }),
  });
  if (!web.ok) {
    await close();
    return web;
  }
  port = web.value.port;
  const stopWatching = watchStopRequests(options.data, closing, (error) =>
    node.log.error({ err: error }, 'a request to stop was not read'),
  );
  node.log.info({ port, exchangePort }, 'site ready');
  return ok({
    port,
    exchangePort,
    closing,
    close: async () => {
      await stopWatching();
      // Nobody at the console asks any more for what is being closed.
      await web.value.close();
      await close();
    },
  });
}
