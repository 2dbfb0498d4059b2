/**
 * A real printer application of another author (CUPS's `ippeveprinter`) in a network of its own, with the bus and the announcer that it does not start
 * without. Everything ends with the one process that holds the namespace.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const needed = ['/usr/sbin/ippeveprinter', '/usr/bin/dbus-daemon', '/usr/sbin/avahi-daemon'];

/** Why the tests with it are left out; null: they run. */
export const withoutIppEvePrinter: string | null =
  process.platform !== 'linux' || process.getuid?.() !== 0
    ? 'it needs Linux and root'
    : (needed.find((path) => !existsSync(path)) ??
      (spawnSync('unshare', ['-n', '-m', '-p', '-f', 'true']).status === 0
        ? null
        : 'no namespaces can be made'));

const bus = (
  socket: string,
): string => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path=${socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/><allow send_type="method_call"/><allow send_type="signal"/>
<allow send_requested_reply="true"/><allow receive_type="method_call"/><allow receive_type="method_return"/>
<allow receive_type="error"/><allow receive_type="signal"/></policy></busconfig>`;

/** It starts within two seconds; whoever waits longer waits in vain. */
const longestStartMs = 20_000;

/** The bus, the announcer or the printer of this computer does not run: nothing of ours is tried, and the tests are left out with what was said. */
export class PeerNotStarted extends Error {}

/** Leads from a file into the namespace, whose loopback nobody else reaches. */
const relay = `const net = require('node:net');
net.createServer((from) => {
  const to = net.connect(8631, '127.0.0.1');
  from.pipe(to).pipe(from);
  from.on('error', () => undefined).once('close', () => to.destroy());
  to.on('error', () => undefined).once('close', () => from.destroySoon());
}).listen(process.argv[1]);`;

const script = (folder: string): string => `#!/bin/sh
set -e
ip link set lo up
export DBUS_SYSTEM_BUS_ADDRESS=unix:path=${folder}/bus
dbus-daemon --config-file=${folder}/bus.conf --nofork --nopidfile &
announce() { avahi-daemon --no-drop-root --no-chroot --no-rlimits -f ${folder}/avahi.conf & announcer=$!; }
# The bus has its socket before it listens there: who comes too early is turned away, and ends.
until dbus-send --system --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.Peer.Ping >/dev/null 2>&1; do sleep 0.05; done
announce
until dbus-send --system --print-reply --dest=org.freedesktop.Avahi / org.freedesktop.Avahi.Server.GetState 2>/dev/null | grep -q 'int32 2'; do
  kill -0 $announcer 2>/dev/null || announce
  sleep 0.05
done
"$1" -e "$RELAY" ${folder}/relay &
shift
exec ippeveprinter "$@"
`;

export class IppEvePrinter {
  readonly folder = mkdtempSync(join(tmpdir(), 'invigil-ippeve-'));
  #holder: ChildProcess | null = null;
  #entrance: Server | null = null;
  #port = 0;

  /**
   * Once more after its end: the same printer at the same address, which knows of nothing that was before.
   * @param command what prints each job: a shell script, with the job's file as \`$1\`. @returns where it is reached
   */
  async start(
    command: string,
    parameters: readonly string[] = ['-f', 'application/pdf', '-2'],
  ): Promise<string> {
    const at = (name: string): string => join(this.folder, name);
    for (const name of ['spool', 'run', 'bus', 'relay']) rmSync(at(name), { recursive: true, force: true });
    mkdirSync(at('spool'));
    mkdirSync(at('run'));
    writeFileSync(at('bus.conf'), bus(at('bus')));
    writeFileSync(at('avahi.conf'), '[server]\nuse-ipv6=no\nallow-interfaces=lo\n');
    writeFileSync(at('script'), script(this.folder));
    writeFileSync(at('command'), `#!/bin/sh\ncd ${this.folder}\n${command}\n`);
    for (const name of ['script', 'command']) chmodSync(at(name), 0o755);
    // The announcer's files lie where a running one of this computer may have its own.
    const hide = `mkdir -p /run/avahi-daemon && mount --bind ${at('run')} /run/avahi-daemon && exec "$@"`;
    const space = '-n -m -p -f --kill-child --propagation private sh -c'.split(' ');
    const printer = ['-p', '8631', '-n', 'localhost', '-d', at('spool'), '-c', at('command')];
    const holder = spawn(
      'unshare',
      [...space, hide, 'sh', at('script'), process.execPath, ...printer, ...parameters, 'Принтер 1'],
      { env: { ...process.env, RELAY: relay }, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    this.#holder = holder;
    let said = '';
    holder.stderr.on('data', (part) => (said += String(part)));
    const entrance = createServer((from) => {
      const to = connect(at('relay'));
      from.pipe(to).pipe(from);
      from.on('error', () => undefined).once('close', () => to.destroy());
      // Whoever is piped to one that is closed is read no more, and would not learn that its own other side went.
      to.on('error', () => undefined).once('close', () => from.destroySoon());
    });
    this.#entrance = entrance;
    await new Promise<void>((resolve, reject) => {
      entrance.once('error', reject).listen(this.#port, '127.0.0.1', resolve);
    });
    const { port } = entrance.address() as AddressInfo;
    this.#port = port;
    const begun = performance.now();
    for (;;) {
      if (performance.now() - begun > longestStartMs)
        throw new PeerNotStarted(`ippeveprinter does not start: ${said.slice(-2_000)}`);
      if (holder.exitCode !== null)
        throw new PeerNotStarted(`ippeveprinter did not start: ${said.slice(-2_000)}`);
      const answer = await fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } }).catch(
        () => null,
      );
      if (answer) {
        await answer.arrayBuffer().catch(() => undefined);
        return `ipp://127.0.0.1:${port}/ipp/print`;
      }
      await wait(100);
    }
  }

  /** What the command wrote there; empty: nothing yet. */
  written(name: string): string {
    const path = join(this.folder, name);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  /** Lets a command go on that waits for the file. */
  let(name: string): void {
    writeFileSync(join(this.folder, name), '');
  }

  /** As when its plug is pulled. */
  async end(): Promise<void> {
    const holder = this.#holder;
    if (holder && holder.exitCode === null && holder.signalCode === null) {
      const gone = new Promise((resolve) => holder.once('exit', resolve));
      // The first process of the namespace takes all others along; the holder waits for it and leaves nothing unburied.
      const [first] = readFileSync(`/proc/${holder.pid}/task/${holder.pid}/children`, 'utf8').split(' ');
      if (first) process.kill(Number(first), 'SIGKILL');
      else holder.kill('SIGKILL');
      await gone;
    }
    this.#holder = null;
    await new Promise((resolve) => (this.#entrance ? this.#entrance.close(resolve) : resolve(null)));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
