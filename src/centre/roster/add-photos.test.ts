import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { zipOf } from '../../exam/paper/package.fixture.ts';
import { photoLimit } from '../../exam/roster/photos.ts';
import { makeProject, openTestCentre, type TestCentre } from '../centre.fixture.ts';
import { createProject } from '../project/projects.ts';
import { addPhotos } from './add-photos.ts';
import { photoOf } from './candidates.ts';

let centre: TestCentre;
beforeAll(async () => {
  centre = await openTestCentre('file');
});
afterAll(() => centre.close());

function jpeg(mark: number, size = 20): Uint8Array {
  const bytes = new Uint8Array(size).fill(mark);
  bytes.set([0xff, 0xd8, 0xff, 0xe0]);
  return bytes;
}

test('photos of a folder are kept one by one: right ones stay, and each other is named with its reason', async () => {
  const { projectId } = await makeProject(centre, 'P1');
  const add = async (files: Record<string, Uint8Array>) =>
    expectOk(
      await addPhotos(
        centre.centre,
        projectId,
        await Promise.all(Object.entries(files).map(([name, content]) => centre.file(name, content))),
        'admin',
      ),
    );
  const first = await add({
    '1001.jpg': jpeg(1),
    '1002.JPG': jpeg(2),
    '9999.jpg': jpeg(3),
    '1003.jpg': jpeg(4, photoLimit + 1),
    'notes.txt': new TextEncoder().encode('hello'),
  });
  expect(first).toMatchObject({ kept: 2, same: 0, replacedInAll: 0, wrongInAll: 3 });
  expect(first.wrong.map(({ name, reason }) => `${name} ${reason.type}`).toSorted()).toEqual([
    '1003.jpg photo-too-large',
    '9999.jpg photo-of-nobody-here',
    'notes.txt photo-not-a-picture',
  ]);
  // The same again changes nothing, another one takes its place and says so.
  const again = await add({ '1001.jpg': jpeg(1), '1002.jpg': jpeg(9) });
  expect(again).toMatchObject({ kept: 1, same: 1, replaced: ['1002'], wrongInAll: 0 });
  const photo = await photoOf(centre.centre, projectId, '1002', null);
  expect(photo).toBe(`data:image/jpeg;base64,${Buffer.from(jpeg(9)).toString('base64')}`);
});

test('of two photos of one candidate neither is taken, in a ZIP as well', async () => {
  const { projectId } = await makeProject(centre, 'P2');
  const zip = await centre.file(
    'photos.zip',
    await zipOf({ 'a/1001.jpg': jpeg(1), 'b/1001.png': jpeg(2), 'a/1002.jpg': jpeg(3) }),
  );
  const report = expectOk(await addPhotos(centre.centre, projectId, [zip], 'admin'));
  expect(report).toMatchObject({ kept: 1, wrong: [{ name: 'b/1001.png', reason: { type: 'photo-twice' } }] });
  expect(await photoOf(centre.centre, projectId, '1001', null)).toBeNull();
});

test('a damaged ZIP, and photos before any roster, are refused', async () => {
  const { projectId } = expectOk(
    await createProject(centre.centre, { code: 'P3', name: 'P3', mode: 'mock', supportPhone: '' }),
  );
  const damaged = await centre.file('x.zip', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0));
  expect(await addPhotos(centre.centre, projectId, [damaged], 'a')).toMatchObject({
    refusal: { type: 'roster-zip-unreadable' },
  });
  const photo = await centre.file('1.jpg', jpeg(1));
  expect(await addPhotos(centre.centre, projectId, [photo], 'a')).toMatchObject({
    refusal: { type: 'photos-without-roster' },
  });
});
