// Runs on the machine's own Node (20 or newer): installs what is missing, only when the lockfile changed.
// `--test` also brings what the browser journeys need.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const stamp = join(root, 'node_modules', '.invigil-setup');
const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

function run(command, args, options = {}) {
  return spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  }).status;
}

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  console.log('Installing packages (npm ci) …');
  const status = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (status !== 0) {
    console.error('npm ci failed. Check the connection to the package registry and try again.');
    process.exit(status ?? 1);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

if (process.argv.includes('--test')) {
  const present = (name) => spawnSync('which', [name], { stdio: 'ignore' }).status === 0;
  const missing = [];
  if (!present('chromium') && !process.env.CHROMIUM && process.platform === 'linux') missing.push('chromium');
  if (!present('age') && process.platform === 'linux') missing.push('age');
  if (missing.length > 0) {
    const canInstall = process.getuid?.() === 0 && present('apt-get');
    if (canInstall) {
      console.log(`Installing ${missing.join(', ')} with apt-get …`);
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      run('apt-get', ['update', '-q'], { env, stdio: 'ignore' });
      run('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...missing, 'fonts-noto-cjk'], {
        env,
        stdio: 'ignore',
      });
    }
    const still = missing.filter((name) => !present(name));
    if (still.includes('chromium')) {
      console.error(
        'The browser journeys need Chromium: install the package "chromium", or set CHROMIUM to the path of a Chromium or Chrome.',
      );
      process.exit(1);
    }
    if (still.length > 0)
      console.warn(`Not installed: ${still.join(', ')}. The tests that need it say so and are left out.`);
  }
}
