/** A seat that never reaches its room again: its answers come as a file, whole, from this seat and for this room only. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerPackageParts } from '../../src/exam/package/answer-package.ts';
import { inspectParcel, makeParcel, type Manifest } from '../../src/parcel/parcel.ts';
import { sha256Hex } from '../../src/trust/digest.ts';
import { loadOrCreateNodeKeys, type NodeKeys } from '../../src/trust/keys.ts';
import { isAnswering, password, startExam, type Exam } from '../../tools/exam-day/exam.ts';
import {
  everyInteraction,
  keepAnswerFile,
  takeAnswerFiles,
  takeSeat,
} from '../../tools/exam-day/exam-day.ts';
import { refusalIn, until } from '../../tools/exam-day/process.ts';
import { journalOf, nodeId } from './journal-of.ts';
import { keptByRoom, textQuestion, type Question } from './text-question.ts';

let exam: Exam;
let folder: string;
let seat: Exam['seats'][number];
let question: Question;
let seatCode: string;
/** The package of the candidate at the first seat. */
let packed: Uint8Array;
const program = join(import.meta.dirname, '..', '..', 'dist', 'program', 'main.mjs');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'invigil-package-'));
  exam = await startExam({
    hosted: ['centre', 'site', 'room', 'seat-2'],
    seats: 3,
    until: 'answering',
    packageFile: everyInteraction,
    cuttable: ['seat-room'],
  });
  [seat] = exam.seats as [typeof seat];
  question = await textQuestion(seat);
  ({ seatCode } = await exam.room.call.answerPackage.seatCode());
  for (const one of exam.seats) {
    const first = await textQuestion(one);
    await first.answer('before the cut');
    await keptByRoom(one);
  }
  exam.wire('seat-room').cut(true);
});
afterAll(async () => {
  await exam?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function sittingOf(admissionNumber: string) {
  const { sittings } = await exam.room.call.board.get();
  const found = sittings.find((one) => one.admissionNumber === admissionNumber);
  if (!found) throw new Error(`no candidate ${admissionNumber}`);
  return found;
}

const upload = (bytes: Uint8Array): Promise<string> => exam.room.upload('answers.parcel', bytes);

const refusalOf = (asked: Promise<unknown>): Promise<string | null> =>
  asked.then(
    () => null,
    (error: unknown) => {
      const refusal = refusalIn(error);
      if (!refusal) throw error;
      return refusal.type;
    },
  );

/** What must not change when something is refused. */
async function heldByRoom(): Promise<unknown> {
  const { entries } = journalOf(exam.data('room'));
  // On a busy machine seats are silent for a while.
  const { away: _, ...sittings } = (await exam.room.call.board.get()).counts;
  return { hashes: entries.map(({ hash }) => hash), sittings };
}

test('without the seat code a seat gives nothing, and after five wrong ones it asks for patience', async () => {
  const wrong = seatCode === '000000' ? '000001' : '000000';
  for (let i = 0; i < 4; i++)
    expect(await refusalOf(seat.call.answerPackage.export({ seatCode: wrong }))).toBe('wrong-seat-code');
  // The right one in between begins the count anew.
  await seat.call.answerPackage.export({ seatCode: ` ${seatCode.slice(0, 3)} ${seatCode.slice(3)} ` });
  // Together they are five tries as well.
  const tries = await Promise.all(
    Array.from({ length: 7 }, () => refusalOf(seat.call.answerPackage.export({ seatCode: wrong }))),
  );
  expect(tries.filter((type) => type === 'wrong-seat-code')).toHaveLength(5);
  expect(tries.filter((type) => type === 'seat-code-locked')).toHaveLength(2);
  expect(await refusalOf(seat.call.answerPackage.export({ seatCode }))).toBe('seat-code-locked');
  expect(existsSync(join(exam.data('seat-1'), 'answer-packages'))).toBe(true);
});

test('a seat that is cut off for good goes on, and exports everything with a file; an address gives it once', async () => {
  const other = exam.seats[1] as typeof seat;
  const made = await other.call.answerPackage.export({ seatCode });
  expect(readFileSync(made.path)).toHaveLength(made.size);
  const address = `/files/answer-package/${made.ticket}`;
  // Only the page that the agent gave out may ask.
  expect((await fetch(`${other.url}${address}`)).status).toBe(403);
  const given = await other.request(address);
  expect(sha256Hex(new Uint8Array(await given.arrayBuffer()))).toBe(sha256Hex(readFileSync(made.path)));
  expect((await other.request(address)).status).toBe(404);
});

test('from the shell: not while the program runs; from a stopped one all of it, and the seat goes on afterwards', async () => {
  await question.answer('after the cut, 断网之后');
  const { instance } = await seat.call.sitting.paper();
  const item = instance.items.find((one) => one.item.responses[0]?.baseType === 'file')?.identifier ?? '';
  const drawing = await keepAnswerFile(seat, 'drawing.txt', new Blob(['lines and more lines']));
  await seat.call.sitting.answer({ item, responses: { RESPONSE: drawing } });
  const data = exam.data('seat-1');
  const shell = (to: string) =>
    spawnSync(process.execPath, [program, 'seat', 'export', '--data', data, '--to', to], {
      encoding: 'utf8',
    });
  const running = shell(join(folder, 'no.parcel'));
  expect([running.status, running.stderr]).toEqual([
    1,
    expect.stringContaining("The seat's program is running"),
  ]);
  await exam.process('seat-1').kill();
  expect(shell(join(folder, 'nowhere', 'no.parcel')).stderr).toContain('cannot be written');
  const file = join(folder, 'seat-1.parcel');
  const done = shell(file);
  expect([done.stderr, done.status]).toEqual(['', 0]);
  packed = readFileSync(file);
  const empty = spawnSync(process.execPath, [program, 'seat', 'export', '--data', folder, '--to', file], {
    encoding: 'utf8',
  });
  expect(empty.stderr).toContain('There is no seat');
  await exam.again('seat-1');
  await isAnswering(seat);
  expect((await seat.call.sitting.paper()).responses[item]).toEqual({ RESPONSE: drawing });
  // Nothing in it can be read but by the room.
  expect(Buffer.from(packed).includes('断网之后')).toBe(false);
  expect(Buffer.from(packed).includes('1000001')).toBe(false);
});

test('what is not this candidate’s package, for this room, from one of its seats, whole, is refused and changes nothing', async () => {
  const { sittingId } = await sittingOf('1000001');
  const before = await heldByRoom();
  const keys = await loadOrCreateNodeKeys(join(exam.data('seat-1'), 'keys'), { name: '' });
  const stranger = await loadOrCreateNodeKeys(join(folder, 'keys'), { name: '' });
  const own = nodeId(exam.data('seat-1'));
  const forged = (
    change: Partial<Manifest>,
    about: object = {},
    sender: { key: NodeKeys; id: string } = { key: keys, id: own },
  ) => forgedPackage(change, about, sender);
  const flipped = (at: number): Uint8Array => {
    const copy = Uint8Array.from(packed);
    copy[at] = (copy[at] ?? 0) ^ 0x10;
    return copy;
  };
  const manifestAt = Buffer.from(packed).lastIndexOf('manifest.jws');
  const refused: [what: string, bytes: Uint8Array, type: RegExp][] = [
    ['nothing', new Uint8Array(0), /^not-a-parcel$/],
    ['cut', packed.slice(0, manifestAt), /^cut-short$/],
    ...[700, 2_000, manifestAt - 2_000].map((at): (typeof refused)[number] => [
      `a byte flipped at ${at}`,
      flipped(at),
      /^(altered|not-a-parcel)$/,
    ]),
    ['a byte of its manifest flipped', flipped(manifestAt + 700), /^(bad-signature|not-a-parcel|altered)$/],
    ['for another room', await forged({ to: { role: 'room', code: 'S1-R9' } }), /^wrong-receiver$/],
    ['of another exam', await forged({ project: 'another' }), /^wrong-project$/],
    ['of the other mode', await forged({ mode: 'mock' }), /^wrong-mode$/],
    ['of another session', await forged({ session: 'another' }), /^package-of-another-session$/],
    ['of another kind', await forged({ kind: 'room-result' }), /^not-an-answer-package$/],
    [
      'from a seat that this room does not know',
      await forged({}, {}, { key: stranger, id: 'stranger' }),
      /^package-of-unknown-seat$/,
    ],
    ['in the name of a seat', await forged({}, {}, { key: stranger, id: own }), /^bad-signature$/],
    ['of an unknown candidate', await forged({}, { sitting: 'x' }), /^package-of-unknown-candidate$/],
    ['with nothing behind it', await forged({}), /^package-not-whole$/],
  ];
  for (const [what, bytes, type] of refused) {
    const uploadId = await upload(bytes);
    const { inspect, import: take, collect } = exam.room.call.answerPackage;
    for (const act of [inspect, take, collect])
      expect([what, await refusalOf(act({ uploadId, sittingId }))]).toEqual([
        what,
        expect.stringMatching(type),
      ]);
  }
  const { sittingId: another } = await sittingOf('1000002');
  const uploadId = await upload(packed);
  for (const act of [exam.room.call.answerPackage.import, exam.room.call.answerPackage.collect])
    expect(await refusalOf(act({ uploadId, sittingId: another }))).toBe('package-of-another-candidate');
  expect(await heldByRoom()).toEqual(before);
});

/** Signed, sealed and addressed as the right one, with nothing real inside. */
async function forgedPackage(
  change: Partial<Manifest>,
  about: object,
  { key, id }: { key: NodeKeys; id: string },
): Promise<Uint8Array> {
  const [right, wrong] = [join(folder, 'right.parcel'), join(folder, 'wrong.parcel')];
  writeFileSync(right, packed);
  const inspected = await inspectParcel(right);
  if (!inspected.ok) throw new Error(inspected.refusal.type);
  const { manifest } = inspected.value;
  const recipients = manifest.parts[0]?.sealedTo ?? [];
  const { sittingId } = await sittingOf('1000001');
  const content = {
    v: 1,
    seat: id,
    sitting: sittingId,
    attempt: 1,
    lease: 1,
    madeAt: Date.now(),
    over: true,
    heads: [{ origin: id, epoch: 'e', seq: 1, hash: 'a'.repeat(64) }],
    files: [],
    ...about,
  };
  await makeParcel(
    wrong,
    { ...manifest, ...change },
    [
      { name: answerPackageParts.about, content: Buffer.from(JSON.stringify(content)), recipients },
      { name: answerPackageParts.entries, content: Buffer.from('{}\n'), recipients },
    ],
    { name: { role: 'seat', code: id, id }, key: key.signing, chain: [] },
  );
  return readFileSync(wrong);
}

test('the package brings everything; the same one again brings nothing, and both is said', async () => {
  const { sittingId, seatNumber } = await sittingOf('1000001');
  const uploadId = await upload(packed);
  const { answerPackage } = exam.room.call;
  const held = journalOf(exam.data('room')).of(journalOf(exam.data('seat-1')).own());
  const looked = await answerPackage.inspect({ uploadId, sittingId });
  expect(looked).toMatchObject({
    sittingId,
    admissionNumber: '1000001',
    seatNumber,
    changes: 3,
    newChanges: 2,
    files: 1,
    newFiles: 1,
    lacking: [],
    differing: 0,
    over: false,
    singleCollection: { allowed: true },
  });
  // Looking keeps nothing.
  expect(journalOf(exam.data('room')).of(journalOf(exam.data('seat-1')).own())).toEqual(held);

  const taken = await answerPackage.import({ uploadId, sittingId });
  expect(taken).toMatchObject({ newChanges: 2, nothingNew: false, lacking: [], collected: false });
  // Entry for entry, as the seat wrote them.
  const own = journalOf(exam.data('seat-1')).own();
  const copied = journalOf(exam.data('room')).of(own);
  expect(copied).toEqual(own.slice(0, copied.length).map(({ hash }) => hash));
  expect(copied.length).toBeGreaterThan(held.length);
  const again = await answerPackage.import({ uploadId: await upload(packed), sittingId: null });
  expect(again).toMatchObject({ newChanges: 0, newFiles: 0, nothingNew: true });
  const imports = journalOf(exam.data('room')).entries.filter(
    ({ kind }) => kind === 'answer-package-imported',
  );
  expect(imports.map(({ data }) => data['newChanges'])).toEqual([2]);
});

test('the candidate goes on at another seat with everything that came as a file', async () => {
  const { sittingId } = await sittingOf('1000001');
  exam.wire('seat-room').cut(false);
  await exam.process('seat-1').stop();
  await exam.room.call.sitting.resume({ sittingIds: [sittingId], reason: 'no network there' });
  const other = await exam.addSeat('seat-4');
  await takeSeat(other, '1000001');
  await isAnswering(other);
  const { responses } = await other.call.sitting.paper();
  expect(responses[question.item]).toEqual({ [question.response]: 'after the cut, 断网之后' });
  // The package of the seat that was left cannot end the work here.
  const uploadId = await upload(packed);
  expect(await refusalOf(exam.room.call.answerPackage.collect({ uploadId, sittingId }))).toBe(
    'moved-elsewhere',
  );
  await other.call.sitting.handIn();
});

test('a disk that was put back while the seat was cut off: the package says so, nothing of it is lost, and connected again it counts', async () => {
  const other = exam.seats[2] as typeof seat;
  const third = await textQuestion(other);
  const data = exam.data('seat-3');
  const older = join(folder, 'older');
  await exam.process('seat-3').stop();
  cpSync(data, older, { recursive: true });
  await exam.again('seat-3');
  await isAnswering(other);
  await third.answer('lost by the disk');
  await keptByRoom(other);
  await exam.process('seat-3').kill();
  exam.wire('seat-room').cut(true);
  rmSync(data, { recursive: true, force: true });
  cpSync(older, data, { recursive: true });
  await exam.again('seat-3');
  await isAnswering(other);
  await third.answer('written on the older disk');

  const made = await other.call.answerPackage.export({ seatCode });
  const { sittingId } = await sittingOf('1000003');
  const bytes = readFileSync(made.path);
  const { answerPackage } = exam.room.call;
  const ask = { uploadId: await upload(bytes), sittingId };
  const looked = await answerPackage.inspect(ask);
  expect(looked.differing).toBeGreaterThan(0);
  expect(looked.singleCollection).toMatchObject({
    allowed: false,
    reason: { type: 'answer-package-forked' },
  });
  expect(await refusalOf(answerPackage.collect(ask))).toBe('answer-package-forked');
  expect(differingKept()).toEqual([]);
  for (let twice = 0; twice < 2; twice++)
    expect(await answerPackage.import(ask)).toMatchObject({ differing: looked.differing, collected: false });
  const kept = differingKept();
  expect(kept.flatMap(({ entries }) => entries)).toHaveLength(looked.differing);
  expect(JSON.stringify(kept)).toContain('written on the older disk');

  exam.wire('seat-room').cut(false);
  await keptByRoom(other);
  expect((await other.call.sitting.paper()).responses[third.item]).toEqual({
    [third.response]: 'written on the older disk',
  });
});

/** Contents of what the room has kept as evidence. */
function differingKept(): { entries: unknown[] }[] {
  const db = new DatabaseSync(join(exam.data('room'), 'journal.db'), { readOnly: true });
  const rows = db
    .prepare(
      'SELECT payload FROM entry JOIN payload ON payload.position = entry.position WHERE header LIKE ? ORDER BY entry.position',
    )
    .all('%"kind":"differing-entries-kept"%');
  db.close();
  return rows.map((row) => JSON.parse(String(row['payload'])) as { entries: unknown[] });
}

test('a single collection hands in for who cannot; who was closed is collected by the package; the centre has every answer and the file', async () => {
  const other = exam.seats[1] as typeof seat;
  const second = await textQuestion(other);
  exam.wire('seat-room').cut(true);
  await until('a seat that knows it is alone', async () => !(await other.call.state.get()).roomOnline);
  await second.answer('the last words');
  expect(await refusalOf(other.call.sitting.handIn())).not.toBeNull();
  const made = await other.call.answerPackage.export({ seatCode });
  const { sittingId } = await sittingOf('1000002');
  const uploadId = await upload(readFileSync(made.path));
  const taken = await exam.room.call.answerPackage.collect({ uploadId, sittingId });
  expect(taken).toMatchObject({ collected: true, lacking: [] });
  expect(taken.receipt).toMatch(/^[0-9A-F]{4}( [0-9A-F]{4}){2}$/);
  expect(await sittingOf('1000002')).toMatchObject({ state: 'handed-in', collected: true });
  expect(await refusalOf(exam.room.call.answerPackage.collect({ uploadId, sittingId }))).toBe(
    'already-handed-in',
  );
  // The seat does not know yet that it is over.
  await second.answer('typed after the collection');
  const log = await exam.room.call.sitting.log({ sittingId });
  expect(log.find(({ kind }) => kind === 'handed-in')?.data).toMatchObject({ single: true });

  // The third one is closed with the exam; what its seat holds is collected afterwards.
  const third = exam.seats[2] as typeof seat;
  await (await textQuestion(third)).answer('collected after the end');
  const before = await third.call.answerPackage.export({ seatCode });
  const early = readFileSync(before.path);
  const { sessionId } = exam;
  const closed = await sittingOf('1000003');
  await exam.room.call.session.end({
    sessionId,
    password,
    reasons: [{ sittingId: closed.sittingId, reason: 'no network' }],
  });
  const ask = async (bytes: Uint8Array) => ({ uploadId: await upload(bytes), sittingId: null });
  // The candidate could still have gone on after that one.
  expect(await exam.room.call.answerPackage.import(await ask(early))).toMatchObject({
    nothingNew: false,
    collected: false,
  });
  const late = await third.call.answerPackage.export({ seatCode });
  expect(await exam.room.call.answerPackage.import(await ask(readFileSync(late.path)))).toMatchObject({
    nothingNew: true,
    collected: true,
  });
  const record = await exam.room.call.session.record({ sessionId });
  expect(record.sittings.map((one) => [one.admissionNumber, one.singleCollection])).toEqual([
    ['1000001', false],
    ['1000002', true],
    ['1000003', false],
  ]);
  // It comes back after all: told that it is over, and what was typed since then does not count.
  exam.wire('seat-room').cut(false);
  await until('the end at the seat', async () => {
    const state = await other.call.state.get();
    return state.phase === 'handed-in' && state.pending === 0;
  });
  const { answers } = await exam.collect();
  const text = (admissionNumber: string) =>
    answers.find((one) => one.admissionNumber === admissionNumber && one.item === question.item)?.responses[
      question.response
    ];
  expect(['1000001', '1000002', '1000003'].map((number) => text(number))).toEqual([
    'after the cut, 断网之后',
    'the last words',
    'collected after the end',
  ]);
  const files = await takeAnswerFiles(exam.centre, exam.projectId);
  expect(files.map((one) => [one.admissionNumber, Buffer.from(one.content).toString()])).toEqual([
    ['1000001', 'lines and more lines'],
  ]);
  // Whole, with what was kept as evidence.
  journalOf(exam.data('room'));
});
