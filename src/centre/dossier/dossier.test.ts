/** A candidate's dossier and a room's evidence: what is in them, what they prove, and that whoever changes anything in them is found out. */
import { createHash, createPublicKey, verify as checks } from 'node:crypto';
import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectOk, ok, type Result } from '../../base/result.ts';
import { newId } from '../../base/ids.ts';
import { encodeRequest } from '../../exam/code/request.ts';
import { verifyDossier, type WholeDossier } from '../../cli/verify-dossier.ts';
import { verifyRoomEvidence } from '../../cli/verify-room-evidence.ts';
import type { Dossier } from '../../exam/package/dossier.ts';
import { HeldBuilder, heldTyp } from '../../journal/held.ts';
import type { Header, StoredEntry } from '../../journal/entry.ts';
import { inspectParcel, makeParcel, openParcel, type PartSource } from '../../parcel/parcel.ts';
import { issueCertificate } from '../../trust/certificate.ts';
import { peekJws, signJws } from '../../trust/jws.ts';
import { createNodeKeys } from '../../trust/keys.ts';
import { joinRoom, makeProject, openTestCentre, type TestCentre, type TestRoom } from '../centre.fixture.ts';
import { sessionsOf } from '../project/projects.ts';
import { receiveResult } from '../result/receive-result.ts';
import { dossierParcel, withDossier, type MadeDossier } from './make-dossier.ts';
import { printDossier } from './print-dossier.ts';
import { withRoomEvidence } from './room-evidence.ts';

let made: TestCentre;
let where: { projectId: string; sessionId: string };
let room: TestRoom;
let ids: Map<string, string>;
let whole: string;
const essay = '北京 Москва essay '.repeat(300);

beforeAll(async () => {
  made = await openTestCentre('file');
  const { centre } = made;
  where = await makeProject(made);
  const [session] = await sessionsOf(centre, where.projectId);
  if (!session) throw new Error('no session');
  room = await joinRoom(made, { ...where, site: 'S1', room: 'S1-R1', session, sittings: ['1001', '1002'] });
  const rows = await centre.db.selectFrom('candidate').select(['id', 'admission_number']).execute();
  ids = new Map(rows.map((row) => [row.admission_number, row.id]));
  const sitting = (number: string): string => `sitting:${ids.get(number)}`;
  const challenge = (candidate: number): string =>
    encodeRequest({ action: 'extra-time', subject: 1, candidate, amount: 20, nonce: 5 });
  for (const candidate of [1, 2])
    await room.journal.append([
      {
        kind: 'code-asked',
        subject: `code:${challenge(candidate)}`,
        data: {
          challenge: challenge(candidate),
          session: where.sessionId,
          room: 'S1-R1',
          reason: 'ill',
          by: 'inv',
        },
      },
    ]);
  await room.journal.append([
    { kind: 'start-allowed', subject: `session:${where.sessionId}`, data: { startsAt: 1, byCode: false } },
    { kind: 'extra-time-given', subject: sitting('1001'), data: { minutes: 20, byCode: true, by: 'inv' } },
    {
      kind: 'differing-entries-kept',
      subject: sitting('1001'),
      data: { package: 'p', origin: 'o', epoch: 'e', entries: 1 },
      payload: { entries: [{ header: JSON.stringify({ subject: sitting('1002') }), payload: 'secret' }] },
    },
    {
      kind: 'violation-registered',
      subject: sitting('1002'),
      data: { id: 'v', code: 'A101', description: 'only the other' },
    },
    {
      kind: 'session-ended',
      subject: `session:${where.sessionId}`,
      data: { by: 'inv', reasons: [{ sittingId: ids.get('1002') ?? '', reason: 'other' }] },
    },
  ]);
  await centre.node.journal.append([
    {
      kind: 'code-issued',
      subject: `code:${challenge(1)}`,
      data: {
        challenge: challenge(1),
        action: 'extra-time',
        candidate: 1,
        amount: 20,
        session: where.sessionId,
        room: 'S1-R1',
        reason: 'ill',
        by: 'desk',
      },
    },
  ]);
  const file = await room.result({
    answers: [
      { admissionNumber: '1001', item: 'essay', responses: { R: 'first try' } },
      { admissionNumber: '1002', item: 'essay', responses: { R: 'answer of the other' } },
      { admissionNumber: '1001', item: 'essay', responses: { R: essay } },
    ],
  });
  expectOk(await receiveResult(centre, file));
  whole = await parcelOf('1001');
});
afterAll(async () => {
  await room.close();
  await made.close();
});

