/** FTP, FTPS and SFTP for one tree: opened together, closed together. */
import { systemClock, type Clock } from '../../base/clock.ts';
import { ok, type Result } from '../../base/result.ts';
import { startFtp, type Gateway } from './ftp/server.ts';
import { usualLimits, type GatewayLimits } from './limits.ts';
import { Quarantine } from './quarantine.ts';
import { startSftp } from './sftp/server.ts';
import type { GatewayLog, TreeGate } from './tree.ts';

export interface GatewaysOptions {
  readonly host: string;
  /** Without it there is no FTP. */
  readonly ftp?: {
    readonly port: number;
    /** Ports of the data connections, first and last; without it, whichever are free. */
    readonly passive?: readonly [number, number];
    /** IPv4 address under which clients reach this computer where it does not know it: behind a router. */
    readonly announced?: string;
    /** Whether passwords and files may go unencrypted, for tools that know no TLS. Off unless it is asked for. */
    readonly plain?: boolean;
    readonly tls: { readonly keyPem: string; readonly certPem: string } | null;
  };
  /** Without it there is no SFTP. */
  readonly sftp?: { readonly port: number; readonly hostKeyFile: string };
  readonly tree: TreeGate;
  /** A folder for uploads that are not whole yet, on a disk with room for the largest ones; the gateways' own. */
  readonly staging: string;
  readonly log: GatewayLog;
  readonly clock?: Pick<Clock, 'now'>;
  readonly limits?: Partial<GatewayLimits>;
}

export interface Gateways {
  readonly ftpPort: number | null;
  readonly sftpPort: number | null;
  /** By what clients know the SFTP gateway again: `SHA256:…`. */
  readonly hostKey: string | null;
  /** Ends every connection. Uploads that were under way are put away, and can be gone on with. */
  close(): Promise<void>;
}

export async function startGateways(options: GatewaysOptions): Promise<Result<Gateways>> {
  const { host, ftp, sftp, tree: gate, log, clock = systemClock } = options;
  const quarantine = await Quarantine.open(options.staging, clock);
  const behind = { gate, quarantine, log, clock, limits: { ...usualLimits, ...options.limits } };
  const open: Gateway[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(open.map((one) => one.close()));
  };
  let ftpPort: number | null = null;
  let [sftpPort, hostKey]: [number | null, string | null] = [null, null];
  if (ftp) {
    const { port, passive = null, announced = null, plain = false, tls } = ftp;
    const started = await startFtp({ host, port, passive, announced, plain, tls }, behind);
    if (!started.ok) return started;
    open.push(started.value);
    ftpPort = started.value.port;
  }
  if (sftp) {
    const started = await startSftp({ host, ...sftp }, behind);
    if (!started.ok) {
      await close();
      return started;
    }
    open.push(started.value);
    [sftpPort, hostKey] = [started.value.port, started.value.fingerprint];
  }
  return ok({ ftpPort, sftpPort, hostKey, close });
}
