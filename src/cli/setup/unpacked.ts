/** What an unpacked archive says of itself: `archive.json`, laid when it was made. A checkout has none, and is not installed by copying it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { roles } from '../../exam/distribution/listed.ts';

export const aboutName = 'archive.json';

const aboutSchema = z.object({
  v: z.literal(1),
  role: z.enum(roles),
  system: z.string(),
  version: z.string().max(40),
  /** Its Node, below the folder. */
  node: z.string().max(200),
});
export type Unpacked = z.infer<typeof aboutSchema>;

/** @returns null: it is none. */
export function readUnpacked(folder: string): Unpacked | null {
  try {
    return aboutSchema.parse(JSON.parse(readFileSync(join(folder, aboutName), 'utf8')));
  } catch {
    // Also what is no such file: only what an archive has brought is copied, and only what was copied is taken away.
    return null;
  }
}
