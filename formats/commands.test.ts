import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const scratch = mkdtempSync(join(tmpdir(), 'format-commands-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const tools = ['bash', 'age', 'tar', 'jq', 'openssl', 'basenc', 'sha256sum'];
const absent = tools.filter((tool) => spawnSync(tool, ['--version']).error !== undefined);
const formats = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .map((one) => one.name)
  .filter((format) => existsSync(join(import.meta.dirname, format, 'README.md')));

/** Commands of a page, each with what it says that they print. */
function examples(format: string): { commands: string; prints: string }[] {
  const page = readFileSync(join(import.meta.dirname, format, 'README.md'), 'utf8');
  return [...page.matchAll(/```sh\n(.*?)```\n\n```text\n(.*?)```/gs)].map(
    ([, commands = '', prints = '']) => ({
      commands,
      prints,
    }),
  );
}

test.skipIf(absent.length > 0).each(formats)(
  `the commands of the page on %s print what it says${absent.length > 0 ? ` (skipped: no ${absent.join(', ')} here)` : ''}`,
  (format) => {
    for (const { commands, prints } of examples(format)) {
      const ran = spawnSync('bash', ['-euo', 'pipefail', '-c', commands], {
        cwd: join(import.meta.dirname, format),
        env: { ...process.env, TMP: scratch, LC_ALL: 'C.UTF-8' },
        encoding: 'utf8',
      });
      expect({ commands, said: ran.stderr, printed: ran.stdout.trimEnd() }).toMatchObject({
        commands,
        printed: prints.trimEnd(),
      });
    }
  },
);