function dossierOf<T>(admissionNumber: string, use: (made: MadeDossier) => Promise<Result<T>>) {
  return withDossier(made.centre, { ...where, admissionNumber }, { form: 'parcel', by: 'op' }, use);
}

async function parcelOf(admissionNumber: string): Promise<string> {
  const to = join(made.folder, 'staging', `${newId()}.parcel`);
  return expectOk(
    await dossierOf(admissionNumber, async (one) => {
      copyFileSync(expectOk(await dossierParcel(made.centre, one)).file, to);
      return ok(to);
    }),
  );
}

async function verify(file: string): Promise<Result<WholeDossier>> {
  const inspected = await inspectParcel(file);
  if (!inspected.ok) return inspected;
  return verifyDossier(file, inspected.value.manifest, [made.centre.node.keys.signing.publicKey]);
}

type Parts = Map<string, Buffer>;

/** As somebody would who has even the centre's key, and so signs whatever he put together. */
async function rebuilt(file: string, change: (parts: Parts) => void, key = made.centre.node.keys.signing) {
  const { manifest } = expectOk(await inspectParcel(file));
  const opened = expectOk(
    await openParcel(file, {
      trust: { roots: [made.centre.node.keys.signing.publicKey], at: null },
      identities: [],
      recipient: '',
      staging: join(made.folder, 'staging', newId()),
      expect: { kind: manifest.kind, to: manifest.to, project: null, mode: null },
    }),
  );
  const parts: Parts = new Map([...opened.parts].map(([name, part]) => [name, readFileSync(part.file)]));
  await opened.dispose();
  change(parts);
  const out = join(made.folder, 'staging', `${newId()}.parcel`);
  const { parts: _, from, v: __, ...heading } = manifest;
  const sources = [...parts].map(([name, content]): PartSource => ({ name, content, recipients: [] }));
  expectOk(await makeParcel(out, heading, sources, { name: from, key, chain: [] }));
  return out;
}

const lines = (parts: Parts): StoredEntry[] =>
  String(parts.get('entries.jsonl'))
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as StoredEntry);
const put = (parts: Parts, name: string, text: string): void => void parts.set(name, Buffer.from(text));
const putLines = (parts: Parts, entries: readonly StoredEntry[]): void =>
  put(parts, 'entries.jsonl', entries.map((one) => `${JSON.stringify(one)}\n`).join(''));
const changeAbout = (parts: Parts, change: (about: Dossier) => void): void => {
  const about = JSON.parse(String(parts.get('dossier.json'))) as Dossier;
  change(about);
  put(parts, 'dossier.json', JSON.stringify(about));
};

test('everything about the candidate is in it, of every tier and in the order of time, with what was answered', async () => {
  const view = expectOk(await dossierOf('1001', (one) => Promise.resolve(ok({ ...one }))));
  expect(view.lines.map(({ tier, kind }) => `${tier} ${kind}`)).toEqual([
    'room candidate-signed-in',
    'room code-asked',
    'room start-allowed',
    'room extra-time-given',
    'room differing-entries-kept',
    'room answer-changed',
    'room answer-changed',
    'centre code-issued',
    'centre result-received',
    'centre dossier-made',
  ]);
  expect(view.dossier.answers).toMatchObject([{ item: 'essay', responses: { R: essay }, changes: 2 }]);
  expect(view.lines.find(({ kind }) => kind === 'answer-changed')?.responses).toEqual({ R: 'first try' });
  expect(view.dossier.results).toMatchObject([{ inForce: true, held: 'held-1.jws' }]);
  const own = made.centre.node.journal.ofOrigin(
    made.centre.node.id,
    made.centre.node.journal.self.epoch,
    0,
    1_000,
  );
  const entered = own
    .map(({ header }) => JSON.parse(header) as Header)
    .filter(({ kind }) => kind === 'dossier-made');
  expect(entered.at(-1)).toMatchObject({
    subject: `session:${where.sessionId}`,
    data: { by: 'op', candidate: '1001', form: 'parcel' },
  });
});

