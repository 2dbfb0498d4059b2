/** Starts a centre: the only place of this role that touches real hardware. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { systemClock } from '../base/clock.ts';
import { asResult } from '../base/refused.ts';
import { ok, type Result } from '../base/result.ts';
import { parentRoutes } from '../courier/https/parent.ts';
import { startExchangeServer } from '../courier/https/server.ts';
import { createKeyFile, openKeyFile } from '../hardware/token/key-file.ts';
import { changeSignal } from '../node/change-signal.ts';
import { openNode, type Node } from '../node/node.ts';
import { nodeOptionsSchema } from '../node/options.ts';
import { reachableAddresses } from '../node/reachable.ts';
import { screensFolder, type Running } from '../node/running.ts';
import { startWebServer } from '../node/web-server.ts';
import { openS3Blobs } from '../store/s3-blobs.ts';
import { CodeDesk } from '../node/code-desk.ts';
import { LiveBoard } from './board/live-board.ts';
import type { Centre } from './centre.ts';
import { heldReleaser } from './codes/codes.ts';
import { serveIntegration } from './integration/serve.ts';
import { Distribution } from './distribution/distribution.ts';
import { centreOperations } from './operations/operations.ts';
import { Postman } from './mail/postman.ts';
import { openIdRoutes } from './openid/routes.ts';
import { reachOf } from './limits/reach.ts';
import { lockRoutes } from './locks/serve-locks.ts';
import { RegisterGrowth } from './events/growth.ts';
import { gatewayOptions, openGateways } from './paper-day/gateway/open-gateways.ts';
import { ArchiveMaker } from './paper-day/archives/archive-maker.ts';
import { MaterialsPreparer } from './paper-day/materials/preparer.ts';
import { PackageOpener } from './paper-day/packages/package-opener.ts';
import { Publisher } from './publish/publisher.ts';
import { pictureRoutes } from './scans/review/picture-routes.ts';
import { scanUploadRoutes } from './scans/uploads/routes.ts';
import { ScanReader } from './scans/uploads/scan-reader.ts';
import { siteRole } from './site/serve-sites.ts';
import { postPasswords } from './paper-day/archives/post-passwords.ts';
import { enterRest } from './support/postings.ts';
import { databaseAnswers, openCentreDatabase, type CentreDatabase } from './storage/database.ts';

export const centreOptionsSchema = nodeOptionsSchema.extend({
  /** `postgres://…`; by default SQLite in the data folder. */
  database: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  /** `s3://bucket/prefix`, or `https://host/bucket/prefix` of an S3-compatible store; by default files in the data folder. Credentials come from the environment. */
  blobs: z.string().optional(),
  code: z.string().min(1).max(40).default('CENTRE'),
  /** First start only: the administrator's password, to be replaced at the first sign-in. */
  firstPassword: z.string().min(1).default('invigil-first'),
  /** The release token: a key file, on a stick or in a safe place. */
  releaseToken: z.string().optional(),
  /** First start only: PIN of the new release token. */
  releasePin: z.string().min(4).default('invigil-release'),
  ...gatewayOptions,
});

