/** Every import that takes a parcel by file, given everything but the right one: nothing is taken, and the right one still is afterwards. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectParcel, makeParcel, type Manifest } from '../../src/parcel/parcel.ts';
import { loadOrCreateNodeKeys, type NodeKeys } from '../../src/trust/keys.ts';
import { issueCertificate, type NodeName } from '../../src/trust/certificate.ts';
import { password, roomCode, siteCode, startExam, type Exam } from '../../tools/exam-day/exam.ts';
import { lockPin, openSignIn, releasePin, scoreAndExport } from '../../tools/exam-day/exam-day.ts';
import { refusalIn } from '../../tools/exam-day/process.ts';
import { nodeId } from './journal-of.ts';

let exam: Exam;
let folder: string;
let keys: Record<'centre' | 'site' | 'room', NodeKeys>;
/** Right parcels met so far, by kind. */
const parcels = new Map<string, Uint8Array>();
const formulas = ["=cmd|' /C calc'!A0", '+1+1', '-2+3', '@SUM(A1:A9)'];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'invigil-parcels-'));
  exam = await startExam({
    hosted: ['centre', 'room'],
    seats: 0,
    roster: { candidatesPerRoom: formulas.length },
    until: 'loaded',
  });
  keys = {
    centre: await loadOrCreateNodeKeys(join(exam.data('centre'), 'keys'), { name: '' }),
    site: await loadOrCreateNodeKeys(join(exam.data('site'), 'keys'), { name: '' }),
    room: await loadOrCreateNodeKeys(join(exam.data('room'), 'keys'), { name: '' }),
  };
  const rows = formulas.map((name, i) => `1,${siteCode},${roomCode},100000${i + 1},${name}`);
  const { centre, projectId } = exam;
  const roster = `session,site code,room code,admission number,name\n${rows.join('\n')}\n`;
  await centre.call.roster.import({
    projectId,
    uploadId: await centre.upload('roster.csv', Buffer.from(roster)),
  });
  await centre.call.publication.publish({ projectId });
});
afterAll(async () => {
  await exam?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Import {
  readonly kind: string;
  readonly bytes: Uint8Array;
  /** Hands a file to the console. */
  take(bytes: Uint8Array): Promise<unknown>;
  /** What the console shows of what was imported. */
  shown(): Promise<unknown>;
}

const refusalOf = (taken: Promise<unknown>): Promise<{ type: string } | null> =>
  taken.then(
    () => null,
    (error: unknown) => {
      const refusal = refusalIn(error);
      // An unexpected error instead of a refusal tells nobody what to do.
      if (!refusal) throw error;
      return refusal;
    },
  );

/** Signed by the centre itself, as `change` of the right manifest. */
async function forged(
  right: Uint8Array,
  change: (manifest: Manifest) => Partial<Manifest>,
  sender?: Parameters<typeof makeParcel>[3],
): Promise<Uint8Array> {
  const [from, to] = [join(folder, 'right'), join(folder, 'forged')];
  writeFileSync(from, right);
  const inspected = await inspectParcel(from);
  if (!inspected.ok) throw new Error(inspected.refusal.type);
  const { manifest } = inspected.value;
  await makeParcel(
    to,
    { ...manifest, ...change(manifest) },
    [
      {
        name: 'part',
        content: Buffer.from('{}'),
        recipients: [keys.site.sealing.recipient, keys.room.sealing.recipient, keys.centre.sealing.recipient],
      },
    ],
    sender ?? {
      name: { role: 'centre', code: 'CENTRE', id: nodeId(exam.data('centre')) },
      key: keys.centre.signing,
      chain: [],
    },
  );
  return readFileSync(to);
}

async function expired(right: Uint8Array): Promise<Uint8Array> {
  const name: NodeName = { role: 'site', code: siteCode, id: nodeId(exam.data('site')) };
  const certificate = issueCertificate(
    { name, signingKey: keys.site.signing.publicKey, sealingKey: keys.site.sealing.recipient },
    { name: { role: 'centre', code: 'CENTRE', id: nodeId(exam.data('centre')) }, key: keys.centre.signing },
    { notBefore: 0, notAfter: Date.now() - 1_000 },
  );
  return forged(right, () => ({}), { name, key: keys.site.signing, chain: [certificate] });
}

async function refuseEverythingElse({ kind, bytes, take, shown }: Import): Promise<void> {
  const before = await shown();
  const flipped = (at: number): Uint8Array => {
    const copy = Uint8Array.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ 0x10;
    return copy;
  };
  const manifestAt = Buffer.from(bytes).lastIndexOf('manifest.jws');
  const wrong: [what: string, content: Uint8Array, type: RegExp][] = [
    ['nothing', new Uint8Array(0), /^(not-a-parcel|file-empty)$/],
    ['text', Buffer.from('This is no parcel.'.repeat(100)), /^not-a-parcel$/],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, ...Buffer.alloc(2_000, 7)]), /^not-a-parcel$/],
    // Behind the manifest there are zeros only: cutting those takes nothing away.
    ...[0.02, 0.3, 0.7, 1].map((part): (typeof wrong)[number] => [
      `cut at ${part}`,
      bytes.slice(0, Math.floor((manifestAt + 600) * part)),
      /^(cut-short|not-a-parcel|altered)$/,
    ]),
    ...[0, 200, 700, manifestAt + 20, manifestAt + 700].map((at): (typeof wrong)[number] => [
      `a bit flipped at ${at}`,
      flipped(at),
      /^(altered|bad-signature|not-a-parcel|cut-short|untrusted-sender|certificate-.*)$/,
    ]),
    [
      'from another exam',
      await forged(bytes, () => ({ project: 'another' })),
      /^(wrong-project|untrusted-sender)$/,
    ],
    ['of the other mode', await forged(bytes, () => ({ mode: 'mock' })), /^wrong-mode$/],
    [
      'for somebody else',
      await forged(bytes, () => ({ to: { role: 'room', code: 'another' } })),
      /^wrong-receiver$/,
    ],
    // What only the lock can open is judged when it is opened.
    ...(/^(authorisation|release)$/.test(kind)
      ? []
      : [
          [
            'with parts that belong to nothing',
            await forged(bytes, () => ({})),
            /^(wrong-key|wrong-receiver|result-unreadable|not-a-parcel|untrusted-sender)$/,
          ] satisfies (typeof wrong)[number],
        ]),
    [
      'signed under an expired certificate',
      await expired(bytes),
      /^(certificate-.*|untrusted-sender|expired)$/,
    ],
    ...[...parcels]
      // The centre takes a room's result by itself, too.
      .filter(([other]) => other !== kind && !(kind === 'site-results' && other === 'room-result'))
      .map(([other, content]): (typeof wrong)[number] => [
        `a ${other} under its name`,
        content,
        /^(wrong-kind|wrong-receiver|not-a-parcel)$/,
      ]),
  ];
  for (const [what, content, type] of wrong) {
    // What is for nobody in particular cannot be for the wrong one.
    const refusal = await refusalOf(take(content)).catch((error: unknown) => ({
      type: `unexpected: ${String(error)}`,
    }));
    expect.soft({ what, said: refusal?.type }).toEqual({ what, said: expect.stringMatching(type) });
  }
  expect(await shown()).toEqual(before);
  await take(bytes);
  const after = await shown();
  // The right one once more changes nothing.
  await refusalOf(take(bytes));
  expect(await shown()).toEqual(after);
  parcels.set(kind, bytes);
}

