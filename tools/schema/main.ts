/** `npm run schema`: writes what the centre's migrations make of each database, for reviewers. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../postgres/postgres.ts';
import { committedSchemas, schemasNow } from './schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'invigil-schema-'));
const postgres = await startPostgres();
try {
  const now = await schemasNow(folder, postgres);
  for (const { kind, path } of committedSchemas) writeFileSync(path, now[kind]);
} finally {
  await postgres.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);
