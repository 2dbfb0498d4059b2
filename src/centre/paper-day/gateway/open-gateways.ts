/** Opens FTP and SFTP for the accounts of sites, where the centre was told to. */
import { join } from 'node:path';
import * as z from 'zod';
import { ok, type Result } from '../../../base/result.ts';
import type { GatewaysView } from './contract.ts';
import type { Centre } from '../../centre.ts';

const port = z.coerce.number().int().min(0).max(65_535);
/** `50000-50100`. */
const portRange = z
  .string()
  .regex(/^\d{1,5}-\d{1,5}$/, 'must be two ports: 50000-50100')
  .transform((text) => text.split('-').map(Number) as [number, number])
  .refine(([first, last]) => first > 0 && first <= last && last <= 65_535, 'must be two ports: 50000-50100');

export const gatewayOptions = {
  /** Without it there is no FTP. 0: any free port. */
  ftpPort: port.optional(),
  /** FTP without encryption, too, for tools that know no TLS. */
  ftpPlain: z.stringbool().or(z.boolean()).default(false),
  ftpPassive: portRange.optional(),
  /** Without it there is no SFTP. 0: any free port. */
  sftpPort: port.optional(),
};

export interface OpenGateways {
  readonly view: GatewaysView;
  close(): Promise<void>;
}

export interface WantedGateways {
  readonly exchangeHost: string;
  readonly data: string;
  readonly ftpPort?: number | undefined;
  readonly ftpPlain: boolean;
  readonly ftpPassive?: readonly [number, number] | undefined;
  readonly sftpPort?: number | undefined;
}

/** Refusals: a port that is taken, a host key that is damaged. */
export async function openGateways(centre: Centre, wanted: WantedGateways): Promise<Result<OpenGateways>> {
  const { ftpPort, ftpPlain, ftpPassive, sftpPort } = wanted;
  if (ftpPort === undefined && sftpPort === undefined)
    return ok({ view: { ftp: null, sftp: null }, close: () => Promise.resolve() });
  // A centre without gateways starts without their code.
  const [{ startGateways }, { DayGate }] = await Promise.all([
    import('../../../courier/gateway/gateways.ts'),
    import('./day-gate.ts'),
  ]);
  const { node } = centre;
  const started = await startGateways({
    host: wanted.exchangeHost,
    ...(ftpPort === undefined
      ? {}
      : {
          ftp: {
            port: ftpPort,
            plain: ftpPlain,
            ...(ftpPassive === undefined ? {} : { passive: ftpPassive }),
            tls: node.keys.tls,
          },
        }),
    ...(sftpPort === undefined
      ? {}
      : { sftp: { port: sftpPort, hostKeyFile: join(wanted.data, 'keys', 'sftp-host-key.pem') } }),
    tree: new DayGate(centre),
    staging: join(wanted.data, 'gateway-uploads'),
    log: node.log,
    clock: node.clock,
  });
  if (!started.ok) return started;
  const { ftpPort: ftp, sftpPort: sftp, hostKey, close } = started.value;
  return ok({
    view: {
      ftp: ftp === null ? null : { port: ftp, passive: ftpPassive ? [...ftpPassive] : null, plain: ftpPlain },
      sftp: sftp === null ? null : { port: sftp, hostKey: hostKey ?? '' },
    },
    close,
  });
}
