/**
 * Builds the program to `dist/program`: a few files instead of some seven hundred, which halves the start of a role; after a power cut, and
 * where a virus scanner looks at every file, that is what people wait for. Libraries that are loaded only when they are used stay outside.
 */
import { join } from 'node:path';
import { defineConfig } from 'vite';
import { project, workersBesideTheProgram, workerSources } from './build-workers.ts';

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
      // Starts threads from a file of its own.
      'piscina',
      'sharp',
      // Asks for native parts that need not be there, by `require`.
      'ssh2',
      // Its program lies in its own folder.
      'zxing-wasm',
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
        ...workerSources,
        // What `main` starts roles with, under a name of its own: the drill starts several seats in one process.
        role: join(project, 'src', 'cli', 'role.ts'),
      },
      output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
    },
  },
});