test('it is proved whole, and shows nothing of the other candidate', async () => {
  expect(expectOk(await verify(whole))).toMatchObject({
    proved: 7,
    byCentre: 2,
    complete: true,
    receipts: 1,
  });
  const bytes = readFileSync(whole, 'utf8');
  // As a word of its own: four digits in a row stand by chance in digests, too.
  const shown = (text: string): boolean => new RegExp(`(?<![\\w-])${text}(?![\\w-])`, 'u').test(bytes);
  expect([shown('1001'), shown(ids.get('1001') ?? '-')]).toEqual([true, true]);
  for (const secret of ['1002', '王小明', 'only the other', 'answer of the other', ids.get('1002') ?? '-'])
    expect([secret, shown(secret)]).toEqual([secret, false]);
  // Byte for byte, so that anybody's tool finds the same digests.
  expect(bytes).toContain('first try');
});

test('without this program digests and one signature are enough to check it, as the page on the format says', async () => {
  const parts: Parts = new Map();
  await rebuilt(whole, (read) => read.forEach((content, name) => parts.set(name, content)));
  const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');
  const [head, payload, signature] = String(parts.get('held-1.jws')).split('.') as [string, string, string];
  const json = (text: string): unknown => JSON.parse(Buffer.from(text, 'base64url').toString());
  const { chain } = json(head) as { chain: string[] };
  const { signingKey } = json(chain[0]?.split('.')[1] ?? '') as { signingKey: string };
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: signingKey }, format: 'jwk' });
  expect(checks(null, Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(
    true,
  );
  const held = json(payload) as {
    chains: { hashes: string }[];
    subjects: { subject: string; entries: number; digest: string }[];
  };
  const list = parts.get('hashes-1.txt') ?? Buffer.alloc(0);
  expect(held.chains.map(({ hashes }) => hashes)).toContain(sha256(list));
  const hashes = String(list).split('\n');
  const about = JSON.parse(String(parts.get('dossier.json'))) as Dossier;
  const subject = `sitting:${about.candidate.sitting}`;
  let mine = '';
  for (const { header, salt, payload: content } of lines(parts)) {
    const { origin, epoch, seq, prev, pay, ...said } = JSON.parse(header) as Header;
    if (origin !== about.chains.find(({ tier }) => tier === 'room')?.origin) continue;
    expect([hashes[seq - 1], hashes[seq - 2]]).toEqual([sha256(header), prev]);
    if (content !== null)
      expect(sha256(Buffer.concat([Buffer.from(salt ?? '', 'hex'), Buffer.from(content)]))).toBe(pay);
    if (said.subject === subject) mine += `${origin} ${epoch} ${seq} ${sha256(header)}\n`;
  }
  expect(held.subjects).toContainEqual({
    subject: sha256(subject),
    entries: mine.split('\n').length - 1,
    digest: sha256(mine),
  });
});

test('printed, it has pages and the letters of every language', async () => {
  for (const language of ['en', 'zh', 'ru'] as const) {
    const printed = expectOk(
      await dossierOf('1001', async (one) => ok(await printDossier(made.centre, one, language))),
    );
    expect(printed.fileName).toBe('dossier_1_1001.pdf');
    expect(Buffer.from(printed.content).subarray(0, 5).toString()).toBe('%PDF-');
  }
});

const replaced = async (): Promise<string> => {
  const stranger = await createNodeKeys();
  const name = { role: 'room' as const, code: 'S1-R1', id: 'x' };
  const certificate = issueCertificate(
    { name, signingKey: stranger.signing.publicKey, sealingKey: stranger.sealing.recipient },
    { name: { role: 'site', code: 'S1', id: 's' }, key: stranger.signing },
    { notBefore: 0, notAfter: 9e12 },
  );
  const builder = new HeldBuilder();
  builder.take({ origin: 'x', epoch: 'e', seq: 1 }, 'journal', '0'.repeat(64));
  return builder.sign(
    { project: where.projectId, session: where.sessionId, at: 1 },
    { key: stranger.signing, chain: [certificate] },
  );
};

const sittingAt = (entries: readonly StoredEntry[], kind: string): number =>
  entries.findIndex(({ header }) => header.includes(`"kind":"${kind}"`));

