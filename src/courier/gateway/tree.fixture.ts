/** A tree in memory, gateways over it, and the clients that Debian has. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expectOk, ok, refuse, type Result } from '../../base/result.ts';
import { selfSigned } from '../../trust/tls-certificate.ts';
import { startGateways, type Gateways, type GatewaysOptions } from './gateways.ts';
import { showPath } from './path.ts';
import type { Entry, ReceivedFile, Tree, TreeGate, TreePath } from './tree.ts';

export const account = 'site-801';
export const password = 'right horse, wrong password';
const changedAt = Date.UTC(2026, 10, 20, 9, 30);

/** Files can be sent into `/inbox`. */
export class MemoryTree implements Tree, TreeGate {
  readonly owner = 'site-801';
  readonly files = new Map<string, Buffer>();
  readonly received_: { path: string; size: number; sha256: string }[] = [];
  readonly tried: { account: string; address: string }[] = [];
  limit = 64 * 1024 * 1024;
  refuses: string | null = null;

  async signIn(given: string, secret: string, address: string): Promise<Result<Tree>> {
    this.tried.push({ account: given, address });
    return given === account && secret === password ? ok(this) : refuse({ type: 'wrong-password' });
  }

  words({ type }: { type: string }): string {
    return `It was refused – “${type}”.`;
  }

  async list(path: TreePath): Promise<Result<readonly Entry[]>> {
    const found = await this.stat(path);
    if (!found.ok) return found;
    const below = path.length === 0 ? '/' : `${showPath(path)}/`;
    const entries = new Map<string, Entry>();
    if (path.length === 0) entries.set('inbox', folder('inbox'));
    for (const [file, content] of this.files) {
      if (!file.startsWith(below)) continue;
      const [name = '', deeper] = file.slice(below.length).split('/');
      entries.set(name, deeper === undefined ? plain(name, content.length) : folder(name));
    }
    return ok([...entries.values()]);
  }

  async stat(path: TreePath): Promise<Result<Entry>> {
    const [shown, name] = [showPath(path), path.at(-1) ?? ''];
    const content = this.files.get(shown);
    if (content) return ok(plain(name, content.length));
    const there =
      name === '' || shown === '/inbox' || [...this.files.keys()].some((one) => one.startsWith(`${shown}/`));
    return there ? ok(folder(name)) : refuse({ type: 'no-such-file' });
  }

  async read(path: TreePath, start: number): Promise<Result<{ size: number; stream: Readable }>> {
    const content = this.files.get(showPath(path));
    if (!content) return refuse({ type: 'no-such-file' });
    const pieces = function* (): Generator<Buffer> {
      for (let at = start; at < content.length; at += 65_536) yield content.subarray(at, at + 65_536);
    };
    return ok({ size: content.length, stream: Readable.from(pieces(), { objectMode: false }) });
  }

  async accepts(path: TreePath): Promise<Result<{ limit: number }>> {
    return path.length === 2 && path[0] === 'inbox'
      ? ok({ limit: this.limit })
      : refuse({ type: 'no-uploads-here' });
  }

  async received(path: TreePath, { file, size, sha256 }: ReceivedFile): Promise<Result<void>> {
    if (this.refuses !== null) return refuse({ type: this.refuses });
    this.files.set(showPath(path), await readFile(file));
    this.received_.push({ path: showPath(path), size, sha256 });
    return ok();
  }
}

const folder = (name: string): Entry => ({ name, kind: 'folder', size: 0, changedAt });
const plain = (name: string, size: number): Entry => ({ name, kind: 'file', size, changedAt });

let certificate: { keyPem: string; certPem: string } | null = null;

export interface Running extends Gateways {
  readonly tree: MemoryTree;
  /** Of this gateway alone; gone with it. */
  readonly folder: string;
  readonly staging: string;
  readonly logged: string[];
  readonly ftp: number;
  readonly sftp: number;
  again(changes?: Partial<GatewaysOptions>): Promise<Running>;
  end(): Promise<void>;
}

