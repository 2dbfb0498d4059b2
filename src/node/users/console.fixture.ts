/** A room's console as far as its users go, over HTTP as browsers have it, with clocks that tests set. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach } from 'vitest';
import { implement } from '@orpc/server';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import { eventIterator, type ContractRouterClient } from '@orpc/contract';
import { pino } from 'pino';
import * as z from 'zod';
import { hashAt } from '../../trust/password.ts';
import { accountHandlers } from '../account-operations.ts';
import { accountMigrations, Accounts } from '../accounts.ts';
import { nodeContract, operation } from '../contract.ts';
import { FileExchange } from '../files.ts';
import { liveView, type OperationContext } from '../operations.ts';
import { passkeyOperations } from '../passkeys/operations.ts';
import { signInOperations } from '../sign-ins/operations.ts';
import { startWebServer } from '../web-server.ts';
import { userOperations } from './operations.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** A clock whose wall can be set to anything while time goes on. */
export function twoClocks() {
  const clock = { wall: 1_000_000, steady: 0, now: () => clock.wall, monotonic: () => clock.steady };
  return clock;
}

/** A whole one would take longer than all that is tested here. */
export const quickHash = (password: string): Promise<string> => hashAt({ N: 2, r: 8, p: 1 }, password);

export function database(): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  db.exec('PRAGMA foreign_keys = ON;');
  for (const { sql } of accountMigrations) db.exec(sql);
  return db;
}

const contract = {
  account: nodeContract.account,
  user: nodeContract.user,
  signIn: nodeContract.signIn,
  passkey: nodeContract.passkey,
  watch: operation('administrator', 'invigilator').output(eventIterator(z.object({ n: z.number() }))),
};
export type Client = ContractRouterClient<typeof contract>;

/** A room's console as far as its users go, over HTTP as a browser has it. */
export async function room(options: { examUnderWay?: () => boolean } = {}) {
  const clock = twoClocks();
  const accounts = new Accounts(database(), clock, quickHash);
  await accounts.create('admin', 'administrator', 'chalk and slate', false);
  const entries: { kind: string; subject: string; data: object }[] = [];
  const staging = mkdtempSync(join(tmpdir(), 'invigil-console-'));
  ends.push(async () => rmSync(staging, { recursive: true, force: true }));
  const files = new FileExchange(staging, clock);
  const os = implement(contract).$context<OperationContext>();
  const journal = {
    append: (drafts: readonly { kind: string; subject: string; data: object }[]) => {
      entries.push(...drafts);
      return Promise.resolve([]);
    },
  };
  const served = await startWebServer({
    host: '127.0.0.1',
    port: 0,
    publicNames: [],
    screens: import.meta.dirname,
    router: os.router({
      account: {
        me: os.account.me.handler(accountHandlers.me),
        signIn: os.account.signIn.handler(accountHandlers.signIn),
        signOut: os.account.signOut.handler(accountHandlers.signOut),
        changePassword: os.account.changePassword.handler(accountHandlers.changePassword),
        forgotten: os.account.forgotten.handler(() => ({ byMail: false, supportPhone: null })),
      },
      user: userOperations({ role: 'room', accounts, journal }),
      signIn: signInOperations({ accounts, journal }),
      passkey: passkeyOperations({ accounts, journal }),
      watch: os.watch.handler(({ signal }) =>
        liveView(
          signal,
          () => () => undefined,
          () => ({ n: 1 }),
        ),
      ),
    }),
    accounts,
    files,
    log: pino({ level: 'silent' }),
    health: () => ({ ok: true }),
    ...options,
  });
  if (!served.ok) throw new Error('not served');
  ends.push(() => served.value.close());
  const browser = (headers: Record<string, string> = {}, host = '127.0.0.1'): Client => {
    let cookie = '';
    return createORPCClient(
      new RPCLink({
        url: `http://${host}:${served.value.port}/rpc`,
        headers: () => ({ 'x-invigil': '1', ...headers, cookie }),
        fetch: async (request, init) => {
          const answer = await fetch(request, init);
          cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
          return answer;
        },
      }),
    );
  };
  const admin = browser();
  await admin.account.signIn({ account: 'admin', password: 'chalk and slate' });
  return { clock, accounts, entries, browser, admin, files, port: served.value.port };
}

/** Type of the refusal that an operation is answered with. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'done';
  } catch (error) {
    return (error as { data?: { type?: string } }).data?.type ?? String(error);
  }
}

export const lin = {
  account: 'lin',
  role: 'invigilator',
  name: '林老师',
  phone: '150',
  password: 'window seat 4',
} as const;

/** Signed in with a password of her own. */
export async function linSignsIn(here: Awaited<ReturnType<typeof room>>): Promise<Client> {
  const client = here.browser();
  await client.account.signIn({ account: 'lin', password: lin.password });
  await client.account.changePassword({ current: lin.password, next: 'a new one of hers' });
  return client;
}
