/**
 * Builds the program to `dist/program`: a few files instead of some seven hundred, which halves the start of a role; after a power cut, and
 * where a virus scanner looks at every file, that is what people wait for. Libraries that are loaded only when they are used stay outside.
 */
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const project = join(import.meta.dirname, '..', '..');

/** Programs of their own, beside the one that starts them: the journal's worker, and the process that speaks to a token. */
const workers = [
  { startedBy: 'src/journal/journal.ts', name: 'commit-worker' },
  { startedBy: 'src/hardware/token/pkcs11/token-process.ts', name: 'token-worker' },
];
const sourceOf = ({ startedBy, name }: (typeof workers)[number]): string =>
  join(project, startedBy, '..', `${name}.ts`);

function workersBesideTheProgram(): Plugin {
  return {
    name: 'workers-beside-the-program',
    // Before anything else rewrites the source.
    enforce: 'pre',
    transform(code, id) {
      const worker = workers.find(({ startedBy }) => id === join(project, startedBy).replaceAll('\\', '/'));
      if (!worker) return null;
      const named = `new URL('./${worker.name}.ts', import.meta.url)`;
      if (!code.includes(named)) throw new Error(`${worker.startedBy} starts its worker in another way`);
      return code.replace(named, `new URL('./${worker.name}.mjs', import.meta.url)`);
    },
  };
}

export default defineConfig({
  root: project,
  plugins: [workersBesideTheProgram()],
  ssr: {
    noExternal: true,
    external: [
      '@cantoo/fontkit',
      '@cantoo/pdf-lib',
      '@cwasm/webp',
      '@simplewebauthn/server',
      'exceljs',
      'koffi',
      'pg-native',
      'pino',
    ],
  },
  build: {
    ssr: true,
    outDir: join(project, 'dist', 'program'),
    emptyOutDir: true,
    target: 'node26',
    // What it says when it fails names the functions as they are written.
    minify: false,
    rollupOptions: {
      input: {
        main: join(project, 'src', 'cli', 'main.ts'),
        ...Object.fromEntries(workers.map((worker) => [worker.name, sourceOf(worker)])),
        // What `main` starts roles with, under a name of its own: the drill starts several seats in one process.
        role: join(project, 'src', 'cli', 'role.ts'),
      },
      output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
    },
  },
});
