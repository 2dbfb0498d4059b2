/** Builds the consoles of centre, site, room and station: one self-contained folder each under dist/consoles. */
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { manuals } from './manuals/vite.manuals.ts';

const roles = ['centre', 'site', 'room', 'station'] as const;
const project = join(import.meta.dirname, '..', '..');
const out = join(project, 'dist', 'consoles');

/** Each role's web server serves only its own folder, so the shared chunks are laid into each of them. */
function layAssetsIntoEveryRole(): Plugin {
  return {
    name: 'lay-assets-into-every-role',
    async closeBundle() {
      for (const role of roles)
        await cp(join(out, 'assets'), join(out, role, 'assets'), { recursive: true, force: true });
      await rm(join(out, 'assets'), { recursive: true, force: true });
    },
  };
}

export default defineConfig({
  root: join(import.meta.dirname, 'entries'),
  base: './',
  plugins: [react(), layAssetsIntoEveryRole(), manuals(project, out)],
  build: {
    outDir: out,
    emptyOutDir: true,
    // The consoles' content security policy allows no inline scripts and no data: fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rollupOptions: {
      input: Object.fromEntries(
        roles.map((role) => [role, join(import.meta.dirname, 'entries', role, 'index.html')]),
      ),
    },
  },
});
