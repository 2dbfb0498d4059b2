/** A site and the support desk, with the link cut and mended, the site killed while its words wait, and each started before the other. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareCentre, setUpSite, signIn } from '../../tools/exam-day/exam-day.ts';
import { openConsole, refusalIn, until, type Console, type Contracts } from '../../tools/exam-day/process.ts';
import { Processes } from '../../tools/exam-day/processes.ts';
import { Wire } from '../../tools/exam-day/wire.ts';
import { journalOf } from './journal-of.ts';

const password = 'a-password-of-my-own';
const data = mkdtempSync(join(tmpdir(), 'invigil-support-'));
const processes = new Processes(data);
let wire: Wire;
let centre: Console<Contracts['centre']>;
let site: Console<Contracts['site']>;
let projectId: string;

beforeAll(async () => {
  const [atCentre, atSite] = await Promise.all([
    processes.start('centre', { hosted: true }),
    processes.start('site'),
  ]);
  wire = new Wire(atCentre.exchangePort);
  await wire.open();
  centre = await openConsole('centre', atCentre.port);
  site = await openConsole('site', atSite.port);
  await signIn(centre, password);
  ({ projectId } = await prepareCentre(centre, {
    code: 'P1',
    name: 'Trial',
    startAt: Date.now() + 3_600_000,
    durationMin: 60,
    roster: { sessions: 1, sites: ['S1', 'S2'], roomsPerSite: 1, candidatesPerRoom: 1 },
  }));
  await setUpSite(centre, site, {
    projectId,
    siteCode: 'S1',
    centreAddress: `127.0.0.1:${wire.port}`,
    lockPath: join(data, 'lock.key'),
    password,
  });
});
afterAll(async () => {
  wire?.close();
  await processes.kill();
  rmSync(data, { recursive: true, force: true });
});

const desk = () => centre.call.support.get({ projectId });
const lines = async (threadId: string): Promise<(string | null)[]> =>
  (await centre.call.support.thread({ projectId, siteCode: 'S1', threadId })).lines.map(({ text }) => text);
let threadId: string;

test('a question reaches the desk and its answer the site, each unread at the other end until it is seen', async () => {
  ({ threadId } = await site.call.support.open({
    stage: 'rooms',
    priority: 'stops-exam',
    phone: '+7 701 111 22 33',
    text: 'Room 3 has no power',
  }));
  await until('the question at the desk', async () => (await desk()).unread === 1);
  expect((await desk()).threads).toMatchObject([{ siteCode: 'S1', priority: 'stops-exam', state: 'new' }]);
  await centre.call.support.write({ projectId, siteCode: 'S1', threadId, text: 'Call the caretaker' });
  expect((await desk()).unread).toBe(0);
  await until('the answer at the site', async () => (await site.call.support.get()).unread === 1);
  const seen = await site.call.support.seen({ threadId });
  expect(seen).toMatchObject({ unread: 0, threads: [{ state: 'working', owner: 'admin' }] });
});

test('whoever has forgotten the password at a site is told the telephone of the desk, which the site shows already', async () => {
  const stranger = await openConsole('site', processes.get('site').port);
  const { supportPhone } = await site.call.frame();
  expect(supportPhone).not.toBe('');
  expect(await stranger.call.account.forgotten()).toEqual({ byMail: false, supportPhone });
});

test('without a link what is written waits, also when the site is killed, and comes once when there is one again', async () => {
  wire.cut(true);
  await site.call.support.write({ threadId, text: 'He is here' });
  await site.call.support.confirm({ phase: 'before', done: true });
  await centre.call.support.write({ projectId, siteCode: 'S1', threadId, text: 'Good' });
  await centre.call.support.announce({ projectId, prefix: '', text: 'Begin at 10' });
  await processes.get('site').kill();
  const again = await processes.again('site');
  site = await openConsole('site', again.port);
  await site.call.account.signIn({ account: 'admin', password });
  expect(await site.call.support.get()).toMatchObject({ waiting: 2, confirmations: [{ phase: 'before' }] });
  expect((await desk()).confirmations).toEqual([]);
  wire.cut(false);
  await until('everything at the desk', async () => (await site.call.support.get()).waiting === 0);
  expect((await desk()).confirmations).toMatchObject([{ siteCode: 'S1', phase: 'before', by: 'admin' }]);
  const all = ['Room 3 has no power', 'Call the caretaker', 'Good', 'He is here'];
  expect(await lines(threadId)).toEqual(all);
  await until('the same at the site', async () => {
    const [thread] = (await site.call.support.get()).threads;
    return thread?.lines.length === all.length;
  });
  expect((await site.call.support.get()).threads[0]?.lines.map(({ text }) => text)).toEqual(all);
});

test('what all sites are told is a notice at each until somebody there reads it, and the desk sees where', async () => {
  const [told] = (await site.call.support.get()).announcements;
  expect(told).toMatchObject({ text: 'Begin at 10', readAt: null });
  await site.call.support.read({ announcementId: told?.id ?? '' });
  await until('the reading at the desk', async () => (await desk()).announcements[0]?.read.length === 1);
  expect((await desk()).announcements[0]?.notRead).toEqual(['S2']);
});

test('a site that starts while its centre is away keeps its words, and brings them when the centre has started', async () => {
  await processes.get('site').stop();
  await processes.get('centre').stop();
  site = await openConsole('site', (await processes.again('site')).port);
  await site.call.account.signIn({ account: 'admin', password });
  await site.call.support.close({ threadId, solved: true });
  expect((await site.call.support.get()).waiting).toBe(1);
  centre = await openConsole('centre', (await processes.again('centre')).port);
  await signIn(centre, password);
  await until('the last word', async () => (await desk()).threads[0]?.state === 'solved');
});

test('a text that is too long is refused, and so is a thread that is not here', async () => {
  const refused = (asked: Promise<unknown>) =>
    asked.then(
      () => 'done',
      (error: unknown) => refusalIn(error)?.type ?? (error as { code?: string }).code,
    );
  expect(await refused(site.call.support.write({ threadId, text: 'x'.repeat(4_001) }))).toBe('BAD_REQUEST');
  expect(await refused(site.call.support.write({ threadId: '0'.repeat(16), text: 'x' }))).toBe(
    'no-such-thread',
  );
});

test('both journals are provable and hold each word once, in the payload alone', async () => {
  for (const role of ['site', 'centre'] as const) {
    const own = journalOf(join(data, role))
      .own()
      .filter(({ kind }) => /^(support-|stage-confirmed)/.test(kind));
    const ids = own.map(({ data: { posting, site: at } }) => `${String(posting)} ${String(at ?? '')}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(own.filter(({ kind }) => kind === 'support-written')).toHaveLength(3);
    expect(JSON.stringify(own.map((entry) => entry.data))).not.toMatch(/power|caretaker|701 111/);
  }
});
