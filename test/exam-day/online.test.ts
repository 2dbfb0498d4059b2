import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { expectOk } from '../../src/base/result.ts';
import { verifyDossier } from '../../src/cli/verify-dossier.ts';
import { verifyRoomEvidence } from '../../src/cli/verify-room-evidence.ts';
import { descendants } from '../../src/exam/paper/element.ts';
import { randomFrom } from '../../src/exam/paper/instance.ts';
import type { ItemResponses, ResponseValue } from '../../src/exam/paper/response.ts';
import { inspectParcel } from '../../src/parcel/parcel.ts';
import { startTestStore } from '../../src/store/s3.fixture.ts';
import { sha256Hex } from '../../src/trust/digest.ts';
import { loadOrCreateNodeKeys } from '../../src/trust/keys.ts';
import { answersTo } from '../../tools/drill/answers-to.ts';
import { isAnswering, startExam, type Exam } from '../../tools/exam-day/exam.ts';
import { everyInteraction, keepAnswerFile, takeAnswerFiles } from '../../tools/exam-day/exam-day.ts';
import { startPostgres } from '../../tools/postgres/postgres.ts';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** Of the first candidate: as good as one for everything but looking at it. */
const photo = new Uint8Array(Buffer.from('\xff\xd8\xff\xe0 a face', 'latin1'));
const photoUrl = `data:image/jpeg;base64,${Buffer.from(photo).toString('base64')}`;

/** Larger than one piece of anything on its way, and different for each candidate. */
function drawing(candidate: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.alloc(9_000_000, `candidate ${candidate} drew this; `));
}

// Every other journey has its centre on SQLite and files.
test('an exam day online, the centre on PostgreSQL and an S3-compatible store: what candidates gave at their seats is what the centre has', async () => {
  const postgres = await startPostgres();
  closing.push(() => postgres.close());
  const store = await startTestStore();
  closing.push(() => store.close());
  const exam = await startExam({
    hosted: ['site', 'room', 'seat-1', 'seat-2'],
    seats: 2,
    until: 'sign-in',
    packageFile: everyInteraction,
    beside: { 'photos/1000001.jpg': photo },
    roster: { sessions: 2, sites: ['S1', 'S2'], roomsPerSite: 2, candidatesPerRoom: 3 },
    policy: { countdownS: 1 },
    options: { centre: { database: await postgres.newDatabase(), blobs: store.url } },
    disturbances: { centre: { env: { ...store.environment } } },
  });
  closing.push(exam.close);
  const { centre, room, seats, projectId, sessionId } = exam;
  for (const [i, seat] of seats.entries()) {
    const { candidate } = await seat.call.sitting.signIn({ admissionNumber: `100000${i + 1}` });
    expect(candidate?.photo ?? null).toBe(i === 0 ? photoUrl : null);
    await seat.call.sitting.confirm({ confirmed: true });
    await seat.call.sitting.rulesRead();
    expect((await seat.call.state.get()).phase).toBe('waiting');
  }
  await exam.allowStart();
  const said: { admissionNumber: string; item: string; responses: ItemResponses }[] = [];
  for (const [i, seat] of seats.entries()) {
    await isAnswering(seat);
    const paper = await seat.call.sitting.paper();
    expect(paper.instance.items.length).toBeGreaterThan(0);
    for (const item of paper.instance.items) {
      const responses: Record<string, ResponseValue> = { ...answersTo(item.item, randomFrom(`${i}`)) };
      for (const { name, attributes } of descendants(item.item.body))
        if (name === 'qti-upload-interaction')
          responses[attributes['response-identifier'] ?? ''] = await keepAnswerFile(
            seat,
            `../план ${i}.odg`,
            new Blob([drawing(i)]),
          );
      await seat.call.sitting.answer({ item: item.identifier, responses });
      said.push({ admissionNumber: `100000${i + 1}`, item: item.identifier, responses });
    }
    const done = await seat.call.sitting.handIn();
    expect(done.phase).toBe('handed-in');
    expect(done.receipt).toMatch(/^[0-9A-F]{4} [0-9A-F]{4} [0-9A-F]{4}$/);
  }
  const { csv, answers } = await exam.collect();
  expect(await room.call.session.results({ sessionId })).toMatchObject({ files: 2, filesMissing: 0 });
  const kept = answers.map(({ admissionNumber, item, responses }) => ({
    admissionNumber,
    item,
    responses,
  }));
  const order = (a: { admissionNumber: string; item: string }): string => `${a.admissionNumber} ${a.item}`;
  const sorted = <T extends { admissionNumber: string; item: string }>(list: T[]): T[] =>
    list.toSorted((a, b) => order(a).localeCompare(order(b)));
  expect(sorted(kept)).toEqual(sorted(said));
  expect(csv).toContain('1000001');
  expect(csv).toContain('план 1.odg');
  const [row] = await centre.call.result.list({ projectId });
  expect(row).toMatchObject({ roomCode: 'S1-R1', files: 2, filesMissing: 0, problem: null });
  const files = await takeAnswerFiles(centre, projectId);
  expect(files.map(({ content, ...file }) => ({ ...file, sha256: sha256Hex(content) }))).toMatchObject(
    [0, 1].map((i) => ({
      admissionNumber: `100000${i + 1}`,
      fileName: `100000${i + 1}__план ${i}.odg`,
      sha256: sha256Hex(drawing(i)),
    })),
  );
  await provenDossier(exam);
});

/** What a real seat and a real room wrote of one candidate, proved by the room's word, and nothing of the other. */
async function provenDossier({ centre, projectId, sessionId, data }: Exam): Promise<void> {
  const whose = { projectId, sessionId, admissionNumber: '1000001' };
  const { lines } = await centre.call.dossier.get(whose);
  expect(new Set(lines.map(({ tier }) => tier))).toEqual(new Set(['seat', 'room', 'site', 'centre']));
  expect(lines.filter(({ tier, proved }) => tier === 'seat' && !proved)).toEqual([]);
  expect(lines.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['candidate-signed-in', 'answer-changed', 'handed-in', 'result-received']),
  );
  const folder = mkdtempSync(join(tmpdir(), 'dossier-'));
  closing.push(() => Promise.resolve(rmSync(folder, { recursive: true, force: true })));
  const roots = [await centreKey(data('centre'))];
  const file = join(folder, 'one.parcel');
  writeFileSync(file, await centre.download(await centre.call.dossier.parcel(whose)));
  const dossier = await verifyDossier(file, expectOk(await inspectParcel(file)).manifest, roots);
  expect(dossier).toMatchObject({ ok: true, value: { complete: true, files: 2, receipts: 1 } });
  expect(readFileSync(file, 'latin1')).not.toContain('1000002');
  const evidence = join(folder, 'room.parcel');
  const { ticket } = await centre.call.dossier.room({ projectId, sessionId, roomCode: 'S1-R1' });
  writeFileSync(evidence, await centre.download({ ticket }));
  expect(
    await verifyRoomEvidence(evidence, expectOk(await inspectParcel(evidence)).manifest, roots),
  ).toMatchObject({ ok: true, value: { held: 1, differing: 0 } });
}

async function centreKey(data: string): Promise<string> {
  const { signing } = await loadOrCreateNodeKeys(join(data, 'keys'), { name: 'centre' });
  return signing.publicKey;
}