test.each<[string, (parts: Parts) => void | Promise<void>, string]>([
  [
    'an answer is another one',
    (parts) =>
      putLines(
        parts,
        lines(parts).map((one) => ({
          ...one,
          payload: one.payload?.replace('first try', 'other try') ?? null,
        })),
      ),
    'dossier-entry-wrong',
  ],
  [
    'a detail of an entry is another one',
    (parts) =>
      putLines(
        parts,
        lines(parts).map((one) => ({ ...one, header: one.header.replace('"minutes":20', '"minutes":99') })),
      ),
    'dossier-entry-wrong',
  ],
  [
    'an entry is left out, and the list says so',
    (parts) => {
      const entries = lines(parts);
      putLines(parts, entries.toSpliced(sittingAt(entries, 'extra-time-given'), 1));
      changeAbout(parts, (about) => Object.assign(about, { entries: entries.length - 1 }));
    },
    'dossier-incomplete',
  ],
  ['an entry is left out', (parts) => putLines(parts, lines(parts).slice(1)), 'dossier-incomplete'],
  [
    'two entries change places',
    (parts) => {
      const [first, second, ...rest] = lines(parts);
      if (first && second) putLines(parts, [second, first, ...rest]);
    },
    'dossier-entry-wrong',
  ],
  [
    'an entry is there twice',
    (parts) => {
      const [first, ...rest] = lines(parts);
      if (first) putLines(parts, [first, first, ...rest]);
    },
    'dossier-entry-wrong',
  ],
  [
    'an entry of another candidate is added',
    (parts) => {
      const { origin, epoch } = JSON.parse(lines(parts)[0]?.header ?? '') as Header;
      const other = room.journal
        .ofOrigin(origin, epoch, 0, 1_000)
        .find(({ header }) => header.includes('only the other'));
      if (!other) throw new Error('no entry of the other');
      const { header, salt, payload } = other;
      const entries = lines(parts);
      putLines(parts, entries.toSpliced(sittingAt(entries, 'answer-changed'), 0, { header, salt, payload }));
    },
    'dossier-entry-wrong',
  ],
  [
    'the list of hashes has another one',
    (parts) =>
      put(parts, 'hashes-1.txt', String(parts.get('hashes-1.txt')).replace(/^.{64}/, 'a'.repeat(64))),
    'dossier-head-wrong',
  ],
  [
    'the list of hashes is shorter',
    (parts) => put(parts, 'hashes-1.txt', String(parts.get('hashes-1.txt')).slice(0, -65)),
    'dossier-head-wrong',
  ],
  [
    'the room’s word is cut',
    (parts) => put(parts, 'held-1.jws', String(parts.get('held-1.jws')).slice(0, -4)),
    'bad-signature',
  ],
  [
    'the room’s word is a stranger’s',
    async (parts) => put(parts, 'held-1.jws', await replaced()),
    'untrusted-sender',
  ],
  [
    'the certificate is another one',
    (parts) => {
      const jws = String(parts.get('held-1.jws'));
      const read = peekJws(jws);
      const chain = read.ok ? (read.value.header.chain ?? []) : [];
      const [, payload, signature] = jws.split('.');
      const header = { ...(read.ok ? read.value.header : {}), chain: chain.slice(1) };
      put(
        parts,
        'held-1.jws',
        `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${payload}.${signature}`,
      );
    },
    'bad-signature',
  ],
  [
    'the word is another session’s',
    (parts) => {
      const read = peekJws(String(parts.get('held-1.jws')));
      if (!read.ok) throw new Error('no jws');
      const { chain = [] } = read.value.header;
      const held = { ...(read.value.payload as object), session: 'another' };
      put(parts, 'held-1.jws', signJws(heldTyp, held, room.keys.signing, { chain }));
    },
    'dossier-proof-of-another',
  ],
  [
    'the receipt is for something else',
    (parts) =>
      changeAbout(parts, (about) => {
        const [result] = about.results;
        if (result) result.digest = 'b'.repeat(64);
      }),
    'dossier-receipt-wrong',
  ],
  ['a part is gone', (parts) => void parts.delete('held-1.jws'), 'dossier-part-missing'],
  ['a part is added', (parts) => put(parts, 'note.txt', 'x'), 'dossier-part-unknown'],
])('even signed with the centre’s key it is found out when %s', async (_, change, type) => {
  const parts: Parts = new Map();
  // What takes time is prepared before the parts are put together.
  await rebuilt(whole, (read) => read.forEach((content, name) => parts.set(name, content)));
  await change(parts);
  const file = await rebuilt(whole, (read) => {
    read.clear();
    parts.forEach((content, name) => read.set(name, content));
  });
  expect(await verify(file)).toMatchObject({ ok: false, refusal: { type } });
});

