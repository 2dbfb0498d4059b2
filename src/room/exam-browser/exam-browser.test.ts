import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { roomOptionsSchema, startRoom } from '../main.ts';
import { fileOfStopped } from './file-of-stopped.ts';

const folder = mkdtempSync(join(tmpdir(), 'invigil-exam-browser-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the file of a stopped room is the same whenever it is written, and never over another one', async () => {
  const data = join(folder, 'room');
  const room = expectOk(
    await startRoom(roomOptionsSchema.parse({ data, port: 0, exchangePort: 0, logLevel: 'silent' }), () =>
      Promise.reject(new Error('a room with a site has none of its own')),
    ),
  );
  const running = await fileOfStopped({ data, to: join(folder, 'a.seb'), password: null });
  expect(running).toMatchObject({ ok: false, refusal: { type: 'data-folder-in-use' } });
  await room.close();
  const first = expectOk(await fileOfStopped({ data, to: join(folder, 'a.seb'), password: null }));
  const second = expectOk(await fileOfStopped({ data, to: join(folder, 'b.seb'), password: 'open sesame' }));
  expect(first.quitPassword).toMatch(/^[0-9a-z]{12,}$/);
  expect({ ...second, file: first.file }).toEqual(first);
  expect(gunzipSync(readFileSync(first.file)).subarray(0, 4).toString()).toBe('plnd');
  expect(gunzipSync(readFileSync(second.file)).subarray(0, 4).toString()).toBe('pswd');
  const over = await fileOfStopped({ data, to: first.file, password: null });
  expect(over).toMatchObject({ ok: false, refusal: { type: 'cannot-write-file' } });
  const elsewhere = await fileOfStopped({ data: join(folder, 'none'), to: 'x', password: null });
  expect(elsewhere).toMatchObject({ ok: false, refusal: { type: 'no-room-here' } });
});
