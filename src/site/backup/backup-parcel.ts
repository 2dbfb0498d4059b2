/** What a backup of a site holds, and what it says of itself. */
import * as z from 'zod';
import { refuse, ok, type Result } from '../../base/result.ts';
import type { Opens } from './opens.ts';
import { inspectParcel, type Inspected, type Manifest } from '../../parcel/parcel.ts';

/** Readable by everybody who has the file. */
export const aboutSchema = z.object({
  siteName: z.string(),
  by: z.string(),
  note: z.string(),
  rooms: z.number().int(),
  addresses: z.array(z.string()),
  /** The centre's public key, in whose name the site signed this. */
  centre: z.string(),
});

/** `site.json` */
export const siteIdentitySchema = z.object({
  v: z.literal(1),
  id: z.string().regex(/^[0-9A-Za-z-]{1,64}$/),
  siteCode: z.string(),
  centre: z.string(),
  /** Public keys that signed its journal. */
  signingKeys: z.array(z.string()).min(1),
});

/** The key to everything else, an age identity; itself sealed to the site's exam locks, or to the password of whoever backed up a site without any. */
export const keyPart = 'key';
/** In the manifest, in the place of recipients. */
export const byPassword = 'password';
export function opensBackup({ parts }: Manifest): Opens {
  return parts.find(({ name }) => name === keyPart)?.sealedTo.includes(byPassword) ? 'password' : 'lock';
}
export const identityPart = 'site.json';
export const databasePart = 'node.db';
export const journalPart = 'journal.db';
export const blobsPart = 'blobs.tar';

/** Reads what it says of itself, and believes nothing yet. */
export async function inspectBackup(
  path: string,
): Promise<Result<Inspected & { about: z.infer<typeof aboutSchema> }>> {
  const inspected = await inspectParcel(path).catch((error: unknown) => cannotBeRead(path, error));
  if (!inspected.ok) return inspected;
  const { kind, about } = inspected.value.manifest;
  if (kind !== 'site-backup') return refuse({ type: 'wrong-kind', found: kind, expected: 'site-backup' });
  const parsed = aboutSchema.safeParse(about);
  return parsed.success ? ok({ ...inspected.value, about: parsed.data }) : refuse({ type: 'not-a-parcel' });
}

function cannotBeRead(path: string, error: unknown): Result<never> {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return refuse({ type: 'backup-cannot-be-read', path, code });
}
