// Runs on the machine's own Node (20 or newer): installs what is missing, only when the lockfile changed.
// `--test` also brings what the browser journeys need.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawn, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const stamp = join(root, 'node_modules', '.invigil-setup');
const wanted = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

/** @returns its exit code, or null when it could not be started */
function run(command, args, options = {}) {
  const child = spawn(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', resolve);
  });
}

async function installPackages() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing packages (npm ci) …');
  const status = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (status !== 0) {
    console.error('npm ci failed. Check the connection to the package registry and try again.');
    process.exit(status ?? 1);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

const present = (name) => spawnSync('which', [name], { stdio: 'ignore' }).status === 0;
// Without windows: the same engine, smaller to bring and quicker to run. Any other Chromium will do.
const browser = 'chromium-headless-shell';
/** Tests are made with them too: other people's programs open what this one sealed, and tokens are as they are on the market. */
const further = [
  { program: 'age', name: 'age' },
  { program: 'softhsm2-util', name: 'softhsm2' },
];
const canBrowse = () => Boolean(process.env.CHROMIUM) || present(browser) || present('chromium');

async function installTools() {
  if (process.platform !== 'linux') return;
  const missing = [
    ...(canBrowse() ? [] : [browser]),
    ...further.filter(({ program }) => !present(program)).map(({ name }) => name),
  ];
  if (missing.length === 0) return;
  if (process.getuid() === 0 && present('apt-get')) {
    console.log(`Installing ${missing.join(', ')} with apt-get …`);
    const get = (...args) =>
      run('apt-get', args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: 'ignore' });
    const install = (packages) =>
      get('install', '-q', '-y', '--no-install-recommends', ...packages, 'fonts-noto-cjk');
    await get('update', '-q');
    await install(missing);
    // Older releases have it with windows only.
    if (!canBrowse()) await install(missing.map((name) => (name === browser ? 'chromium' : name)));
  }
  if (!canBrowse()) {
    console.error(
      'The browser journeys need Chromium: install the package "chromium-headless-shell" or "chromium", or set CHROMIUM to the path of a Chromium or Chrome.',
    );
    process.exit(1);
  }
  for (const { program, name } of further)
    if (!present(program))
      console.warn(`Not installed: ${name}. The tests that need it say so and are left out.`);
}

await Promise.all([installPackages(), process.argv.includes('--test') ? installTools() : undefined]);
