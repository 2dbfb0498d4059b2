/** Lays the manuals into each console's build, as pages that its web server gives out like the rest: no network, no script. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { manualFile, manualsOfConsole, type ManualName } from './manuals.ts';
import { manualPage } from './manual-page.ts';
import { readManuals } from './read-manuals.ts';

/** @param out folder with one folder for each console */
export function manuals(root: string, out: string): Plugin {
  return {
    name: 'manuals',
    async closeBundle() {
      const all = readManuals(root);
      for (const [role, names] of Object.entries<readonly ManualName[]>(manualsOfConsole)) {
        const folder = join(out, role, 'manuals');
        await mkdir(folder, { recursive: true });
        const here = all.filter(({ name }) => names.includes(name));
        for (const manual of here)
          await writeFile(
            join(folder, manualFile(manual.name, manual.language)),
            manualPage(manual, here, ({ name, language }) => manualFile(name, language)),
          );
      }
    },
  };
}
