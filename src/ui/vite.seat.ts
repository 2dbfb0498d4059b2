/** Builds the candidate's screen to `dist/seat`: one page, no fonts or files from elsewhere. */
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from './vite.compressed.ts';

const project = join(import.meta.dirname, '..', '..');

export default defineConfig({
  root: join(project, 'src', 'seat', 'screens'),
  base: './',
  plugins: [react(), compressed()],
  build: {
    outDir: join(project, 'dist', 'seat'),
    emptyOutDir: true,
    // The oldest browsers that exam rooms still have show MathML natively from here on.
    target: ['chrome109', 'firefox115', 'safari16'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
