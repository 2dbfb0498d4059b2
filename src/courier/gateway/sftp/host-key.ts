/** By what clients know the SFTP gateway again: made once. A new one would make every client warn of an attack. */
import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import ssh2 from 'ssh2';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { diskRefusal } from '../../../store/disk-refusal.ts';

export interface HostKey {
  /** OpenSSH's form. */
  readonly key: string;
  /** As clients show it: `SHA256:…`. */
  readonly fingerprint: string;
}

/** A file that is there and no key is refused, and stays: what was in it may be on a backup. */
export async function loadOrCreateHostKey(file: string): Promise<Result<HostKey>> {
  try {
    // What an administrator copied here may be readable by others.
    await chmod(file, 0o600);
    return read(await readFile(file, 'utf8'), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return refused(error);
  }
  try {
    const made = ssh2.utils.generateKeyPairSync('ed25519', { comment: 'invigil' }).private;
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(`${file}.part`, made, { mode: 0o600, flush: true });
    await rename(`${file}.part`, file);
    return read(made, file);
  } catch (error) {
    return refused(error);
  }
}

function read(text: string, path: string): Result<HostKey> {
  const key = ssh2.utils.parseKey(text);
  // Neither the file's content nor a parser's complaint about it belongs into a message.
  if (key instanceof Error || !key.isPrivateKey()) return refuse({ type: 'gateway-host-key-damaged', path });
  const digest = createHash('sha256').update(key.getPublicSSH()).digest('base64').replace(/=+$/, '');
  return ok({ key: text, fingerprint: `SHA256:${digest}` });
}

function refused(error: unknown): Result<never> {
  const said = diskRefusal(error);
  if (said === null) throw error;
  return { ok: false, refusal: said };
}
