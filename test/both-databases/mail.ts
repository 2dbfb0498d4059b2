/** Messages by e-mail: gathered with the postings, sent once, by whichever process. */
import { createRouterClient } from '@orpc/server';
import { expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { expectOk } from '../../src/base/result.ts';
import { makeProject } from '../../src/centre/centre.fixture.ts';
import { forgottenPasswordOperations } from '../../src/centre/forgotten/operations.ts';
import { mailPassword, mailServer } from '../../src/centre/mail/mail.fixture.ts';
import { gatherMs, givenUpAfterMs, Postman } from '../../src/centre/mail/postman.ts';
import { keepServer } from '../../src/centre/mail/settings.ts';
import { exchange } from '../../src/centre/support/postings.ts';
import type { Posting } from '../../src/exam/support/posting.ts';
import type { OperationContext } from '../../src/node/operations.ts';
import type { Tried } from './centre-on.ts';

export function sendsMail({ start }: Tried): void {
  test('what is to be told is kept with its posting, gathered, and sent once by two processes at the same time', async () => {
    const { centre, pass, ...more } = await start();
    const { projectId } = await makeProject({ centre, pass, ...more });
    const { node, db } = centre;
    const server = await mailServer({ login: true });
    await keepServer(node, server.at, mailPassword);
    expectOk(await node.accounts.create('lin', 'operator', 'chalk and slate', false));
    node.accounts.setEmail('lin', 'lin@school.example');
    node.accounts.setMailWishes('lin', { events: ['message'], language: 'ru' });
    const bring = async (site: string) => {
      const id = newId();
      const call = { stage: 'other', priority: 'low', phone: '', byTelephone: false, text: 'x' } as const;
      const body = { kind: 'opened', ...call } as const;
      const posting: Posting = { id, thread: id, side: 'site', at: 1, by: 'bo', name: '', body };
      for (let i = 0; i < 2; i++)
        expectOk(await exchange(centre, projectId, site, { after: 0, postings: [posting] }));
    };
    await Promise.all([bring('S1'), bring('S2')]);
    pass(gatherMs.message);
    const fail = (error: unknown): never => {
      throw error;
    };
    const [one, other] = [new Postman(centre, fail), new Postman(centre, fail)];
    await one.tick();
    await Promise.all([one.tick(), other.tick()]);
    expect(server.taken.map(({ subject }) => subject)).toEqual(['Invigil CENTRE: посмотреть, всего 2']);
    await bring('S1');
    server.does.refusesAddress = 451;
    pass(gatherMs.message);
    await one.tick();
    pass(givenUpAfterMs);
    await other.tick();
    const rows = await db.selectFrom('mail').select(['state', 'tries']).orderBy('created_at').execute();
    expect(rows).toEqual([
      { state: 'sent', tries: 1 },
      { state: 'given-up', tries: 2 },
    ]);
    pass(8 * givenUpAfterMs);
    await one.tick();
    expect(await db.selectFrom('mail_notice').selectAll().execute()).toEqual([]);
  });

  test('a code for a new password is sent by one of two processes, and asking for nobody leaves nothing behind', async () => {
    const { centre } = await start();
    const { node, db } = centre;
    const server = await mailServer({ login: true });
    await keepServer(node, server.at, mailPassword);
    expectOk(await node.accounts.create('lin', 'operator', 'chalk and slate', false));
    node.accounts.setEmail('lin', 'lin@school.example');
    const context = {
      account: '-',
      accounts: node.accounts,
      whence: { address: '10.0.0.1', browser: '' },
    } as unknown as OperationContext;
    const forgotten = createRouterClient(forgottenPasswordOperations(centre), { context });
    const fail = (error: unknown): never => {
      throw error;
    };
    const [one, other] = [new Postman(centre, fail), new Postman(centre, fail)];
    for (const account of ['lin', 'nobody']) await forgotten.ask({ account });
    await Promise.all([one.tick(), other.tick()]);
    expect(server.taken.map(({ to }) => to)).toEqual(['lin@school.example']);
    const code = /^ {4}(\S+)$/m.exec(server.taken[0]?.text ?? '')?.[1] ?? '';
    await forgotten.set({ account: 'lin', code, next: 'window seat 4' });
    await one.tick();
    const rows = await db.selectFrom('mail').select(['account', 'state']).execute();
    expect(rows).toEqual([
      { account: 'lin', state: 'sent' },
      { account: 'lin', state: 'sent' },
    ]);
  });
}
