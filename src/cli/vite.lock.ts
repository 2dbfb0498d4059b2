/** Builds the lock helper to `dist/lock`: what the centre offers for any computer, without the code of the roles. */
import { join } from 'node:path';
import { defineConfig } from 'vite';
import { project, workersBesideTheProgram, workerSources } from './build-workers.ts';

export default defineConfig({
  root: project,
  plugins: [workersBesideTheProgram()],
  ssr: { noExternal: true, external: ['koffi'] },
  build: {
    ssr: true,
    outDir: join(project, 'dist', 'lock'),
    emptyOutDir: true,
    target: 'node26',
    minify: false,
    rollupOptions: {
      input: {
        main: join(project, 'src', 'cli', 'lock', 'main.ts'),
        'token-worker': workerSources['token-worker'],
      },
      output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
    },
  },
});
