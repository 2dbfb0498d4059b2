#!/usr/bin/env node
// Starts the program on the Node that the lockfile brings, whatever Node called this.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const own = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
if (!existsSync(own)) {
  console.error('Not installed yet: run "npm ci" in the program\'s folder first.');
  process.exit(1);
}
// A third of the start is compiling: after a power cut, the second start should not do it again. In the program's own folder, because in
// one that others may write to they could put code of theirs. Where it cannot be written, nothing is kept.
const compiled = join(root, 'node_modules', '.cache', 'compiled');
// As built, or from its source, which takes longer to start.
const built = join(root, 'dist', 'program', 'main.mjs');
const program = existsSync(built) ? built : join(root, 'src', 'cli', 'main.ts');
const child = spawn(own, [program, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  shell: process.platform === 'win32',
});
process.on('SIGTERM', () => child.kill('SIGTERM'));
// Ctrl-C at a terminal reaches the program by itself; said twice, a program that asks back would take it for two.
process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
