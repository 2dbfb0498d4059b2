/** A centre without its servers, on either database; and results of a room that never was, as a real room makes them. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { toBase64, utf8 } from '../base/bytes.ts';
import type { Clock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import { expectOk } from '../base/result.ts';
import { filePartName } from '../exam/answer/answer-files.ts';
import { heldPart, type RoomRecord } from '../exam/package/room-result.ts';
import type { ItemResponses } from '../exam/paper/response.ts';
import { policySchema } from '../exam/project/policy.ts';
import { quickKeyFile } from '../hardware/token/key-file.fixture.ts';
import { openKeyFile } from '../hardware/token/key-file.ts';
import type { Header, StoredEntry } from '../journal/entry.ts';
import { HeldBuilder } from '../journal/held.ts';
import { openJournal, type Journal } from '../journal/journal.ts';
import { changeSignal } from '../node/change-signal.ts';
import { CodeDesk } from '../node/code-desk.ts';
import { openNode } from '../node/node.ts';
import { makeParcel } from '../parcel/parcel.ts';
import { issueCertificate } from '../trust/certificate.ts';
import { sha256Hex } from '../trust/digest.ts';
import { createNodeKeys, loadOrCreateNodeKeys, type NodeKeys } from '../trust/keys.ts';
import { sealBytes } from '../trust/seal.ts';
import { LiveBoard } from './board/live-board.ts';
import type { Centre } from './centre.ts';
import type { SessionView } from './contract.ts';
import { Distribution } from './distribution/distribution.ts';
import { createProject, saveSession } from './project/projects.ts';
import { RegisterGrowth } from './events/growth.ts';
import { ArchiveMaker } from './paper-day/archives/archive-maker.ts';
import { MaterialsPreparer } from './paper-day/materials/preparer.ts';
import { PackageOpener } from './paper-day/packages/package-opener.ts';
import { Publisher } from './publish/publisher.ts';
import { importRoster } from './roster/import-roster.ts';
import { ScanReader } from './scans/uploads/scan-reader.ts';
import { registerSite } from './site/register-site.ts';
import { openCentreDatabase, type DatabaseTarget } from './storage/database.ts';

export const pin = 'pin-of-the-test';

export interface TestCentre {
  readonly centre: Centre;
  readonly folder: string;
  /** Where its database is. */
  readonly target: DatabaseTarget;
  /** Its clock goes on only like this. */
  pass(ms: number): void;
  /** As a browser's upload. */
  file(name: string, content: Uint8Array | string): Promise<{ path: string; fileName: string }>;
  close(): Promise<void>;
}

/** Making keys takes longer than most of what is tried with them: every centre of a test file has the same. By path in the data folder. */
let madeKeys: Promise<ReadonlyMap<string, Buffer>> | null = null;

