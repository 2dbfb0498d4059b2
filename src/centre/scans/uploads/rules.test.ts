/** Every rule for archives and scans, from a real packer's file to the words in the row: in each language, with what to do. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectOk } from '../../../base/result.ts';
import { en } from '../../../ui/strings/en/index.ts';
import { ru } from '../../../ui/strings/ru/index.ts';
import { zh } from '../../../ui/strings/zh/index.ts';
import { makeProject, openTestCentre, type TestCentre } from '../../centre.fixture.ts';
import { makeEvent, registerKits } from '../scans.fixture.ts';
import { uploadPage } from './upload-list.ts';
import { takeArchive } from './uploads.ts';
import { pageOfKit, zipOf } from './uploads.fixture.ts';

let here: TestCentre;
let projectId: string;
const folder = mkdtempSync(join(tmpdir(), 'invigil-rules-'));
const inside = join(folder, 'scans');

beforeAll(async () => {
  here = await openTestCentre('file');
  ({ projectId } = await makeProject(here));
  const event = await makeEvent(here.centre, projectId);
  await registerKits(here.centre, event, { site: 'S1', room: 'S1-R1', from: 1, to: 2 });
  mkdirSync(join(inside, 'room'), { recursive: true });
  for (const place of [0, 1]) writeFileSync(join(inside, 'room', `${place}.jpg`), await pageOfKit(1, place));
});
afterAll(async () => {
  await here.close();
  rmSync(folder, { recursive: true, force: true });
});

function installed(program: string): boolean {
  try {
    execFileSync(program, program === '7z' ? ['i'] : ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** @returns what stands in the row, and what each page says */
async function uploaded(content: Uint8Array, fileName = 'room.zip', password?: string) {
  const { centre } = here;
  const { path } = await here.file('given', content);
  const { uploadId } = expectOk(
    await takeArchive(centre, {
      projectId,
      path,
      fileName,
      way: 'package',
      account: 'a',
      limit: null,
      password,
    }),
  );
  await centre.scanReader.idle();
  const { rows } = await uploadPage(
    centre,
    { projectId, search: '', show: 'all', offset: 0, limit: 200 },
    null,
  );
  const row = rows.find(({ id }) => id === uploadId);
  const scans = await centre.db
    .selectFrom('scan')
    .select('reading_json')
    .where('upload_id', '=', uploadId)
    .orderBy('position')
    .execute();
  const pages = scans.map(({ reading_json }) => {
    const { problem } = JSON.parse(reading_json) as { problem: { type: string } | null };
    return problem?.type ?? null;
  });
  const [state, problem] = [row?.state, row?.problem?.type ?? null];
  for (const type of [problem, ...pages, ...(row?.warnings.map((one) => one.type) ?? [])])
    if (type !== null) isSaid(type);
  return { state, problem, pages, warnings: row?.warnings.map(({ type }) => type) };
}

/** What happened, and what to do. */
function isSaid(type: string): void {
  for (const texts of [en, ru, zh] as Readonly<Record<string, string>>[])
    expect([type, texts[`refusal.${type}`]]).toEqual([type, expect.stringMatching(/.\|./)]);
}

function packed(program: string, args: readonly string[], name: string): Uint8Array {
  const path = join(folder, `${Math.random().toString(36).slice(2)}${name}`);
  execFileSync(
    program,
    args.map((one) => (one === 'OUT' ? path : one)),
    { cwd: inside, stdio: 'ignore' },
  );
  return readFileSync(path);
}

const read = { state: 'read', problem: null, warnings: [] };
const notHere = (program: string): string => (installed(program) ? '' : ` (${program} is not installed)`);

test.skipIf(!installed('zip')).each([
  ['as it is', ['-q', '-r', 'OUT', 'room'], undefined],
  ['with the old encryption', ['-q', '-r', '-P', 'secret-1', 'OUT', 'room'], 'secret-1'],
])(`a ZIP of Info-ZIP, %s${notHere('zip')}`, async (_, args, password) => {
  const archive = packed('zip', args, '.zip');
  expect((await uploaded(archive, 'a.zip', password)).state).toBe('read');
  if (password === undefined) return;
  expect(await uploaded(archive)).toMatchObject({ state: 'password', problem: 'archive-password-missing' });
  expect(await uploaded(archive, 'a.zip', 'wrong')).toMatchObject({
    state: 'password',
    problem: 'archive-password-wrong',
  });
});

