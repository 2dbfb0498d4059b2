/** A site with a database, a journal and an exam, as far as its system functions look at it; without network. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectOk } from '../base/result.ts';
import { defaultPolicy } from '../exam/project/policy.ts';
import type { RoomStatus } from '../exam/session/room-view.ts';
import { openJournal, type Journal } from '../journal/journal.ts';
import { openLogger } from '../node/logger.ts';
import { Settings, settingMigrations } from '../node/settings.ts';
import { openBlobs } from '../store/blobs.ts';
import { openDatabase } from '../store/sqlite.ts';
import { signJws } from '../trust/jws.ts';
import { newSigningKeyPem, signingKeyFromPem } from '../trust/signing-key.ts';
import { DayCourier } from './paper-day/day-courier.ts';
import { loadedExamSchema, siteMembershipSchema, siteSetupSchema, type Site } from './site.ts';
import { siteMigrations } from './storage.ts';

export const signer = signingKeyFromPem(newSigningKeyPem());
export const fingerprint = 'f'.repeat(64);
const sessionId = 's1';

export interface TrialSite {
  readonly site: Site;
  readonly data: string;
  readonly journal: Journal;
  /** What room R1 says of its one session. */
  roomSays(signedIn: number, stages?: Partial<RoomStatus['stages']>): void;
  /** A result of room R1 lies here. @returns its digest */
  collect(content: string): Promise<string>;
  receipt(digest: string): void;
  count(table: 'room' | 'result' | 'authorisation'): number;
  close(): Promise<void>;
}

/** Room R1 is registered, room R2 is not; the authorisation of the session is here. */
export async function trialSite(mode: 'formal' | 'mock'): Promise<TrialSite> {
  const data = mkdtempSync(join(tmpdir(), 'invigil-site-'));
  const clock = { now: () => 1_700_000_000_000, monotonic: () => 0 };
  const journal = expectOk(await openJournal({ dir: data, origin: 'site', signer, clock }));
  const db = expectOk(
    openDatabase(join(data, 'node.db'), { migrations: [...settingMigrations, ...siteMigrations] }),
  );
  const settings = new Settings(db);
  const blobs = openBlobs(join(data, 'blobs'));
  const uploads = join(data, 'uploads');
  mkdirSync(uploads);
  writeFileSync(join(uploads, 'half-a-result'), 'half');
  settings.write('setup', { siteCode: 'S1', mode, lockPath: join(data, 'lock.key'), lockSerial: null });
  settings.write('membership', {
    centreAddress: '127.0.0.1:1',
    certPem: '',
    centreSigningKey: signer.publicKey,
    centreSealingKey: 'age1',
    centreCode: 'C',
    chain: [],
    project: { id: 'p1', name: 'Trial', mode, supportPhone: '' },
    siteName: 'School',
  });
  settings.write('exam', { number: 1, publishedAt: 1, importedAt: 2, checkedAt: null, newest: null });
  for (const code of ['R1', 'R2']) {
    db.prepare('INSERT INTO room (code, name, registration_code) VALUES (?, ?, ?)').run(
      code,
      `Room ${code}`,
      'CODE',
    );
    db.prepare('INSERT INTO room_package (code, package) VALUES (?, ?)').run(code, roomPackage(code, mode));
  }
  db.prepare(
    'UPDATE room SET registration_code = NULL, tls_fingerprint = ?, node_id = ?, registered_at = 3, last_contact = ? WHERE code = ?',
  ).run(fingerprint, 'room-1', clock.now(), 'R1');
  db.prepare('INSERT INTO authorisation (session_id, locked, received_at) VALUES (?, ?, ?)').run(
    sessionId,
    'AA==',
    4,
  );
  await blobs.put(new TextEncoder().encode('a sealed paper'));
  const site: Site = {
    node: {
      role: 'site',
      id: 'site',
      data,
      uploads,
      journal,
      db,
      settings,
      blobs,
      clock,
      log: openLogger('site', 'silent'),
    } as Site['node'],
    changed: { notify: () => undefined, subscribe: () => () => undefined },
    codes: {} as Site['codes'],
    ownRoom: null,
    setup: () => settings.read('setup', siteSetupSchema),
    membership: () => settings.read('membership', siteMembershipSchema),
    exam: () => settings.read('exam', loadedExamSchema),
    lock: () => ({ ok: false, refusal: { type: 'lock-absent' } }),
    lockKnown: () => Promise.resolve(),
    tokens: {} as Site['tokens'],
    link: null,
    dayCourier: new DayCourier(() => site),
    connect: () => undefined,
    beginAnew: () => undefined,
  };
  return {
    site,
    data,
    journal,
    roomSays(signedIn, stages = {}) {
      const status: RoomStatus = {
        roomCode: 'R1',
        sessionId,
        stages: {
          registeredAt: 3,
          loadedAt: 4,
          sealCheckedAt: null,
          sealCheckPassed: null,
          authorisedAt: null,
          startedAt: null,
          endedAt: null,
          reportedAt: null,
          ...stages,
        },
        counts: {
          expected: 2,
          signedIn,
          inExam: 0,
          handedIn: 0,
          absent: 0,
          away: 0,
          extraTime: 0,
          violations: 0,
          resumed: 0,
        },
      };
      db.prepare('UPDATE room SET status = ? WHERE code = ?').run(JSON.stringify([status]), 'R1');
    },
    async collect(content) {
      const { digest, size } = await blobs.put(new TextEncoder().encode(content));
      db.prepare(
        'INSERT INTO result (digest, room_code, session_id, record, bytes, collected_at) VALUES (?, ?, ?, ?, ?, ?)',
      ).run(digest, 'R1', sessionId, JSON.stringify({ room: 'R1', said: content }), size, 5);
      return digest;
    },
    receipt(digest) {
      db.prepare('UPDATE result SET receipt = ?, receipt_at = 6 WHERE digest = ?').run('jws', digest);
    },
    count: (table) => Number(db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']),
    async close() {
      await journal.close();
      db.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** What the site reads of it: rooms and sessions. */
function roomPackage(code: string, mode: 'formal' | 'mock'): string {
  return signJws(
    'invigil-room-package+jws',
    {
      v: 1,
      project: { id: 'p1', code: 'P', name: 'Trial', mode, supportPhone: '' },
      publication: { number: 1, at: 1 },
      site: { code: 'S1', name: 'School' },
      room: { code, name: `Room ${code}` },
      sessions: [
        {
          id: sessionId,
          number: 1,
          name: 'Morning',
          startAt: 1,
          subjects: [
            { number: 1, name: 'A', durationMin: 60, paperSha256: 'a'.repeat(64), paperSize: 1, items: 1 },
          ],
          policy: defaultPolicy,
          candidates: [],
        },
      ],
      centreSealingKey: 'age1',
    },
    signer,
  );
}
