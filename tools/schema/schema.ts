import { join } from 'node:path';
import { expectOk } from '../../src/base/result.ts';
import { openCentreDatabase, type DatabaseTarget } from '../../src/centre/storage/database.ts';
import type { TestPostgres } from '../postgres/postgres.ts';
import { postgresSchema, schemaFiles, sqliteSchema } from './describe.ts';

const storage = join(import.meta.dirname, '..', '..', 'src', 'centre', 'storage');
const kinds = ['sqlite', 'postgres'] as const;
export const committedSchemas = kinds.map((kind) => ({ kind, path: join(storage, schemaFiles[kind]) }));

/** @param folder for the databases; the caller removes it. */
export async function schemasNow(
  folder: string,
  postgres: TestPostgres,
): Promise<Record<(typeof kinds)[number], string>> {
  const told = async (target: DatabaseTarget, describe: typeof sqliteSchema): Promise<string> => {
    const db = expectOk(await openCentreDatabase(target, { lost: () => undefined, back: () => undefined }));
    try {
      return await describe(db);
    } finally {
      await db.destroy();
    }
  };
  return {
    sqlite: await told({ file: join(folder, 'schema.db') }, sqliteSchema),
    postgres: await told({ url: await postgres.newDatabase() }, postgresSchema),
  };
}
