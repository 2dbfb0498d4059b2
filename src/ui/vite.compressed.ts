/** Lays a smaller copy beside each file of a build, which the web server gives to browsers that take it. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const kinds = /\.(js|css|html|svg|json)$/;

export function compressed(): Plugin {
  let folder = '';
  return {
    name: 'compressed',
    configResolved(config) {
      folder = config.build.write ? config.build.outDir : '';
    },
    async closeBundle() {
      if (folder === '') return;
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile() && kinds.test(entry.name));
      await Promise.all(files.map((entry) => compress(join(entry.parentPath, entry.name))));
    },
  };
}

async function compress(file: string): Promise<void> {
  const content = await readFile(file);
  const smaller = {
    '.br': await promisify(brotliCompress)(content, {
      params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
    }),
    '.gz': await promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }),
  };
  for (const [ending, bytes] of Object.entries(smaller)) await writeFile(file + ending, bytes);
}
