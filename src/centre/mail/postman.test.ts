import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { newId } from '../../base/ids.ts';
import { expectOk } from '../../base/result.ts';
import type { Posting, PostingBody } from '../../exam/support/posting.ts';
import { Accounts } from '../../node/accounts.ts';
import { quickHash } from '../../node/users/console.fixture.ts';
import { makeProject, openTestCentre, type TestCentre } from '../centre.fixture.ts';
import { status } from '../../exam/board/board.fixture.ts';
import { exchange } from '../support/postings.ts';
import { openThread } from '../support/desk.ts';
import type { MailEvent } from './contract.ts';
import { mailPassword, mailServer } from './mail.fixture.ts';
import { gatherMs, givenUpAfterMs, Postman } from './postman.ts';
import { keepServer, mailServerOf } from './settings.ts';

const minute = 60_000;
const open: TestCentre[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function centreWithMail(events: readonly MailEvent[] = ['message', 'incident'], language = 'en') {
  const test = await openTestCentre('file');
  open.push(test);
  const { centre } = test;
  const { node } = centre;
  const server = await mailServer({ login: true });
  await keepServer(node, server.at, mailPassword);
  const quick = new Accounts(node.db, node.clock, quickHash);
  for (const name of ['lin', 'ann']) expectOk(await quick.create(name, 'operator', 'chalk and slate', false));
  node.accounts.setEmail('lin', 'lin@school.example');
  node.accounts.setMailWishes('lin', { events, language });
  const { projectId, sessionId } = await makeProject(test);
  const fail = (error: unknown): never => {
    throw error;
  };
  const postman = () => new Postman(centre, fail);
  const bring = async (body: PostingBody, thread: string | null = null, side = 'S1') => {
    const id = newId();
    const posting: Posting = { id, thread: thread ?? id, side: 'site', at: 1, by: 'bo', name: '', body };
    expectOk(await exchange(centre, projectId, side, { after: 0, postings: [posting] }));
    return id;
  };
  const mails = () => centre.db.selectFrom('mail').selectAll().orderBy('created_at').execute();
  return { test, centre, node, server, projectId, sessionId, postman, bring, mails };
}

const call = (text: string, priority: 'normal' | 'stops-exam' = 'normal'): PostingBody => ({
  kind: 'opened',
  stage: 'seal-check',
  priority,
  phone: '+7 701',
  byTelephone: false,
  text,
});

test('several messages of a short time become one, with the way to each thread and nothing that a site has written', async () => {
  const { test, server, bring, postman, projectId } = await centreWithMail();
  const here = postman();
  const first = await bring(call('Ахметова Айгуль, 1001, cannot sign in'));
  await bring({ kind: 'written', text: 'the password is 12345' }, first);
  const second = await bring(call('no paper'), null, 'S2');
  await here.tick();
  expect(server.taken).toEqual([]);
  test.pass(gatherMs.message);
  await here.tick();
  await here.tick();
  expect(server.taken).toHaveLength(1);
  const [mail] = server.taken;
  expect(mail?.to).toBe('lin@school.example');
  expect(mail?.subject).toBe('Invigil CENTRE: 2 things to look at');
  expect(mail?.text).toContain(`https://exam.example/#/support/${projectId}/S1/${first}`);
  expect(mail?.text).toContain(`https://exam.example/#/support/${projectId}/S2/${second}`);
  expect(mail?.text.match(/new message at the support desk/g)).toHaveLength(2);
  expect(mail?.raw).not.toMatch(/Ахметова|1001|12345|no paper|701/);
  expect(mail?.text).not.toMatch(/Ахметова|1001|12345|no paper|701/);
});

test.each([
  ['zh', 'Invigil CENTRE · S1：事件：考试中断（封场检测）'],
  ['ru', 'Invigil CENTRE · S1: происшествие: '],
])('what stops an exam is told within seconds, in the user’s language: %s', async (language, subject) => {
  const { test, server, bring, postman } = await centreWithMail(['incident'], language);
  const here = postman();
  await bring(call('quiet'));
  await bring(call('fire', 'stops-exam'));
  test.pass(gatherMs.incident);
  await here.tick();
  expect(server.taken).toHaveLength(1);
  if (language === 'ru') expect(server.taken[0]?.subject).toContain(subject);
  else expect(server.taken[0]?.subject).toMatch(/^Invigil CENTRE · S1：事件：/);
});

test('who is limited is told of what happens within the limit, and of nothing else', async () => {
  const { test, centre, node, server, postman, projectId } = await centreWithMail(['incident']);
  node.accounts.setEmail('ann', 'ann@school.example');
  node.accounts.setMailWishes('ann', { events: ['incident'], language: 'en' });
  const limit = { to: 'site', projectId, siteCode: 'S2' } as const;
  node.accounts.change('ann', { role: 'observer', name: '', phone: '', active: true, limit });
  const by = { account: 'lin', name: '', role: 'operator', mustChangePassword: false, limit: null } as const;
  const said = { stage: 'other', priority: 'high', phone: '', text: 'x', byTelephone: true } as const;
  const told: (readonly (readonly string[] | string)[])[] = [];
  for (const siteCode of ['S1', 'S2']) {
    expectOk(await openThread(centre, { projectId, siteCode }, said, by));
    test.pass(minute);
    await postman().tick();
    told.push(server.taken.map(({ to }) => to));
  }
  expect(told).toEqual([[], ['ann@school.example']]);
});

test('who enters a call at the desk is not told of it; others are; who has no address or is switched off is nobody to tell', async () => {
  const { test, centre, node, server, postman, projectId } = await centreWithMail(['incident']);
  node.accounts.setEmail('ann', 'ann@school.example');
  node.accounts.setMailWishes('ann', { events: ['incident'], language: 'en' });
  const by = { account: 'lin', name: '', role: 'operator', mustChangePassword: false, limit: null } as const;
  const said = { stage: 'other', priority: 'high', phone: '', text: 'x', byTelephone: true } as const;
  expectOk(await openThread(centre, { projectId, siteCode: 'S1' }, said, by));
  node.accounts.change('ann', { role: 'operator', name: '', phone: '', active: false, limit: null });
  test.pass(minute);
  await postman().tick();
  node.accounts.change('ann', { role: 'operator', name: '', phone: '', active: true, limit: null });
  expectOk(await openThread(centre, { projectId, siteCode: 'S1' }, said, by));
  test.pass(minute);
  await postman().tick();
  expect(server.taken.map(({ to }) => to)).toEqual(['ann@school.example']);
});

test('a server that is away at first is tried with growing pauses, what comes meanwhile waits for the one message, and everything arrives', async () => {
  const { test, server, bring, postman, mails } = await centreWithMail();
  const here = postman();
  await server.close();
  await bring(call('one'));
  test.pass(minute);
  const pauses: number[] = [];
  for (let i = 0; i < 4; i++) {
    await here.tick();
    const [mail] = await mails();
    const pause = (mail?.next_at ?? 0) - test.centre.node.clock.now();
    expect(JSON.parse(mail?.problem_json ?? '')).toMatchObject({ type: 'mail-cannot-connect' });
    pauses.push(pause / minute);
    test.pass(pause - 1);
    await here.tick();
    expect((await mails()).map(({ tries }) => tries)).toEqual([i + 1]);
    test.pass(1);
  }
  expect(pauses).toEqual([1, 2, 4, 8]);
  await bring(call('two'), null, 'S2');
  const back = await mailServer({ login: true, port: server.at.port });
  await keepServer(test.centre.node, back.at, null);
  test.pass(minute);
  await here.tick();
  expect(back.taken.map(({ subject }) => subject)).toEqual([
    'Invigil CENTRE · S1: new message at the support desk',
  ]);
  await here.tick();
  await here.tick();
  expect(back.taken.map(({ subject }) => subject).at(-1)).toBe(
    'Invigil CENTRE · S2: new message at the support desk',
  );
  expect((await mails()).map(({ state }) => state)).toEqual(['sent', 'sent']);
});

test('what cannot be sent for a day is given up with a word in the journal, and a refused address at once', async () => {
  const { test, node, server, bring, postman, mails } = await centreWithMail();
  const here = postman();
  await bring(call('one'));
  server.does.breaksOff = true;
  test.pass(minute);
  await here.tick();
  expect((await mails()).map(({ state }) => state)).toEqual(['waiting']);
  test.pass(givenUpAfterMs);
  await here.tick();
  expect((await mails()).map(({ state, tries }) => [state, tries])).toEqual([['given-up', 2]]);
  server.does.breaksOff = false;
  server.does.refusesAddress = 550;
  await bring(call('two'));
  test.pass(minute);
  await here.tick();
  expect((await mails()).map(({ state }) => state)).toEqual(['given-up', 'given-up']);
  const given = node.journal
    .after(0, 100)
    .map(({ header }) => JSON.parse(header) as { kind: string; subject: string; data: object })
    .filter(({ kind }) => kind === 'mail-given-up');
  expect(given.map(({ subject, data }) => [subject, data])).toMatchObject([
    ['user:lin', { problem: 'mail-cannot-connect', tries: 2 }],
    ['user:lin', { problem: 'mail-address-refused', tries: 1 }],
  ]);
});

test('a program that is killed while it sends: the next one sends what was not noted as sent, once, under the same Message-ID', async () => {
  const { test, server, bring, postman, mails } = await centreWithMail();
  await bring(call('one'));
  test.pass(minute);
  server.does.saysNothing = true;
  // It never comes back: its process is gone as far as the database can tell.
  const gone = postman().tick();
  while (server.taken.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  server.does.saysNothing = false;
  const next = postman();
  await next.tick();
  expect(server.taken).toHaveLength(1);
  test.pass(5 * minute);
  await next.tick();
  await next.tick();
  expect(server.taken).toHaveLength(2);
  expect(server.taken[0]?.id).toBe(server.taken[1]?.id);
  // And should it come back after all, it finds that others have seen to it.
  await server.close();
  await gone;
  expect((await mails()).map(({ state }) => state)).toEqual(['sent']);
});

test('a posting that is not kept leaves no notice, and one that comes twice leaves one', async () => {
  const { centre, projectId } = await centreWithMail();
  const id = newId();
  const posting: Posting = { id, thread: id, side: 'site', at: 1, by: 'bo', name: '', body: call('x') };
  for (const site of ['none', 'S1', 'S1'])
    await exchange(centre, projectId, site, { after: 0, postings: [posting] });
  const confirmed: Posting = {
    ...posting,
    id: newId(),
    thread: null,
    body: { kind: 'confirmed', phase: 'before', done: true },
  };
  expectOk(await exchange(centre, projectId, 'S1', { after: 0, postings: [confirmed] }));
  const rows = await centre.db.selectFrom('mail_notice').select(['site_code', 'account']).execute();
  expect(rows).toEqual([{ site_code: 'S1', account: 'lin' }]);
});

test('an alarm of the board is told once, whatever is restarted, and a new one again', async () => {
  const { test, centre, server, postman, projectId, sessionId } = await centreWithMail(['alarm']);
  await centre.board.tick();
  const failed = (at: number) =>
    centre.board.heard(projectId, 'S1', status({ sealCheckPassed: false, sealCheckedAt: at, rooms: [] }));
  failed(1_000);
  for (let i = 0; i < 3; i++) {
    await postman().tick();
    test.pass(gatherMs.alarm);
  }
  expect(server.taken).toHaveLength(1);
  expect(server.taken[0]?.subject).toBe('Invigil CENTRE · S1: alarm: Seal check failed');
  expect(server.taken[0]?.text).toContain(`https://exam.example/#/during/${projectId}/${sessionId}/S1`);
  failed(2_000);
  const here = postman();
  await here.tick();
  test.pass(gatherMs.alarm);
  await here.tick();
  expect(server.taken).toHaveLength(2);
});

test('the password of the mail server is nowhere in clear, and without a server nothing is gathered', async () => {
  const { test, node, centre, bring } = await centreWithMail();
  expect(JSON.stringify(mailServerOf(node))).not.toContain(mailPassword);
  for (const file of readdirSync(test.folder).filter((name) => /\.db/.test(name)))
    expect([file, readFileSync(join(test.folder, file)).includes(mailPassword)]).toEqual([file, false]);
  node.settings.remove('mail-server');
  await bring(call('x'));
  expect(await centre.db.selectFrom('mail_notice').selectAll().execute()).toEqual([]);
});
