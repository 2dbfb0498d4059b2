/** Programs of their own, beside the one that starts them: the journal's worker, the process that speaks to a token, the threads that read scans and tables. */
import { join } from 'node:path';
import type { Plugin } from 'vite';

export const project = join(import.meta.dirname, '..', '..');

const startedBy = {
  'commit-worker': 'src/journal/journal.ts',
  'token-worker': 'src/hardware/token/pkcs11/token-process.ts',
  'page-worker': 'src/recognise/pool.ts',
  'table-worker': 'src/node/read-table/read-table.ts',
} as const;
const workers = Object.entries(startedBy).map(([name, file]) => ({ name, file }));

/** By name, the source that each is built from. */
export const workerSources = Object.fromEntries(
  workers.map(({ name, file }) => [name, join(project, file, '..', `${name}.ts`)]),
) as Readonly<Record<keyof typeof startedBy, string>>;

export function workersBesideTheProgram(): Plugin {
  return {
    name: 'workers-beside-the-program',
    // Before anything else rewrites the source.
    enforce: 'pre',
    transform(code, id) {
      const worker = workers.find(({ file }) => id === join(project, file).replaceAll('\\', '/'));
      if (!worker) return null;
      const named = `new URL('./${worker.name}.ts', import.meta.url)`;
      if (!code.includes(named)) throw new Error(`${worker.file} starts its worker in another way`);
      return code.replace(named, `new URL('./${worker.name}.mjs', import.meta.url)`);
    },
  };
}
