/** A real centre with the day of an exam, and consoles of its site S1 that register there and reach it. */
import { expectOk, ok, type Result } from '../../src/base/result.ts';
import { openTestCentre, pin, type TestCentre } from '../../src/centre/centre.fixture.ts';
import { makeGrants } from '../../src/centre/paper-day/grants/grants.ts';
import { makeDay, type TestDay as CentreDay } from '../../src/centre/paper-day/paper-day.fixture.ts';
import type { SiteWelcome } from '../../src/centre/site/register-site.ts';
import { siteRole } from '../../src/centre/site/serve-sites.ts';
import { pairWithParent } from '../../src/courier/https/child.ts';
import { ExchangeClient } from '../../src/courier/https/client.ts';
import { parentRoutes } from '../../src/courier/https/parent.ts';
import { startExchangeServer } from '../../src/courier/https/server.ts';
import type { Uplink } from '../../src/courier/https/uplink.ts';
import type { TestDay } from '../../src/site/paper-day/paper-day.fixture.ts';

export interface CentreAbove {
  readonly above: TestCentre;
  readonly theirs: CentreDay;
  /** Of the site S1, as the roster made it. */
  readonly registrationCode: string;
  /** Registers a console as S1; it is linked from then on. */
  register(console: TestDay, code: string): Promise<Result<void>>;
  /** Materials and keys for every site. */
  prepare(): Promise<void>;
  link(console: TestDay): ExchangeClient;
  /** The network of this console is gone. */
  cut(console: TestDay): Promise<void>;
  close(): Promise<void>;
}

export async function openCentreAbove(): Promise<CentreAbove> {
  const above = await openTestCentre('file');
  const { centre } = above;
  const theirs = await makeDay(above);
  const { projectId, eventId } = theirs;
  const { keys, uploads, clock, journal } = centre.node;
  const role = await siteRole(centre);
  const generic = parentRoutes({ keys, uploads, clock, journal, role });
  const exchange = expectOk(
    await startExchangeServer({
      host: '127.0.0.1',
      port: 0,
      tls: keys.tls,
      routes: (app) => {
        generic(app);
        role.routes(app);
      },
      onError: (error) => {
        throw error;
      },
    }),
  );
  const address = `127.0.0.1:${exchange.port}`;
  const clients: ExchangeClient[] = [];
  const site = await centre.db
    .selectFrom('site')
    .select('registration_code')
    .where('code', '=', 'S1')
    .executeTakeFirstOrThrow();
  const link = ({ site: here }: TestDay): ExchangeClient => {
    const client = new ExchangeClient({ address, certPem: keys.tls.certPem }, here.node.keys.tls);
    here.link = { client, uplink: { state: { online: true }, nudge: () => undefined } as unknown as Uplink };
    clients.push(client);
    return client;
  };
  return {
    above,
    theirs,
    registrationCode: site.registration_code ?? '',
    async register(console, code) {
      const { node } = console.site;
      const paired = await pairWithParent<SiteWelcome>({
        address,
        code,
        child: { role: 'site', code: 'S1', id: node.id },
        keys: node.keys,
        details: { lock: { serial: `lock of ${node.id}`, recipient: theirs.sites.S1.sealing.recipient } },
      });
      if (!paired.ok) return paired;
      const { welcome, parentKeys, certPem } = paired.value;
      const { mode } = welcome.project;
      node.settings.write('setup', { siteCode: 'S1', mode, lockPath: '', lockSerial: null });
      node.settings.write('membership', {
        centreAddress: address,
        certPem,
        centreSigningKey: parentKeys.signingKey,
        centreSealingKey: parentKeys.sealingKey,
        centreCode: welcome.centreCode,
        chain: welcome.chain,
        project: welcome.project,
        siteName: welcome.site.name,
      });
      link(console);
      return ok();
    },
    async prepare() {
      expectOk(await centre.materials.prepare(projectId, eventId, 'ann'));
      const all = { projectId, eventId, siteCodes: null, validity: null, stations: [] };
      expectOk(await makeGrants(centre, all, pin, 'ann'));
    },
    link,
    async cut({ site: here }) {
      await here.dayCourier.settled();
      here.link = null;
    },
    async close() {
      for (const client of clients) client.close();
      await exchange.close();
      await above.close();
    },
  };
}
