import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { expectOk } from '../../base/result.ts';
import { openNode } from '../../node/node.ts';
import { keepToThisComputer } from './own-data.ts';
import { sameComputer } from './same-computer.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'invigil-identity-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const here = { system: 'm1', hardware: ['mac 1', 'board 1'] };

test.each([
  ['the same', here, true],
  ['another network card', { system: 'm1', hardware: ['mac 9', 'board 1'] }, true],
  ['a system that was installed anew', { system: 'm2', hardware: here.hardware }, true],
  ['the disk in, or copied to, another computer', { system: 'm1', hardware: ['mac 2', 'board 2'] }, false],
  ['hardware that does not tell', { system: 'm1', hardware: [] }, true],
  ['another system, and hardware that does not tell', { system: 'm2', hardware: [] }, false],
  ['nothing known', { system: '', hardware: [] }, true],
])('is it the same computer? %s', (_, now, same) => {
  expect(sameComputer(here, now)).toBe(same);
});

/** The seat's id and its public key, as its program would start there. */
async function start(data: string, computer: typeof here): Promise<{ aside: string | null; who: string }> {
  const aside = expectOk(keepToThisComputer(data, computer));
  const node = expectOk(await openNode({ role: 'seat', data, logLevel: 'silent', clock: systemClock }));
  const who = `${node.id} ${node.keys.signing.publicKey}`;
  await node.close();
  return { aside, who };
}

test('data that were copied to another computer give it an identity of its own, and are kept aside', async () => {
  const original = join(folder, 'original');
  const { who } = await start(original, here);
  writeFileSync(join(original, 'invigil.json'), '{"room":"192.0.2.1:7431"}');
  expect(await start(original, here)).toEqual({ aside: null, who });

  const copy = join(folder, 'copy');
  cpSync(original, copy, { recursive: true });
  const other = { system: 'm1', hardware: ['mac 2'] };
  const copied = await start(copy, other);
  expect(copied.who).not.toBe(who);
  expect(copied.aside).toBe(`${copy}-of-another-computer`);
  expect(readFileSync(join(copy, 'invigil.json'), 'utf8')).toContain('192.0.2.1');
  // Whatever answers the copied data held are there still.
  expect(existsSync(join(copied.aside ?? '', 'journal.db'))).toBe(true);
  expect(await start(copy, other)).toEqual({ aside: null, who: copied.who });
  expect((await start(original, here)).who).toBe(who);
});

test('a card that is taken out for a while is not forgotten', async () => {
  const data = join(folder, 'seat');
  await start(data, here);
  await start(data, { system: 'm1', hardware: [] });
  expect((await start(data, { system: 'm9', hardware: ['mac 2'] })).aside).not.toBeNull();
});

test.each(['', '{', '{"format":2}'])(
  'a file that says nothing (%j) is no reason to begin anew',
  async (text) => {
    const data = join(folder, 'seat');
    const { who } = await start(data, here);
    writeFileSync(join(data, 'computer.json'), text);
    expect(await start(data, here)).toEqual({ aside: null, who });
  },
);
