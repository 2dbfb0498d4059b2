/** Starts the lock helper: its page on loopback, and a browser that shows it. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { CentreToAsk } from '../../courier/lock/ask-centre.ts';
import { removableDrives } from '../../hardware/removable-drive/drives.ts';
import { pkcs11Tokens } from '../../hardware/token/pkcs11/tokens.ts';
import { LockHelper } from './helper.ts';
import { servePage, type ServedPage } from './serve-page.ts';

export interface LockOptions {
  /** `https://host:port#fingerprint` */
  readonly centre?: string | undefined;
  /** A file that comes with the download: `{"centre": …}`. */
  readonly configuration?: string | undefined;
  readonly keyFile: readonly string[];
  readonly library: readonly string[];
  readonly port: number;
}

const configurationSchema = z.object({ centre: z.string().max(500) });

/** @returns refusals `bad-option`, `cannot-read-file`, those of listening */
export async function startLockHelper(options: LockOptions): Promise<Result<ServedPage>> {
  const centre = centreOf(options);
  if (!centre.ok) return centre;
  const helper = new LockHelper({
    centre: centre.value,
    drives: removableDrives,
    tokens: pkcs11Tokens,
    keyFiles: options.keyFile,
    libraries: options.library,
  });
  return servePage(helper, options.port);
}

function centreOf({ centre, configuration }: LockOptions): Result<CentreToAsk> {
  if (centre !== undefined) return readCentre(centre);
  if (configuration === undefined)
    return refuse({
      type: 'bad-option',
      option: 'centre',
      problem: 'https://host:port#fingerprint is needed',
    });
  try {
    return readCentre(configurationSchema.parse(JSON.parse(readFileSync(configuration, 'utf8'))).centre);
  } catch (error) {
    return refuse({ type: 'cannot-read-file', path: configuration, problem: (error as Error).message });
  }
}

/** @param text `https://host:port#` and 64 hexadecimal digits: SHA-256 of the certificate of the centre's exchange */
export function readCentre(text: string): Result<CentreToAsk> {
  const [address = '', fingerprint = ''] = text.split('#');
  const digits = fingerprint.replaceAll(':', '').toLowerCase();
  if (
    !URL.canParse(/^\w+:\/\//.test(address) ? address : `https://${address}`) ||
    !/^[0-9a-f]{64}$/.test(digits)
  )
    return refuse({
      type: 'bad-option',
      option: 'centre',
      problem: 'https://host:port#fingerprint, the fingerprint as 64 hexadecimal digits',
    });
  return ok({ address: address.replace(/^https:\/\//, '').replace(/\/$/, ''), fingerprint: digits });
}

/** The one that opens links on this computer; where there is none, whoever started the program has the address before him. */
export function openBrowser(address: string): void {
  const [program, ...parameters] =
    process.platform === 'win32'
      ? ['rundll32', 'url.dll,FileProtocolHandler', address]
      : [process.platform === 'darwin' ? 'open' : 'xdg-open', address];
  const child = spawn(program as string, parameters, { detached: true, stdio: 'ignore', windowsHide: true });
  child.on('error', () => undefined);
  child.unref();
}