/** Without the moments at which something was shown or heard. */
function still(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (name, field: unknown) =>
      /^(at|now|lastContact|importedAt|loadedAt|checkedAt|freeBytes|newest)$/.test(name) ? undefined : field,
    ),
  );
}

test('a site package', async () => {
  const { centre, site, projectId } = exam;
  await refuseEverythingElse({
    kind: 'site-package',
    bytes: await centre.download(await centre.call.publication.exportSite({ projectId, siteCode })),
    take: async (bytes) => site.call.exam.importFile({ uploadId: await site.upload('x.parcel', bytes) }),
    shown: async () =>
      still([
        (await site.call.overview.get()).exam,
        (await site.call.room.list()).map(({ name, sessions }) => ({ name, sessions })),
      ]),
  });
});

test('a room package', async () => {
  const { site, room } = exam;
  await refuseEverythingElse({
    kind: 'room-package',
    bytes: await site.download(await site.call.room.exportPackage({ roomCode })),
    take: async (bytes) => room.call.exam.importFile({ uploadId: await room.upload('x.parcel', bytes) }),
    shown: async () => still((await room.call.overview.get()).exam),
  });
});

test('an authorisation', async () => {
  const { centre, site, projectId, sessionId } = exam;
  await centre.call.authorisation.prepare({ projectId, sessionId, pin: releasePin });
  await refuseEverythingElse({
    kind: 'authorisation',
    bytes: await centre.download(await centre.call.authorisation.exportFile({ sessionId, siteCode })),
    take: async (bytes) =>
      site.call.authorisation.importFile({ uploadId: await site.upload('x.ptq', bytes) }),
    shown: async () => still((await site.call.overview.get()).sessions),
  });
});