export async function startCentre(options: z.infer<typeof centreOptionsSchema>): Promise<Result<Running>> {
  const opened = await openNode({
    role: 'centre',
    data: options.data,
    logLevel: options.logLevel,
    clock: systemClock,
  });
  if (!opened.ok) return opened;
  const node = opened.value;
  const tokenPath = options.releaseToken ?? join(options.data, 'release-token.key');
  const token = existsSync(tokenPath)
    ? openKeyFile(tokenPath)
    : await createKeyFile(tokenPath, options.releasePin);
  if (!token.ok) {
    await node.close();
    return token;
  }
  const storage = await openStorage(node, options);
  if (!storage.ok) {
    await node.close();
    return storage;
  }
  const { db, blobs } = storage.value;
  const close = async (): Promise<void> => {
    await postman.close();
    await centre.publisher.stop();
    await centre.growth.stop();
    await centre.packages.stop();
    await centre.scanReader.stop();
    await centre.materials.stop();
    await centre.archives.stop();
    await board.close();
    await db.destroy();
    await node.close();
  };
  const changed = changeSignal();
  const releaseSoon = heldReleaser(() => centre);
  const codes = new CodeDesk(node.journal, node.settings, () => {
    changed.notify();
    releaseSoon();
  });
  const live = await asResult(() =>
    LiveBoard.open({
      db,
      clock: node.clock,
      journal: node.journal,
      self: node.id,
      shared: options.database !== undefined,
      codes: () => codes.codes,
      changed,
      onError: (error) => node.log.error({ err: error }, 'the board was not written'),
    }),
  );
  if (!live.ok) {
    await db.destroy();
    await node.close();
    return live;
  }
  const board = live.value;
  const centre: Centre = {
    node,
    db,
    blobs,
    name: { role: 'centre', code: options.code, id: node.id },
    releaseToken: token.value,
    codes,
    board,
    publisher: new Publisher(() => centre),
    growth: new RegisterGrowth(() => centre),
    scanReader: new ScanReader(() => centre),
    materials: new MaterialsPreparer(() => centre),
    archives: new ArchiveMaker(() => centre),
    packages: new PackageOpener(() => centre),
    distribution: new Distribution(node),
    changed,
    supportChanged: changeSignal(),
  };
  const postman = new Postman(centre, (error) => node.log.error({ err: error }, 'messages were not sent'));
  if (!node.accounts.any()) await node.accounts.create('admin', 'administrator', options.firstPassword, true);
  releaseSoon();
  await centre.publisher.resume();
  await centre.growth.resume();
  await centre.scanReader.resume();
  await centre.materials.resume();
  centre.packages.resume();
  await enterRest(centre);
  await postPasswords(centre);
  postman.start();
  const role = await siteRole(centre);
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
      lockRoutes(centre)(app);
    },
    onError: (error, path) => node.log.error({ err: error, path }, 'exchange failed'),
  });
  if (!exchange.ok) {
    await close();
    return exchange;
  }
  const gateways = await openGateways(centre, options);
  if (!gateways.ok) {
    await exchange.value.close();
    await close();
    return gateways;
  }
  let port = options.port;
  const web = await startWebServer({
    host: options.host,
    port: options.port,
    publicNames: options.publicNames,
    data: options.data,
    screens: screensFolder('consoles', 'centre'),
    router: centreOperations(
      centre,
      () => ({
        port,
        addresses: reachableAddresses(options.exchangeHost, exchange.value.port),
      }),
      () => gateways.value.view,
    ),
    accounts: node.accounts,
    reach: reachOf(db),
    files: node.files,
    log: node.log,
    health: () => health(db, exchange.value.port),
    extend: (app, contextOf) => {
      openIdRoutes({ centre, publicNames: options.publicNames })(app, contextOf);
      pictureRoutes(centre)(app, contextOf);
      scanUploadRoutes(centre)(app, contextOf);
    },
    programs: serveIntegration(centre),
  });
  if (!web.ok) {
    await gateways.value.close();
    await exchange.value.close();
    await close();
    return web;
  }
  port = web.value.port;
  node.log.info({ port, exchangePort: exchange.value.port }, 'centre ready');
  return ok({
    port,
    exchangePort: exchange.value.port,
    close: async () => {
      await web.value.close();
      await gateways.value.close();
      await exchange.value.close();
      await close();
    },
  });
}

async function openStorage(
  node: Node,
  options: z.infer<typeof centreOptionsSchema>,
): Promise<Result<Pick<Centre, 'db' | 'blobs'>>> {
  const blobs =
    options.blobs === undefined
      ? ok(node.blobs)
      : await openS3Blobs(options.blobs, process.env, node.staging);
  if (!blobs.ok) return blobs;
  const db = await openCentreDatabase(
    options.database === undefined ? { file: join(options.data, 'centre.db') } : { url: options.database },
    {
      lost: (refusal) => node.log.error({ refusal }, 'database not reachable; it is tried again by itself'),
      back: () => node.log.info('database reachable again'),
    },
  );
  return db.ok ? ok({ db: db.value, blobs: blobs.value }) : db;
}

/** A centre whose database is away takes nothing and says so; it needs no restart when the database is back. */
async function health(db: CentreDatabase, exchangePort: number): Promise<Record<string, unknown>> {
  const database = await databaseAnswers(db);
  return {
    role: 'centre',
    ok: database.ok,
    exchangePort,
    ...(database.ok ? {} : { problem: database.refusal }),
  };
}