test('cut short, with one bit changed, or signed by somebody else it is none', async () => {
  const cut = join(made.folder, 'staging', 'cut.parcel');
  copyFileSync(whole, cut);
  truncateSync(cut, readFileSync(whole).length - 3_000);
  expect((await verify(cut)).ok).toBe(false);
  const bytes = readFileSync(whole);
  const at = bytes.indexOf('first try');
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(cut, bytes);
  expect(await verify(cut)).toMatchObject({ refusal: { type: 'altered', part: 'entries.jsonl' } });
  const stranger = await createNodeKeys();
  expect(await verify(await rebuilt(whole, () => undefined, stranger.signing))).toMatchObject({
    refusal: { type: 'bad-signature' },
  });
});

test('who has no such candidate gets none, and nothing is entered', async () => {
  const before = made.centre.node.journal.heads();
  expect(await dossierOf('9999', () => Promise.resolve(ok()))).toMatchObject({
    refusal: { type: 'no-such-candidate' },
  });
  expect(made.centre.node.journal.heads()).toEqual(before);
});

function evidence(): Promise<Result<string>> {
  const to = join(made.folder, 'staging', `${newId()}.parcel`);
  return withRoomEvidence(made.centre, { ...where, roomCode: 'S1-R1' }, 'admin', ({ file }) => {
    copyFileSync(file, to);
    return Promise.resolve(to);
  });
}

async function verifyEvidence(file: string) {
  const inspected = await inspectParcel(file);
  if (!inspected.ok) return inspected;
  return verifyRoomEvidence(file, inspected.value.manifest, [made.centre.node.keys.signing.publicKey]);
}

test('a result without the room’s word proves nothing by itself, and two different results of a room are both kept and both in the evidence', async () => {
  made.pass(1_000);
  const file = await room.result({
    answers: [{ admissionNumber: '1001', item: 'late', responses: { R: 'x' } }],
    proved: false,
  });
  expectOk(await receiveResult(made.centre, file));
  const dossier = expectOk(await verify(await parcelOf('1001')));
  expect(dossier.dossier.results.map(({ inForce, held }) => [inForce, held])).toEqual([
    [false, 'held-1.jws'],
    [true, null],
  ]);
  expect(dossier).toMatchObject({ proved: 0, byCentre: expect.any(Number) as number });
  const kept = expectOk(await evidence());
  expect(expectOk(await verifyEvidence(kept))).toMatchObject({
    contents: { by: 'admin', room: 'S1-R1', results: [{ inForce: false }, { inForce: true }] },
    held: 1,
  });
});

test('evidence of which anything was changed is not whole', async () => {
  const kept = expectOk(await evidence());
  const tampered: [(parts: Parts) => void, string][] = [
    [(parts) => put(parts, 'record-1.json', '{}'), 'evidence-altered'],
    [(parts) => void parts.delete('entries-2.jsonl'), 'evidence-part-missing'],
    [(parts) => put(parts, 'more.txt', 'x'), 'evidence-part-missing'],
  ];
  for (const [change, type] of tampered)
    expect(await verifyEvidence(await rebuilt(kept, change))).toMatchObject({ refusal: { type } });
  expect(
    await withRoomEvidence(made.centre, { ...where, roomCode: 'S2-R1' }, 'admin', () =>
      Promise.resolve(null),
    ),
  ).toMatchObject({ refusal: { type: 'no-result-of-room' } });
});

test('five thousand changes of one candidate with long answers are in it and proved', async () => {
  const changes = 5_000;
  made.pass(1_000);
  await room.journal.append(
    Array.from({ length: changes }, (_, i) => ({
      kind: 'answer-changed',
      subject: `sitting:${ids.get('1002')}`,
      data: { item: 'essay', lease: 1, attempt: 1 },
      payload: { responses: { R: `${i} ${essay.slice(0, 1_000)}` } },
    })),
  );
  expectOk(await receiveResult(made.centre, await room.result({ answers: [] })));
  const { lines } = expectOk(await dossierOf('1002', (one) => Promise.resolve(ok({ ...one }))));
  expect(lines.filter(({ kind }) => kind === 'answer-changed')).toHaveLength(changes + 1);
  // What stays in memory of each is a line that a person reads.
  expect(Math.max(...lines.map((line) => JSON.stringify(line).length))).toBeLessThan(2_000);
  const verified = expectOk(await verify(await parcelOf('1002')));
  expect(verified.proved).toBeGreaterThan(changes);
});
