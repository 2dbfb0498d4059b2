/** `invigil centre|site|room|seat|station`: runs one role until it is told to stop. */
import { flushCompileCache } from 'node:module';
import { Option, type Command } from 'commander';
import type * as z from 'zod';
import { refuse, type Result } from '../base/result.ts';
import type { ProgramRole } from '../exam/distribution/listed.ts';
import { stationKinds, type StationKind } from '../exam/paper-day/site-day.ts';
import { readOptions } from '../node/options.ts';
import type { Running } from '../node/running.ts';
import { registerExamBrowser } from './exam-browser.ts';
import { registerInstall } from './install/install.ts';
import { ownInstallation } from './install/own-installation.ts';
import { endWith } from './say.ts';
import { registerSetup } from './setup/setup.ts';
import { registerSiteStop } from './site-stop.ts';
import { told } from './told.ts';
import { registerSeatExport } from './seat-export.ts';
import { registerSeatFolder } from './seat-folder.ts';
import { registerSeatStatus } from './seat-status.ts';

export type RoleName = 'centre' | 'site' | 'room' | 'seat' | 'station';

interface Role {
  readonly name: RoleName;
  readonly description: string;
  readonly port: number;
  /** Loaded when it is called for, so that each role starts with its own code only. */
  readonly load: () => Promise<{
    schema: z.ZodObject;
    start: (options: never, end: () => void) => Promise<Result<Running>>;
  }>;
  readonly options: readonly Option[];
}

const exchange = [
  new Option('--exchange-host <address>', 'address on which nodes below reach this one over TLS (all)'),
  new Option('--exchange-port <number>', "port for nodes below (the console's plus one; 0: any)"),
];
const sticks = new Option(
  '--sticks <folder>',
  'folders in this folder count as sticks, too: where they are mounted elsewhere, or shared in the network',
);
const firstPassword = new Option(
  '--first-password <password>',
  "first start only: the administrator's password, to be replaced at the first sign-in",
);

/** Beside each other: a computer may be several stations. */
const stationPorts: Readonly<Record<StationKind, number>> = { print: 7450, voice: 7451, scan: 7452 };
const stationTasks: Readonly<Record<StationKind, string>> = {
  print: "print a room's kits",
  voice: 'record spoken answers',
  scan: 'scan what the rooms bring',
};

const roles: readonly Role[] = [
  {
    name: 'centre',
    description: 'publish sealed papers, collect and score',
    port: 7410,
    load: async () => {
      const { centreOptionsSchema, startCentre } = await import('../centre/main.ts');
      return { schema: centreOptionsSchema, start: startCentre };
    },
    options: [
      ...exchange,
      firstPassword,
      new Option('--database <url>', 'PostgreSQL: postgres://user@host/name (SQLite in the data folder)'),
      new Option(
        '--blobs <url>',
        'an S3-compatible store: s3://bucket/prefix or https://host/bucket/prefix, credentials in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (files in the data folder)',
      ),
      new Option('--code <code>', "the centre's code"),
      new Option('--release-token <file>', 'key file that releases papers'),
      new Option('--release-pin <pin>', 'first start only: PIN of the new release token'),
      new Option('--ftp-port <number>', 'FTP with TLS for the accounts of sites (off; 0: any)'),
      new Option('--ftp-plain', 'FTP without encryption, too: passwords and files go unprotected'),
      new Option('--ftp-passive <first-last>', 'data ports of FTP, as 50000-50100 (whichever are free)'),
      new Option('--sftp-port <number>', 'SFTP for the accounts of sites (off; 0: any)'),
    ],
  },
  {
    name: 'site',
    description: "run a school's part: rooms, authorisation, collection",
    port: 7420,
    load: async () => {
      const { siteOptionsSchema, startSite } = await import('../site/main.ts');
      return { schema: siteOptionsSchema, start: startSite };
    },
    options: [...exchange, sticks],
  },
  {
    name: 'room',
    description: "the invigilator's computer",
    port: 7430,
    load: async () => {
      const { roomOptionsSchema, startRoom } = await import('../room/main.ts');
      const start = (options: Parameters<typeof startRoom>[0]): Promise<Result<Running>> =>
        startRoom(options, async (site) => (await import('../site/own-site.ts')).openOwnSite(site));
      return { schema: roomOptionsSchema, start };
    },
    options: [
      ...exchange,
      firstPassword,
      new Option(
        '--discovery <where>',
        'where seats that look for it find it: lan, off, or an address:port (lan)',
      ),
    ],
  },
  {
    name: 'seat',
    description: "the candidate's computer",
    port: 7440,
    load: async () => {
      const { seatOptionsSchema, startSeat } = await import('../seat/main.ts');
      const start = (options: Parameters<typeof startSeat>[0], end: () => void): Promise<Result<Running>> =>
        startSeat(options, ownInstallation(end));
      return { schema: seatOptionsSchema, start };
    },
    options: [
      new Option('--room <address>', 'first start only: the room to join, host:port'),
      new Option('--pairing-code <code>', 'first start only: the code that the room shows'),
      new Option(
        '--work-folder <folder>',
        "where candidates find the files of practical tasks (the user's documents, else the data folder)",
      ),
      new Option(
        '--work-folder-after <policy>',
        'what becomes of them after the work: moved into the data folder, or deleted (move)',
      ).choices(['move', 'delete']),
      new Option('--kiosk', "show the candidate's screen, full screen, and bring it back when it ends"),
      new Option('--browser <program>', 'Chromium, Chrome or Edge (the first that is found here)'),
      new Option('--room-pin <digits>', "SHA-256 of the room's certificate: join no other room"),
      new Option('--configuration <file>', 'more options as JSON; what stands elsewhere goes before it'),
      new Option('--discovery <where>', 'where to look for rooms: lan, off, or an address:port (lan)'),
    ],
  },
  {
    name: 'station',
    description: "a paper exam's computer with one task: print kits, record answers, scan sheets",
    port: 7450,
    load: async () => {
      const { stationOptionsSchema, startStation } = await import('../station/main.ts');
      return { schema: stationOptionsSchema, start: startStation };
    },
    options: [sticks],
  },
];

