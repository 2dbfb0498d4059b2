import { existsSync, mkdtempSync, openAsBlob, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { FileReference } from '../../src/exam/paper/response.ts';
import { fileSha256Hex, sha256Hex } from '../../src/trust/digest.ts';
import { isAnswering, password, startExam, type Exam } from '../../tools/exam-day/exam.ts';
import {
  endAndReport,
  everyInteraction,
  keepAnswerFile,
  takeAnswerFiles,
  takeSeat,
} from '../../tools/exam-day/exam-day.ts';
import { refusalIn, until, type RoleProcess } from '../../tools/exam-day/process.ts';

let exam: Exam | undefined;
const data = mkdtempSync(join(tmpdir(), 'invigil-file-'));

afterEach(async () => {
  await exam?.close();
  rmSync(data, { recursive: true, force: true });
});

/** More than a process needs for its work beside it (memory of 64 MB is given back only now and then), so that one whole copy would show. */
const large = 128_000_000;

/** The most memory that a process ever held, bytes; 0 where the system does not tell. */
function mostMemory(one: RoleProcess): number {
  const status = `/proc/${one.child?.pid}/status`;
  if (!existsSync(status)) return 0;
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8'))?.[1] ?? 0) * 1024;
}

test("a candidate's large file survives a room that lost it and a move to another seat, and passes through no memory whole", async () => {
  const drawing = join(data, 'large.tif');
  writeFileSync(drawing, Buffer.alloc(large, 'a large drawing; '));
  exam = await startExam({ seats: 2, until: 'answering', packageFile: everyInteraction });
  const { centre, site, room, sessionId, projectId } = exam;
  const [one, two] = exam.seats as [Exam['seats'][number], Exam['seats'][number]];
  const { instance } = await one.call.sitting.paper();
  const item = instance.items.find((entry) => entry.item.responses[0]?.baseType === 'file')?.identifier ?? '';
  const blobs = join(exam.data('room'), 'blobs');
  const inRoom = (file: FileReference): string => join(blobs, file.digest.slice(0, 2), file.digest);

  // An answer cannot name what is not here.
  const invented = { file: { digest: 'a'.repeat(64), name: 'x', mediaType: '', size: 1 } };
  const refused = await one.call.sitting
    .answer({ item, responses: { RESPONSE: invented } })
    .catch((error: unknown) => refusalIn(error)?.type);
  expect(refused).toBe('file-missing');

  const tiers = (['seat-1', 'room', 'site', 'centre'] as const).map(exam.process);
  const memoryBefore = tiers.map(mostMemory);
  // The room's disk loses the file after it came: the hand-in brings it again.
  const first = await keepAnswerFile(one, 'large.tif', await openAsBlob(drawing));
  await one.call.sitting.answer({ item, responses: { RESPONSE: first } });
  await until('the file in the room', () => Promise.resolve(existsSync(inRoom(first.file))));
  rmSync(inRoom(first.file));
  await until('a hand-in', async () => {
    const done = await one.call.sitting.handIn().catch((error: unknown) => {
      if (refusalIn(error)?.type !== 'answers-still-on-their-way') throw error;
      return null;
    });
    return done?.phase === 'handed-in';
  });
  expect(existsSync(inRoom(first.file))).toBe(true);

  // A seat breaks after its file came; at another seat the answer stands, and may be said again.
  const second = await keepAnswerFile(two, 'small.txt', new Blob(['a few words']));
  await two.call.sitting.answer({ item, responses: { RESPONSE: second } });
  await until('nothing pending', async () => (await two.call.state.get()).pending === 0);
  await exam.process('seat-2').kill();
  const sitting = (await room.call.board.get()).sittings.find((entry) => entry.admissionNumber === '1000002');
  await room.call.sitting.resume({ sittingIds: [sitting?.sittingId ?? ''], reason: 'broken' });
  const three = await exam.addSeat('seat-3');
  await takeSeat(three, '1000002');
  await isAnswering(three);
  expect((await three.call.sitting.paper()).responses[item]).toEqual({ RESPONSE: second });
  await three.call.sitting.answer({ item, responses: { RESPONSE: second } });
  expect((await three.call.sitting.handIn()).phase).toBe('handed-in');

  await endAndReport(site, room, {
    sessionId,
    roomPassword: password,
    backupFolder: join(data, 'stick'),
  });
  const taken = await takeAnswerFiles(centre, projectId);
  expect(taken.map((file) => [file.fileName, sha256Hex(file.content)])).toEqual([
    ['1000001_large.tif', first.file.digest],
    ['1000002_small.txt', second.file.digest],
  ]);
  expect(first.file.digest).toBe(await fileSha256Hex(drawing));
  const grown = tiers.map((one, i) => ({ role: one.role, by: mostMemory(one) - (memoryBefore[i] ?? 0) }));
  expect(grown.filter(({ by }) => by >= large)).toEqual([]);
});