test('a release', async () => {
  const { centre, site, sessionId } = exam;
  await refuseEverythingElse({
    kind: 'release',
    bytes: await centre.download(await centre.call.authorisation.exportRelease({ sessionId, siteCode })),
    take: async (bytes) =>
      site.call.authorisation.importRelease({ uploadId: await site.upload('x.parcel', bytes), pin: lockPin }),
    shown: async () =>
      (await site.call.overview.get()).sessions.map(({ calibratedAt, verifiedAt }) => [
        calibratedAt !== null,
        verifiedAt,
      ]),
  });
});

test('an authorisation for a room', async () => {
  const { site, room, sessionId } = exam;
  const bytes = await site.download(await site.call.authorisation.exportForRoom({ sessionId, roomCode }));
  // With its site in reach, the room would fetch it by itself.
  await exam.process('site').kill();
  await room.call.session.choose({ sessionId, administrator: 'A', invigilators: [] });
  await refuseEverythingElse({
    kind: 'room-authorisation',
    bytes,
    take: async (bytes) =>
      room.call.session.importAuthorisation({ uploadId: await room.upload('x.parcel', bytes) }),
    shown: async () => {
      const { session } = await room.call.board.get();
      // The room's clockwork goes on to the open sign-in by itself.
      return session?.state === 'loaded' ? 'closed' : 'open';
    },
  });
});

test("a room's result", async () => {
  const { site, room, sessionId } = exam;
  await exam.again('site');
  await openSignIn(room, sessionId);
  await room.call.session.allowStart({ sessionId });
  const { sittings } = await room.call.board.get();
  await room.call.session.end({
    sessionId,
    password,
    reasons: sittings.map(({ sittingId }) => ({ sittingId, reason: 'did not come' })),
  });
  await refuseEverythingElse({
    kind: 'room-result',
    bytes: await room.download(await room.call.session.exportResult({ sessionId })),
    take: async (bytes) =>
      site.call.collection.importFile({ uploadId: await site.upload('x.parcel', bytes) }),
    shown: async () => still(await site.call.collection.list()),
  });
});

test("a site's results", async () => {
  const { centre, site, projectId, sessionId } = exam;
  await refuseEverythingElse({
    kind: 'site-results',
    bytes: await site.download(await site.call.collection.exportForCentre({ sessionId })),
    take: async (bytes) =>
      centre.call.result.importFile({ projectId, uploadId: await centre.upload('x.parcel', bytes) }),
    shown: async () => still(await centre.call.result.list({ projectId })),
  });
});

test('receipts are taken at site and room when they are the centre’s and about what is held there', async () => {
  const { centre, site, room, projectId, sessionId } = exam;
  const receipts = await centre.download(await centre.call.result.exportReceipts({ projectId, siteCode }));
  const atSite = async (bytes: Uint8Array) =>
    site.call.collection.importReceipts({ uploadId: await site.upload('r', bytes) });
  const atRoom = async (bytes: Uint8Array) =>
    room.call.session.importReceipt({ uploadId: await room.upload('r', bytes) });
  const altered = Uint8Array.from(receipts);
  altered[40] = (altered[40] ?? 0) ^ 1;
  for (const take of [atSite, atRoom])
    for (const bytes of [
      new Uint8Array(0),
      Buffer.from('no JSON'),
      Buffer.from('{}'),
      Buffer.from('[1]'),
      Buffer.from('["x.y.z"]'),
      receipts.slice(0, receipts.length / 2),
      altered,
      ...parcels.values(),
    ])
      expect
        .soft(
          (await refusalOf(take(bytes)).catch((error: unknown) => ({ type: `unexpected: ${String(error)}` })))
            ?.type,
        )
        .toMatch(/^(receipt-unreadable|bad-signature)$/);
  await atSite(receipts);
  const forRoom = await site.download(
    await site.call.collection.exportReceiptForRoom({ sessionId, roomCode }),
  );
  expect((await atRoom(forRoom)).receiptAt).not.toBeNull();
  expect((await atRoom(forRoom)).receiptAt).not.toBeNull();
});

test('names that a spreadsheet would run as formulas come out as text, in CSV and in XLSX', async () => {
  const { centre, projectId } = exam;
  const { csv } = await scoreAndExport(centre, projectId);
  for (const name of formulas) expect(csv).toContain(`'${name}`);
  expect(csv).not.toMatch(/(^|,)"?[=+@-]/m);
  const workbook = new ExcelJS.Workbook();
  const bytes = await centre.download(await centre.call.result.exportXlsx({ projectId }));
  await workbook.xlsx.load(Buffer.from(bytes) as unknown as Parameters<typeof workbook.xlsx.load>[0]);
  const kept: unknown[] = [];
  workbook.worksheets[0]?.eachRow((row) =>
    row.eachCell((cell) => kept.push(cell.formula ?? null, cell.value)),
  );
  expect(kept.filter((one) => typeof one === 'object' && one !== null)).toEqual([]);
  expect(kept).toEqual(expect.arrayContaining(formulas));
});
