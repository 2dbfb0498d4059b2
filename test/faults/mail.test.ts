/** A centre that is killed with a message to send: what was kept with its posting is told after the restart. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { mailPassword, mailServer } from '../../src/centre/mail/mail.fixture.ts';
import { prepareCentre, signIn } from '../../tools/exam-day/exam-day.ts';
import { openConsole, until } from '../../tools/exam-day/process.ts';
import { Processes } from '../../tools/exam-day/processes.ts';

const password = 'a-password-of-my-own';
const data = mkdtempSync(join(tmpdir(), 'invigil-mail-'));
const processes = new Processes(data);
afterAll(async () => {
  await processes.kill();
  rmSync(data, { recursive: true, force: true });
});

test('an incident whose centre is killed before anybody was told is told by the restarted one, once', async () => {
  const server = await mailServer({ security: 'starttls', login: true });
  const { port } = await processes.start('centre');
  const centre = await openConsole('centre', port);
  await signIn(centre, password);
  const { projectId } = await prepareCentre(centre, {
    code: 'P1',
    name: 'Trial',
    startAt: Date.now() + 3_600_000,
    durationMin: 60,
    roster: { sessions: 1, sites: ['S1'], roomsPerSite: 1, candidatesPerRoom: 1 },
  });
  await centre.call.mail.save({ ...server.at, password: mailPassword });
  await centre.call.mail.test({ to: 'lin@school.example', language: 'zh' });
  expect(server.taken.map(({ subject }) => subject)).toEqual(['Invigil CENTRE：测试']);
  const lin = { account: 'lin', role: 'operator', name: '', phone: '', password: 'window seat 4' } as const;
  await centre.call.user.add(lin);
  await centre.call.mail.setAddress({ account: 'lin', email: 'lin@school.example' });
  const hers = await openConsole('centre', port);
  await hers.call.account.signIn({ account: 'lin', password: lin.password });
  await hers.call.account.changePassword({ current: lin.password, next: 'a new one of hers' });
  await hers.call.mail.saveOwn({ events: ['incident'], language: 'en' });
  const call = {
    stage: 'started',
    priority: 'stops-exam',
    phone: '',
    text: 'Fire',
    byTelephone: true,
  } as const;
  const { threadId } = await centre.call.support.open({ projectId, siteCode: 'S1', ...call });
  await processes.get('centre').kill();
  const again = await openConsole('centre', (await processes.again('centre')).port);
  await until('the message', () => Promise.resolve(server.taken.length > 1));
  await again.call.account.signIn({ account: 'admin', password });
  await until('sent', async () => (await again.call.mail.get()).sentToday === 1);
  expect(server.taken).toHaveLength(2);
  expect(server.taken[1]?.text).toContain(`https://exam.example/#/support/${projectId}/S1/${threadId}`);
  expect(server.taken[1]?.raw).not.toContain('Fire');
  expect((await again.call.mail.get()).unsent).toEqual([]);
});
