/** The provider as the administrator has entered it; its secret lies sealed to this centre's key. */
import type { Node } from '../../node/node.ts';
import { openSecret, sealSecret } from '../../node/sealed-secret.ts';
import { providerSchema, type ProviderSettings } from './contract.ts';
import * as z from 'zod';

const setting = 'openid-provider';
const keptSchema = z.object({ ...providerSchema.shape, sealedSecret: z.string() });

type Kept = Pick<Node, 'settings' | 'keys'>;

export interface KnownProvider extends ProviderSettings {
  readonly secret: string;
}

export function providerOf({ settings }: Pick<Node, 'settings'>): ProviderSettings | null {
  const kept = settings.read(setting, keptSchema);
  if (!kept) return null;
  const { sealedSecret: _, ...provider } = kept;
  return provider;
}

export async function providerWithSecret({ settings, keys }: Kept): Promise<KnownProvider | null> {
  const kept = settings.read(setting, keptSchema);
  if (!kept) return null;
  const { sealedSecret, ...provider } = kept;
  return { ...provider, secret: await openSecret(keys, sealedSecret) };
}

/** @param secret null: the one that is there stays. @returns false when there is none */
export async function keepProvider(
  { settings, keys }: Kept,
  provider: ProviderSettings,
  secret: string | null,
): Promise<boolean> {
  const sealedSecret =
    secret === null ? settings.read(setting, keptSchema)?.sealedSecret : await sealSecret(keys, secret);
  if (sealedSecret === undefined) return false;
  settings.write(setting, { ...provider, sealedSecret });
  return true;
}

export function removeProvider({ settings }: Pick<Node, 'settings'>): void {
  settings.remove(setting);
}