async function makeKeys(): Promise<ReadonlyMap<string, Buffer>> {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-keys-'));
  try {
    await loadOrCreateNodeKeys(join(folder, 'keys'), { name: 'centre' });
    await quickKeyFile(join(folder, 'token.key'), pin);
    const paths = [join('keys', 'node-keys.json'), 'token.key'];
    return new Map(paths.map((path) => [path, readFileSync(join(folder, path))]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** So does making its tables: they lie in the first centre's file as in that of every other. */
let madeTables: Promise<Buffer> | null = null;

async function makeTables(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-tables-'));
  try {
    const file = join(folder, 'centre.db');
    const db = expectOk(await openCentreDatabase({ file }, { lost: () => undefined, back: () => undefined }));
    await db.destroy();
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

let memberKeys: Promise<[NodeKeys, NodeKeys]> | null = null;

export async function openTestCentre(target: 'file' | { url: string }): Promise<TestCentre> {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-centre-'));
  mkdirSync(join(folder, 'keys'));
  for (const [path, content] of await (madeKeys ??= makeKeys())) writeFileSync(join(folder, path), content);
  let now = Date.UTC(2026, 5, 1, 8);
  const clock: Clock = { now: () => now, monotonic: () => now };
  const node = expectOk(await openNode({ role: 'centre', data: folder, logLevel: 'silent', clock }));
  const place: DatabaseTarget = target === 'file' ? { file: join(folder, 'centre.db') } : target;
  if ('file' in place) writeFileSync(place.file, await (madeTables ??= makeTables()));
  const db = expectOk(await openCentreDatabase(place, { lost: () => undefined, back: () => undefined }));
  const codes = new CodeDesk(node.journal, node.settings, () => undefined);
  const changed = changeSignal();
  const board = await LiveBoard.open({
    db,
    clock,
    journal: node.journal,
    self: node.id,
    shared: target !== 'file',
    codes: () => codes.codes,
    changed,
    onError: (error) => {
      throw error;
    },
  });
  const centre: Centre = {
    node,
    db,
    blobs: node.blobs,
    name: { role: 'centre', code: 'CENTRE', id: node.id },
    releaseToken: expectOk(openKeyFile(join(folder, 'token.key'))),
    codes,
    board,
    publisher: new Publisher(() => centre),
    growth: new RegisterGrowth(() => centre),
    scanReader: new ScanReader(() => centre),
    materials: new MaterialsPreparer(() => centre),
    archives: new ArchiveMaker(() => centre),
    packages: new PackageOpener(() => centre),
    distribution: new Distribution(node),
    changed,
    supportChanged: changeSignal(),
  };
  return {
    centre,
    folder,
    target: place,
    pass: (ms) => void (now += ms),
    async file(fileName, content) {
      const path = join(folder, 'staging', `${newId()}-${fileName}`);
      await writeFile(path, content);
      return { path, fileName };
    },
    async close() {
      await centre.publisher.stop();
      await centre.growth.stop();
      await centre.packages.stop();
      await centre.scanReader.stop();
      await centre.materials.stop();
      await centre.archives.stop();
      await board.close();
      await db.destroy();
      await node.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function sessionInput(number: number, startAt: number, paperId: string | null = null) {
  return {
    number,
    name: `Session ${number}`,
    startAt,
    subjects: [{ number: 1 as const, name: 'General', paperId, durationMin: 60 }],
    policy: policySchema.parse({}),
  };
}

/** Two administrators, an operator and an observer. Without passwords: those take longer to make than all that is tried with them. */
export function people({ centre }: Pick<TestCentre, 'centre'>): void {
  const insert = centre.node.db.prepare(
    'INSERT INTO account (name, role, password, must_change, created_at) VALUES (?, ?, ?, 0, 0)',
  );
  for (const [name, role] of [
    ['ann', 'administrator'],
    ['bob', 'operator'],
    ['cem', 'administrator'],
    ['dan', 'observer'],
  ] as const)
    insert.run(name, role, 'none');
}

export interface TestProject {
  readonly projectId: string;
  readonly sessionId: string;
}

/** One session and a roster of two sites with one room each. */
export async function makeProject(
  { centre, file }: TestCentre,
  code = 'P1',
  rows: readonly string[] = [
    '1,S1,S1-R1,1001,Ахметова Айгуль',
    '1,S1,S1-R1,1002,王小明',
    '1,S2,S2-R1,1003,Öztürk',
  ],
  paperOf: (projectId: string) => Promise<string | null> = () => Promise.resolve(null),
): Promise<TestProject> {
  const { projectId } = expectOk(
    await createProject(centre, { code, name: `Project ${code}`, mode: 'formal', supportPhone: '' }),
  );
  const { sessionId } = expectOk(
    await saveSession(
      centre,
      projectId,
      null,
      sessionInput(1, centre.node.clock.now() + 7_200_000, await paperOf(projectId)),
    ),
  );
  expectOk(await importRoster(centre, projectId, await file('roster.csv', rosterText(rows)), 'admin'));
  return { projectId, sessionId };
}

/** A paper of the project's session, as publishing seals it, without its content. @returns its secret key */
export async function sealPaper(
  { db, releaseToken }: Centre,
  { projectId, sessionId }: TestProject,
): Promise<string> {
  const key = await generateX25519Identity();
  await db
    .insertInto('paper')
    .values({
      id: `paper-of-${projectId}`,
      project_id: projectId,
      title: 'Paper',
      file_name: 'paper.zip',
      language: 'en',
      imported_at: 1,
      items: 1,
      files: 0,
      bytes: 1,
      body_digest: '',
      key_digest: '',
      report_json: JSON.stringify({ notes: [], items: [] }),
    })
    .execute();
  await db
    .insertInto('sealed_paper')
    .values({
      session_id: sessionId,
      subject: 1,
      paper_id: `paper-of-${projectId}`,
      digest: '0'.repeat(64),
      size: 1,
      items: 1,
      recipient: await identityToRecipient(key),
      sealed_key: toBase64(await sealBytes(utf8(key), { recipients: [releaseToken.recipient] })),
    })
    .execute();
  return key;
}

export function rosterText(rows: readonly string[]): string {
  return `session,site code,room code,admission number,name\n${rows.join('\n')}\n`;
}

export interface SaidAnswer {
  readonly admissionNumber: string;
  readonly item: string;
  readonly responses: ItemResponses;
  /** 1 is the one that the room gave. */
  readonly lease?: number;
}

export interface TestRoom {
  /** @returns the file of a result of all that was said so far. */
  result(said: {
    readonly answers: readonly SaidAnswer[];
    readonly files?: readonly Uint8Array[];
    /** What the room says of itself, where it is to say something else. */
    readonly record?: (made: RoomRecord) => RoomRecord;
    /** An entry as it stands in the file, where it is to be another one. */
    readonly line?: (stored: StoredEntry) => unknown;
    /** Whether the room signs which entries it holds; older ones do not. */
    readonly proved?: boolean;
  }): Promise<string>;
  readonly journal: Journal;
  readonly keys: NodeKeys;
  close(): Promise<void>;
}

/** A site joins with a lock, and a room joins the site; the room's journal is a real one. */
export async function joinRoom(
  { centre, folder }: TestCentre,
  where: TestProject & { site: string; room: string; session: SessionView; sittings: readonly string[] },
): Promise<TestRoom> {
  const { clock } = centre.node;
  const [siteKeys, roomKeys] = await (memberKeys ??= Promise.all([createNodeKeys(), createNodeKeys()]));
  const siteName = { role: 'site' as const, code: where.site, id: newId() };
  const roomName = { role: 'room' as const, code: where.room, id: newId() };
  const welcome = expectOk(
    await registerSite(
      centre,
      where.projectId,
      {
        id: siteName.id,
        code: where.site,
        keys: { signingKey: siteKeys.signing.publicKey, sealingKey: siteKeys.sealing.recipient },
        tlsFingerprint: siteKeys.tls.fingerprint,
      },
      { serial: 'L1', recipient: siteKeys.sealing.recipient },
    ),
  );
  const certificate = issueCertificate(
    { name: roomName, signingKey: roomKeys.signing.publicKey, sealingKey: roomKeys.sealing.recipient },
    { name: siteName, key: siteKeys.signing },
    { notBefore: clock.now() - 1_000, notAfter: clock.now() + 86_400_000 },
  );
  const data = mkdtempSync(join(folder, 'room-'));
  const journal = expectOk(
    await openJournal({ dir: data, origin: roomName.id, signer: roomKeys.signing, clock }),
  );
  const candidates = await centre.db
    .selectFrom('candidate')
    .select(['id', 'admission_number', 'name'])
    .where('project_id', '=', where.projectId)
    .where('admission_number', 'in', where.sittings)
    .orderBy('position')
    .execute();
  // Its own seat, too: one journal is enough for what the centre does with them.
  for (const one of candidates)
    await journal.append([
      {
        kind: 'candidate-signed-in',
        subject: `sitting:${one.id}`,
        data: { seat: roomName.id, lease: 1, attempt: 1 },
      },
    ]);
  return {
    close: () => journal.close(),
    journal,
    keys: roomKeys,
    async result({
      answers,
      files = [],
      record: change = (made) => made,
      line = (stored) => stored,
      proved = true,
    }) {
      for (const { admissionNumber, item, responses, lease = 1 } of answers)
        await journal.append([
          {
            kind: 'answer-changed',
            subject: `sitting:${candidates.find((one) => one.admission_number === admissionNumber)?.id ?? ''}`,
            data: { item, lease, attempt: 1 },
            payload: { responses },
          },
        ]);
      const heads = journal.heads();
      const record = change({
        v: 1,
        project: where.projectId,
        session: where.sessionId,
        site: where.site,
        room: where.room,
        madeAt: clock.now(),
        startedAt: clock.now(),
        endedAt: clock.now(),
        administrator: 'A',
        administratorPhone: '',
        codes: [],
        invigilators: [],
        sittings: candidates.map((one) => ({
          id: one.id,
          admissionNumber: one.admission_number,
          name: one.name,
          state: 'handed-in',
          attempt: 1,
          extraTimeMin: 0,
          accommodations: null,
          resumes: 0,
          resumedAt: [],
          extraTimes: [],
          violations: [],
          collected: true,
          singleCollection: false,
          reason: null,
          missingFiles: [],
        })),
        heads: heads.map((head) => ({ ...head })),
        files: files.map((content) => ({ digest: sha256Hex(content), size: content.length })),
      });
      const entries = heads.flatMap((head) => journal.ofOrigin(head.origin, head.epoch, 0, 10_000));
      const lines = entries.map(
        ({ header, salt, payload }) => `${JSON.stringify(line({ header, salt, payload }))}\n`,
      );
      const recipients = [centre.node.keys.sealing.recipient];
      const builder = new HeldBuilder();
      for (const { header, hash } of entries) {
        const { subject, ...place } = JSON.parse(header) as Header;
        builder.take(place, subject, hash);
      }
      const held = builder.sign(
        { project: where.projectId, session: where.sessionId, at: clock.now() },
        { key: roomKeys.signing, chain: [certificate, ...welcome.chain] },
      );
      const path = join(folder, 'staging', `${newId()}.parcel`);
      expectOk(
        await makeParcel(
          path,
          {
            kind: 'room-result',
            id: `room-result:${newId()}`,
            to: { role: 'centre', code: 'CENTRE' },
            project: where.projectId,
            session: where.sessionId,
            mode: 'formal',
            createdAt: clock.now(),
            about: {},
          },
          [
            { name: 'record.json', content: utf8(JSON.stringify(record)), recipients },
            { name: 'entries.jsonl', content: utf8(lines.join('')), recipients },
            ...(proved ? [{ name: heldPart, content: utf8(held), recipients }] : []),
            ...files.map((content) => ({ name: filePartName(sha256Hex(content)), content, recipients })),
          ],
          { name: roomName, key: roomKeys.signing, chain: [certificate, ...welcome.chain] },
        ),
      );
      return path;
    },
  };
}
