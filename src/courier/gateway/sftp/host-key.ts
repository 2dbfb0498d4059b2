/** By what clients know the SFTP gateway again: made once. A new one would make every client warn of an attack. */
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
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
    const made = newKey();
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(`${file}.part`, made, { mode: 0o600, flush: true });
    await rename(`${file}.part`, file);
    return read(made, file);
  } catch (error) {
    return refused(error);
  }
}

/**
 * An Ed25519 key as OpenSSH writes it (PROTOCOL.key), without a passphrase. The library makes such keys, too, but some of them it cannot read itself afterwards
 * (1.17: about one in two hundred).
 */
export function newKey(): string {
  const { x = '', d = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const [open, secret] = [Buffer.from(x, 'base64url'), Buffer.from(d, 'base64url')];
  const type = Buffer.from('ssh-ed25519');
  const check = randomBytes(4);
  const inner = [
    check,
    check,
    field(type),
    field(open),
    field(Buffer.concat([secret, open])),
    field(Buffer.from('invigil')),
  ];
  const length = inner.reduce((sum, part) => sum + part.length, 0);
  const padding = Buffer.from(Array.from({ length: (8 - (length % 8)) % 8 }, (_, i) => i + 1));
  const none = field(Buffer.from('none'));
  const whole = Buffer.concat([
    Buffer.from('openssh-key-v1\0'),
    none,
    none,
    field(Buffer.alloc(0)),
    number(1),
    field(Buffer.concat([field(type), field(open)])),
    field(Buffer.concat([...inner, padding])),
  ]);
  const lines = whole.toString('base64').match(/.{1,70}/g) ?? [];
  return ['-----BEGIN OPENSSH PRIVATE KEY-----', ...lines, '-----END OPENSSH PRIVATE KEY-----', ''].join(
    '\n',
  );
}

function field(content: Buffer): Buffer {
  return Buffer.concat([number(content.length), content]);
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
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