/** @param changes `plain` FTP is on here, as some clients are easier to listen to without TLS. */
export async function runGateways(
  changes: Partial<GatewaysOptions> & { plain?: boolean } = {},
  kept: { folder: string; tree: MemoryTree } = {
    folder: mkdtempSync(join(tmpdir(), 'invigil-gateway-')),
    tree: new MemoryTree(),
  },
): Promise<Running> {
  certificate ??= await selfSigned('gateway');
  const { folder, tree } = kept;
  const { plain: unencrypted = true, ...rest } = changes;
  const logged: string[] = [];
  const note = (fields: unknown, words: string): void => {
    logged.push(
      `${words} ${JSON.stringify(fields, (_, value: unknown) => (value instanceof Error ? String(value.stack) : value))}`,
    );
  };
  const staging = rest.staging ?? join(folder, 'staging');
  const gateways = expectOk(
    await startGateways({
      host: '127.0.0.1',
      ftp: { port: 0, plain: unencrypted, tls: certificate },
      sftp: { port: 0, hostKeyFile: join(folder, 'keys', 'sftp-host-key') },
      tree,
      staging,
      log: { info: note, warn: note },
      ...rest,
    }),
  );
  return {
    ...gateways,
    tree,
    folder,
    staging,
    logged,
    ftp: gateways.ftpPort ?? 0,
    sftp: gateways.sftpPort ?? 0,
    again: async (next = changes) => {
      await gateways.close();
      return runGateways(next, kept);
    },
    end: async () => {
      await gateways.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a client to its end. */
export async function run(
  program: string,
  parameters: readonly string[],
  input = '',
  env: NodeJS.ProcessEnv = {},
): Promise<Said> {
  return heard(start(program, parameters, env), input);
}

export function start(
  program: string,
  parameters: readonly string[],
  env: NodeJS.ProcessEnv = {},
): ChildProcess {
  const home = mkdtempSync(join(tmpdir(), 'invigil-client-'));
  const child = spawn(program, parameters, {
    env: { ...process.env, HOME: home, LFTP_HOME: home, LC_ALL: 'C.UTF-8', ...env },
  });
  child.once('close', () => rmSync(home, { recursive: true, force: true }));
  return child;
}

function heard(child: ChildProcess, input: string): Promise<Said> {
  let [out, err] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  // One that has said no before it read anything.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

/** Prints why tests are left out where a client is missing. */
export function has(program: string, must = ''): boolean {
  try {
    const said = execFileSync(
      program === 'sftp' ? 'ssh' : program,
      [program === 'sftp' ? '-V' : '--version'],
      {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    if (said.includes(must)) return true;
  } catch {
    // Said below.
  }
  process.stderr.write(
    `${program}${must === '' ? '' : ` with ${must}`} is not installed: its tests are left out\n`,
  );
  return false;
}

/** `sftp` asks a program for the password, not its input. */
export function askPass(folder: string, secret = password): NodeJS.ProcessEnv {
  const file = join(folder, `ask-${secret.length}.sh`);
  writeFileSync(file, `#!/bin/sh\necho '${secret}'\n`);
  chmodSync(file, 0o700);
  return { SSH_ASKPASS: file, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: 'none' };
}

/** @returns after each command what was said of it; stops at the first that fails. */
export async function sftp(to: Running, commands: readonly string[], secret = password): Promise<Said> {
  return run('sftp', sftpParameters(to), `${commands.join('\n')}\n`, askPass(to.folder, secret));
}

export function sftpParameters({ sftp: port }: Running): string[] {
  const options = [
    'BatchMode=no',
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'LogLevel=ERROR',
    'NumberOfPasswordPrompts=1',
  ];
  return [...options.map((one) => `-o${one}`), '-P', String(port), '-b', '-', `${account}@127.0.0.1`];
}

export async function lftp(
  to: Running,
  commands: readonly string[],
  settings: readonly string[] = [],
): Promise<Said> {
  const script = [
    'set ssl:verify-certificate no',
    'set net:max-retries 1',
    'set net:timeout 10',
    'set cmd:fail-exit yes',
    ...settings,
    `open -u ${account},"${password}" -p ${to.ftp} 127.0.0.1`,
    ...commands,
  ];
  return run('lftp', ['-c', script.join('\n')]);
}

/** @param address for example `ftp://127.0.0.1:PORT/inbox/`. */
export async function curl(parameters: readonly string[], secret = password): Promise<Said> {
  return run('curl', ['-sS', '-k', '--connect-timeout', '10', '-u', `${account}:${secret}`, ...parameters]);
}

export async function until(met: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await met())) await new Promise((resolve) => setTimeout(resolve, 10));
}