export const names: readonly string[] = roles.map(({ name }) => name);

export function register(program: Command): void {
  for (const role of roles) {
    const command = program.command(role.name).description(role.description);
    if (role.name !== 'station') {
      registerRole(command, role, role.name, role.port);
      command.action((given: Record<string, unknown>) => run(role.name, given));
      continue;
    }
    for (const kind of stationKinds) {
      const own = command.command(kind).description(stationTasks[kind]);
      const name = `${kind}-station` as const;
      registerRole(own, role, name, stationPorts[kind]);
      // Each kind has data of its own: a computer may be two of them, one after the other.
      const usual = process.env['INVIGIL_DATA'] === undefined ? { data: `data/${name}` } : {};
      own.action((given: Record<string, unknown>) =>
        run(role.name, { ...usual, ...usualPort(kind), ...given, kind }),
      );
    }
  }
}

/** Unless the environment names another one. */
function usualPort(kind: StationKind): { port?: number } {
  return process.env['INVIGIL_PORT'] === undefined ? { port: stationPorts[kind] } : {};
}

function registerRole(command: Command, role: Role, name: ProgramRole, port: number): void {
  command
    .option('--data <folder>', `data folder (data/${name})`)
    .option('--host <address>', 'address of the console (127.0.0.1)')
    .option('--port <number>', `port of the console (${port}; 0: any)`)
    .option('--public-names <names...>', 'further host names under which the console may be called')
    .addOption(
      new Option('--log-level <level>', 'how much to log (info)').choices([
        'fatal',
        'error',
        'warn',
        'info',
        'debug',
        'trace',
        'silent',
      ]),
    )
    .addHelpText(
      'after',
      '\nEvery option can also stand in invigil.json in the data folder (exchangePort) or in the environment (INVIGIL_EXCHANGE_PORT).',
    );
  for (const option of role.options) command.addOption(option);
  command.enablePositionalOptions();
  registerInstall(command, name, port);
  if (name === 'seat') {
    registerSeatExport(command);
    registerSeatFolder(command);
    registerSeatStatus(command, port);
  } else registerSetup(command, name, port);
  if (name === 'room') registerExamBrowser(command);
  if (name === 'site') registerSiteStop(command);
}

/**
 * Reads what a role is told and starts it.
 * @param given options by their names in the program: `exchangePort`, not `--exchange-port`
 * @param environment where `INVIGIL_…` stands
 * @param ended called when the role has nothing more to do and wants to be closed
 */
export async function startRole(
  name: RoleName,
  given: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
  ended: () => void,
): Promise<Result<Running>> {
  const role = roles.find((one) => one.name === name) as Role;
  const { schema, start } = await role.load();
  const options = readOptions(
    schema.extend({ port: (schema.shape['port'] as z.ZodType).default(role.port) }),
    { ...(environment['INVIGIL_DATA'] === undefined ? { data: `data/${name}` } : {}), ...given },
    environment,
  );
  if (!options.ok) return options;
  return start(options.value as never, ended).catch(async (error: unknown) => {
    const { startRefusal } = await import('../node/node.ts');
    const refusal = startRefusal(error, String(options.value['data']));
    if (!refusal) throw error;
    return refuse(refusal);
  });
}

async function run(name: RoleName, given: Record<string, unknown>): Promise<void> {
  const ended = Promise.withResolvers<void>();
  const started = await startRole(name, given, process.env, ended.resolve);
  if (!started.ok) endWith(started.refusal);
  const { port, exchangePort } = started.value;
  process.send?.({ ready: true, role: name, port, exchangePort });
  // Where the caller keeps what was compiled: a role that is killed would not write it at its end.
  flushCompileCache();
  await Promise.race([told(started.value.closing ?? null), ended.promise]);
  await started.value.close();
  // Pooled sockets of libraries must not keep a closed role alive.
  process.exit(0);
}
