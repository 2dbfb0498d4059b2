/** The mail server as the administrator has entered it; its password lies sealed to this centre's key. */
import * as z from 'zod';
import type { Node } from '../../node/node.ts';
import { openSecret, sealSecret } from '../../node/sealed-secret.ts';
import { mailServerSchema, type MailServer } from './contract.ts';

const setting = 'mail-server';
const keptSchema = z.object({ ...mailServerSchema.shape, sealedPassword: z.string() });

export interface KnownServer extends MailServer {
  /** Empty: none. */
  readonly password: string;
}

export function mailServerOf({
  settings,
}: Pick<Node, 'settings'>): (MailServer & { hasPassword: boolean }) | null {
  const kept = settings.read(setting, keptSchema);
  if (!kept) return null;
  const { sealedPassword, ...server } = kept;
  return { ...server, hasPassword: sealedPassword !== '' };
}

export async function serverWithPassword({
  settings,
  keys,
}: Pick<Node, 'settings' | 'keys'>): Promise<KnownServer | null> {
  const kept = settings.read(setting, keptSchema);
  if (!kept) return null;
  const { sealedPassword, ...server } = kept;
  return { ...server, password: sealedPassword === '' ? '' : await openSecret(keys, sealedPassword) };
}

/** @param password null: the one that is there stays; empty: none */
export async function keepServer(
  { settings, keys }: Pick<Node, 'settings' | 'keys'>,
  server: MailServer,
  password: string | null,
): Promise<void> {
  const before = settings.read(setting, keptSchema)?.sealedPassword ?? '';
  const sealed = password === '' ? '' : password === null ? before : await sealSecret(keys, password);
  settings.write(setting, { ...server, sealedPassword: sealed });
}

export function removeServer({ settings }: Pick<Node, 'settings'>): void {
  settings.remove(setting);
}
