/** What an installer has laid on this computer, as it stands in the program's folder: how it is repaired, and what is taken away with it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

export const recordName = 'installation.json';

const recordSchema = z.object({
  v: z.literal(1),
  version: z.string(),
  scope: z.enum(['system', 'user']),
  /** Under which a service of the whole computer runs; null: the one that is asked at the installation. */
  account: z.string().nullable(),
  data: z.string(),
  port: z.number().int(),
  /** What the seat is started with besides. */
  options: z.array(z.string()),
});
export type InstallationRecord = z.infer<typeof recordSchema>;

/** @returns null: nothing was laid here by an installer. */
export function readRecord(folder: string): InstallationRecord | null {
  try {
    return recordSchema.parse(JSON.parse(readFileSync(join(folder, recordName), 'utf8')));
  } catch {
    // Also what is no record: only what an installer has laid is replaced or taken away by one.
    return null;
  }
}
