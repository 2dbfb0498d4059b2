/**
 * Builds the program to `dist/program`: a few files instead of some seven hundred, which halves the start of a role; after a power cut, and
 * where a virus scanner looks at every file, that is what people wait for. Libraries that are loaded only when they are used stay outside.
 */
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

const project = join(import.meta.dirname, '..', '..');
const worker = join(project, 'src', 'journal', 'commit-worker.ts');

/** The journal's worker is a program of its own, beside the one that starts it. */
function workerBesideTheProgram(): Plugin {
  return {
    name: 'worker-beside-the-program',
    // Before anything else rewrites the source.
    enforce: 'pre',
    transform(code, id) {
      if (id !== join(project, 'src', 'journal', 'journal.ts').replaceAll('\\', '/')) return null;
      const named = "new URL('./commit-worker.ts', import.meta.url)";
      if (!code.includes(named)) throw new Error('the journal starts its worker in another way');
      return code.replace(named, "new URL('./commit-worker.mjs', import.meta.url)");
    },
  };
}

export default defineConfig({
  root: project,
  plugins: [workerBesideTheProgram()],
  ssr: {
    noExternal: true,
    external: ['@cantoo/fontkit', '@cantoo/pdf-lib', '@cwasm/webp', 'exceljs', 'pg-native', 'pino'],
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
        'commit-worker': worker,
        // What `main` starts roles with, under a name of its own: the drill starts several seats in one process.
        role: join(project, 'src', 'cli', 'role.ts'),
      },
      output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
    },
  },
});
