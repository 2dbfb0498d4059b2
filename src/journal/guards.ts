/** Are the guards still there that make the journal's tables refuse update and delete? Whoever means to change entries takes them away first. */
import { DatabaseSync } from 'node:sqlite';
import { journalMigrations } from './sqlite-entry-store.ts';

/** @returns names of tables and triggers that are missing, changed, or were put in. A journal of an earlier version lacks what came later. */
export function changedGuards(db: DatabaseSync): string[] {
  const applied = new Set(
    db
      .prepare('SELECT id FROM migration')
      .all()
      .map((row) => String(row['id'])),
  );
  const made = new DatabaseSync(':memory:');
  try {
    for (const { id, sql } of journalMigrations) if (applied.has(id)) made.exec(sql);
    const [expected, found] = [guards(made), guards(db)];
    return [...new Set([...expected.keys(), ...found.keys()])].filter(
      (name) => expected.get(name) !== found.get(name),
    );
  } finally {
    made.close();
  }
}

function guards(db: DatabaseSync): Map<string, string> {
  const rows = db
    .prepare(
      "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' AND name <> 'migration' AND sql IS NOT NULL",
    )
    .all();
  return new Map(rows.map((row) => [String(row['name']), String(row['sql'])]));
}
