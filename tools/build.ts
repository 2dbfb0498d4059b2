/** Builds program and browser apps to `dist/`, each only when something that it is made of changed since. `--force` builds anyway. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Hex } from '../src/trust/digest.ts';

const root = join(import.meta.dirname, '..');

const parts = [
  { name: 'program', config: 'src/cli/vite.program.ts' },
  { name: 'installer', config: 'src/cli/vite.installer.ts' },
  { name: 'lock', config: 'src/cli/vite.lock.ts' },
  { name: 'seat', config: 'src/ui/vite.seat.ts' },
  { name: 'consoles', config: 'src/ui/vite.consoles.ts', from: ['docs/manuals', 'docs/pictures'] },
];

/** Digest of every source file and of the lockfile: a part is built again when it differs. @param folders further ones, from which it is made as well */
function sources(folders: readonly string[] = []): string {
  const files = ['src', ...folders]
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const digests = [join(root, 'package-lock.json'), ...files].map((file) => sha256Hex(readFileSync(file)));
  return sha256Hex(Buffer.from(digests.join('\n')));
}

/** @returns false when a build failed; what it said is on the console. */
export function build(force = false): boolean {
  const program = sources();
  for (const { name, config, from } of parts) {
    const now = from ? sources(from) : program;
    const mark = join(root, 'dist', `.${name}`);
    if (!force && existsSync(mark) && readFileSync(mark, 'utf8') === now) continue;
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    const done = spawnSync(
      process.execPath,
      [vite, 'build', '--config', join(root, config), '--logLevel', 'warn'],
      {
        cwd: root,
        encoding: 'utf8',
        // Also when a test asks for it: React's development build is twice as large and slow.
        env: { ...process.env, NODE_ENV: 'production' },
      },
    );
    if (done.status !== 0) {
      console.error(done.stdout + done.stderr);
      return false;
    }
    writeFileSync(mark, now);
  }
  return true;
}

if (import.meta.main && !build(process.argv.includes('--force'))) process.exit(1);
