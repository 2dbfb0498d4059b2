import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** A process of its own: what the library makes of the answer depends on what was loaded there before. */
const script = `
  import { createServer } from 'node:http';
  import { getRequestListener } from '@hono/node-server';
  getRequestListener(() => new Response());
  const { answered } = await import('./answered.ts');
  const listener = getRequestListener((_, { outgoing }) => {
    outgoing.writeHead(200).end('by hand');
    return answered();
  });
  const server = createServer(listener).listen(0, '127.0.0.1', async () => {
    const url = 'http://127.0.0.1:' + server.address().port;
    for (let n = 0; n < 2; n++) console.log(await (await fetch(url)).text());
    process.exit();
  });
`;

test('a route that answers by hand is let alone, also when a server ran before its module was loaded', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: join(import.meta.dirname),
    encoding: 'utf8',
  });
  expect({ stdout, stderr }).toEqual({ stdout: 'by hand\nby hand\n', stderr: '' });
});
