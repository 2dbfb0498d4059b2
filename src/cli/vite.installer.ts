/** Builds what an installer runs to `dist/installer/main.mjs`: one file, because an executable carries one. */
import { join } from 'node:path';
import { defineConfig } from 'vite';

const project = join(import.meta.dirname, '..', '..');

export default defineConfig({
  root: project,
  ssr: { noExternal: true },
  build: {
    ssr: true,
    outDir: join(project, 'dist', 'installer'),
    emptyOutDir: true,
    target: 'node26',
    minify: false,
    rollupOptions: {
      input: { main: join(project, 'src', 'cli', 'installer', 'main.ts') },
      output: { entryFileNames: '[name].mjs', codeSplitting: false },
    },
  },
});