test.skipIf(!installed('7z'))(`a ZIP of 7-Zip with AES-256, and what is none${notHere('7z')}`, async () => {
  const aes = packed('7z', ['a', '-tzip', '-mem=AES256', '-psecret-2', 'OUT', 'room'], '.zip');
  expect(await uploaded(aes)).toMatchObject({ state: 'password', problem: 'archive-password-missing' });
  expect(await uploaded(aes, 'a.zip', 'wrong')).toMatchObject({ problem: 'archive-password-wrong' });
  expect((await uploaded(aes, 'a.zip', 'secret-2')).state).toBe('read');
  const other = packed('7z', ['a', 'OUT', 'room'], '.7z');
  expect(await uploaded(other)).toMatchObject({ state: 'refused', problem: 'archive-other-format' });
  const path = join(folder, 'volumes.zip');
  execFileSync('7z', ['a', '-tzip', '-v100k', path, 'room'], { cwd: inside, stdio: 'ignore' });
  expect(await uploaded(readFileSync(`${path}.001`), 'volumes.zip.001')).toMatchObject({
    state: 'refused',
    problem: 'archive-multi-part',
  });
});

test.skipIf(!installed('zip'))(`a ZIP of Info-ZIP in several parts${notHere('zip')}`, async () => {
  const path = join(folder, 'parts.zip');
  execFileSync('zip', ['-q', '-r', '-s', '64k', path, 'room'], { cwd: inside, stdio: 'ignore' });
  for (const part of ['parts.zip', 'parts.z01'])
    expect([part, await uploaded(readFileSync(join(folder, part)), 'renamed.zip')]).toMatchObject([
      part,
      { state: 'refused', problem: 'archive-multi-part' },
    ]);
});

test.each<[string, () => Uint8Array, string]>([
  ['a RAR', () => Buffer.from('Rar!\u001a\u0007\u0001'), 'archive-other-format'],
  ['a PDF', () => Buffer.from('%PDF-1.7'), 'archive-other-format'],
  ['nothing', () => new Uint8Array(), 'archive-empty'],
  ['half an archive', () => Buffer.from('PK\u0003\u0004 and so on'), 'archive-damaged'],
])('%s is refused as a whole', async (_, content, problem) => {
  expect(await uploaded(content())).toMatchObject({ state: 'refused', problem, pages: [] });
});

test('a file that is no page is refused by itself, by what it is, and the others are read', async () => {
  const page = await pageOfKit(2, 0);
  const of = sharp(page);
  const coarse = await sharp(page).resize({ width: 500 }).jpeg().toBuffer();
  const fine = await of
    .clone()
    .tiff({ compression: 'lzw', xres: 200 / 25.4, yres: 200 / 25.4 })
    .toBuffer();
  const inner = await zipOf([['1.jpg', page]]);
  const found = await uploaded(
    await zipOf([
      ['room/1.pdf', Buffer.from('%PDF-1.7')],
      ['room/2.bmp', Buffer.from('BM0000')],
      ['room/3.png', await of.clone().png().toBuffer()],
      ['room/4.jpg', coarse],
      ['room/5.tif', await of.clone().tiff({ compression: 'deflate' }).toBuffer()],
      ['room/6.jpg', page.slice(0, 9_000)],
      ['room/7.jpg', new Uint8Array()],
      ['room/8.zip', inner],
      ['room/9.tif', fine],
    ]),
  );
  expect(found).toEqual({
    ...read,
    pages: [
      'image-other-format',
      'image-other-format',
      'image-other-format',
      'image-resolution',
      'image-compression',
      'image-cut-short',
      'image-empty',
      'archive-in-folder',
      null,
    ],
  });
  const atTop = await uploaded(await zipOf([['inner.zip', inner]]));
  expect(atTop.pages).toEqual(['archive-in-archive']);
});

test('several folders are a warning: one room, one folder', async () => {
  const content = await zipOf([
    ['a/1.jpg', await pageOfKit(1, 0)],
    ['b/1.jpg', await pageOfKit(1, 1)],
  ]);
  expect((await uploaded(content)).warnings).toEqual(['archive-several-folders']);
});
