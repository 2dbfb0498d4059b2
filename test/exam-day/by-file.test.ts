import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { pageTexts } from '../../src/node/printed-sheet/printed-sheet.fixture.ts';
import { sha256Hex } from '../../src/trust/digest.ts';
import { isAnswering } from '../../tools/exam-day/exam.ts';
import {
  approveSeats,
  chooseSession,
  everyInteraction,
  exchangeOf,
  keepAnswerFile,
  lockPin,
  openSignIn,
  prepareCentre,
  releasePin,
  scoreAndExport,
  signIn,
  takeAnswerFiles,
  takeSeat,
} from '../../tools/exam-day/exam-day.ts';
import { openConsole, until } from '../../tools/exam-day/process.ts';
import { Processes } from '../../tools/exam-day/processes.ts';
import { startTiers } from '../../tools/exam-day/tiers.ts';

const data = mkdtempSync(join(tmpdir(), 'invigil-stick-'));
const processes = new Processes(data);

afterEach(async () => {
  await processes.stop();
  rmSync(data, { recursive: true, force: true });
});

test('after the registrations everything goes by file: package, authorisation, release, result and receipt', async () => {
  const password = 'stick-password';
  const tiers = await startTiers(processes, { hosted: ['centre', 'site', 'room'] });
  const [centre, site, room] = [tiers.centre.console, tiers.site.console, tiers.room.console];
  await signIn(centre, password);
  const { projectId, sessionIds } = await prepareCentre(centre, {
    code: 'P1',
    name: 'Trial',
    startAt: Date.now(),
    durationMin: 60,
    packageFile: everyInteraction,
    roster: { sessions: 1, sites: ['S1'], roomsPerSite: 1, candidatesPerRoom: 3 },
    policy: { countdownS: 0, earliestHandInMin: 0, lateLimitMin: 60 },
  });
  const sessionId = sessionIds[0] as string;
  const [row] = await centre.call.site.list({ projectId });
  await site.call.setup.complete({
    siteCode: 'S1',
    mode: 'formal',
    centreAddress: exchangeOf(tiers.centre.process),
    registrationCode: row?.registrationCode ?? '',
    account: 'admin',
    password,
    lock: { kind: 'key-file', path: join(data, 'lock.key'), pin: lockPin, create: true },
  });
  await site.call.account.signIn({ account: 'admin', password });
  const carry = async (
    from: { download(ticket: { ticket: string }): Promise<Uint8Array> },
    ticket: { ticket: string; fileName: string },
    to: { upload(name: string, content: Uint8Array): Promise<string> },
  ): Promise<string> => to.upload(ticket.fileName, await from.download(ticket));

  const forSite = await centre.call.publication.exportSite({ projectId, siteCode: 'S1' });
  await site.call.exam.importFile({ uploadId: await carry(centre, forSite, site) });
  const numbers = ['1000001', '1000002', '1000003'];
  for (const make of [site.call.sheet.doorAndSeats, site.call.sheet.tickets]) {
    const sheets = await make({ roomCode: null, language: 'zh' });
    const pages = (await pageTexts(await site.download(sheets))).map((page) => page.match(/100000\d/g) ?? []);
    expect([sheets.fileName, ...pages.flat().slice(-3)]).toEqual([
      expect.stringMatching(/_S1\.pdf$/),
      ...numbers,
    ]);
  }
  await signIn(room, password);
  const known = (await site.call.room.list())[0];
  await room.call.settings.save({
    roomCode: known?.roomCode ?? '',
    siteAddress: exchangeOf(tiers.site.process),
    ownAddress: '',
    siteMode: true,
  });
  await room.call.settings.register({ registrationCode: known?.registrationCode ?? '' });
  const roomCode = known?.roomCode ?? '';
  const forRoom = await site.call.room.exportPackage({ roomCode });
  await room.call.exam.importFile({ uploadId: await carry(site, forRoom, room) });

  await centre.call.authorisation.prepare({ projectId, sessionId, pin: releasePin });
  const authorisation = await centre.call.authorisation.exportFile({ sessionId, siteCode: 'S1' });
  await site.call.authorisation.importFile({ uploadId: await carry(centre, authorisation, site) });
  const release = await centre.call.authorisation.exportRelease({ sessionId, siteCode: 'S1' });
  await site.call.authorisation.importRelease({
    uploadId: await carry(centre, release, site),
    pin: lockPin,
  });
  const forSession = await site.call.authorisation.exportForRoom({ sessionId, roomCode });
  await room.call.session.importAuthorisation({ uploadId: await carry(site, forSession, room) });
  await chooseSession(room, sessionId);
  await openSignIn(room, sessionId);

  const { pairingCode } = await room.call.overview.get();
  const seatProcess = await processes.start('seat', {
    hosted: true,
    options: { room: exchangeOf(tiers.room.process), 'pairing-code': pairingCode },
  });
  const seat = await openConsole('seat', seatProcess.port);
  await approveSeats(room, 1);
  await until('a ready seat', async () => (await seat.call.state.get()).phase === 'ready');
  await takeSeat(seat, '1000002');
  await room.call.session.allowStart({ sessionId });
  await isAnswering(seat);
  const { instance } = await seat.call.sitting.paper();
  const asking = (baseType: string) =>
    instance.items.find((one) => one.item.responses[0]?.baseType === baseType)?.identifier ?? '';
  const drawing = new Uint8Array(Buffer.alloc(5_000_000, 'a drawing 画 '));
  const said = [
    { item: asking('string'), responses: { RESPONSE: 'ответ 答' } },
    {
      item: asking('file'),
      responses: { RESPONSE: await keepAnswerFile(seat, 'рисунок.png', new Blob([drawing])) },
    },
  ];
  for (const answer of said) await seat.call.sitting.answer(answer);
  await seat.call.sitting.handIn();
  const { sittings } = await room.call.board.get();
  await room.call.session.end({
    sessionId,
    password,
    reasons: sittings
      .filter((one) => one.state !== 'handed-in')
      .map((one) => ({ sittingId: one.sittingId, reason: 'did not come' })),
  });

  const result = await room.call.session.exportResult({ sessionId });
  await site.call.collection.importFile({ uploadId: await carry(room, result, site) });
  const collected = await site.call.collection.exportForCentre({ sessionId });
  await centre.call.result.importFile({ projectId, uploadId: await carry(site, collected, centre) });
  const receipts = await centre.call.result.exportReceipts({ projectId, siteCode: 'S1' });
  await site.call.collection.importReceipts({ uploadId: await carry(centre, receipts, site) });
  const receipt = await site.call.collection.exportReceiptForRoom({ sessionId, roomCode });
  const check = await room.call.session.importReceipt({ uploadId: await carry(site, receipt, room) });
  expect(check.receiptAt).not.toBeNull();
  const { answers } = await scoreAndExport(centre, projectId);
  expect(
    answers.map(({ admissionNumber, item, responses }) => ({ admissionNumber, item, responses })),
  ).toEqual(
    said
      .map((answer) => ({ admissionNumber: '1000002', ...answer }))
      .toSorted((a, b) => (a.item < b.item ? -1 : 1)),
  );
  const [file, ...others] = await takeAnswerFiles(centre, projectId);
  expect(others).toEqual([]);
  expect(file?.fileName).toBe('1000002_рисунок.png');
  expect(sha256Hex(file?.content ?? new Uint8Array(0))).toBe(sha256Hex(drawing));
});
