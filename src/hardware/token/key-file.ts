/** A token as a file, on a stick or any folder: the key is sealed under the PIN with scrypt, so a copied file is worth little without it. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import * as z from 'zod';
import { fromBase64, toBase64, utf8 } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { openBytes, sealBytes } from '../../trust/seal.ts';
import type { Token } from './port.ts';

const schema = z.object({
  format: z.literal('invigil-key-file-1'),
  serial: z.string(),
  recipient: z.string().startsWith('age1'),
  key: z.base64(),
});

/** Never overwrites: a key file that is lost cannot be made again. */
export async function createKeyFile(path: string, pin: string): Promise<Result<Token>> {
  if (existsSync(path)) return refuse({ type: 'key-file-exists', path });
  const identity = await generateX25519Identity();
  const made = {
    format: 'invigil-key-file-1',
    serial: newId().toUpperCase(),
    recipient: await identityToRecipient(identity),
    key: toBase64(await sealBytes(utf8(identity), { passphrase: pin })),
  };
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(`${path}.part`, 'w', 0o600);
    await file.write(JSON.stringify(made));
    await file.sync();
    await file.close();
    await rename(`${path}.part`, path);
  } catch (error) {
    return refuse({ type: 'key-file-not-writable', path, code: (error as NodeJS.ErrnoException).code ?? '' });
  }
  return openKeyFile(path);
}

export function openKeyFile(path: string): Result<Token> {
  const first = read(path);
  if (!first.ok) return first;
  const { serial, recipient } = first.value;
  return ok({
    serial,
    recipient,
    present: () => {
      const now = read(path);
      return now.ok && now.value.serial === serial;
    },
    unseal: async (sealed, pin) => {
      const now = read(path);
      if (!now.ok || now.value.serial !== serial) return refuse({ type: 'lock-absent', path });
      const identity = await openBytes(fromBase64(now.value.key), { passphrase: pin });
      if (!identity.ok) return refuse({ type: 'wrong-pin' });
      return openBytes(sealed, { identities: [Buffer.from(identity.value).toString('latin1')] });
    },
  });
}

function read(path: string): Result<z.infer<typeof schema>> {
  if (!existsSync(path)) return refuse({ type: 'lock-absent', path });
  try {
    const parsed = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? ok(parsed.data) : refuse({ type: 'key-file-damaged', path });
  } catch {
    return refuse({ type: 'key-file-damaged', path });
  }
}
