/** Setting the mail server up, trying it, and saying who is told of what. */
import { X509Certificate } from 'node:crypto';
import { implement } from '@orpc/server';
import { newId } from '../../base/ids.ts';
import { refuse, type Refusal } from '../../base/result.ts';
import { refusalSchema } from '../../node/contract.ts';
import { signedIn, type OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import type { Centre } from '../centre.ts';
import {
  isLoopback,
  mailContract,
  mailEvents,
  type MailEvent,
  type MailServer,
  type MailView,
  type OwnMail,
} from './contract.ts';
import { deliver } from './deliver.ts';
import { languageOf } from './postman.ts';
import { keepServer, mailServerOf, removeServer, serverWithPassword } from './settings.ts';
import { testMessage } from './text.ts';

const dayMs = 24 * 60 * 60 * 1000;
const shownAtMost = 200;

export function mailOperations(centre: Centre) {
  const os = implement(mailContract).$context<OperationContext>();
  const { node, db } = centre;
  const { accounts } = node;
  const enter = (kind: string, subject: string, data: Record<string, string | number | boolean>) =>
    node.journal.append([{ kind, subject, data }]);

  const view = async (): Promise<MailView> => {
    const unsent = await db
      .selectFrom('mail')
      .selectAll()
      .where('state', '<>', 'sent')
      .where('account', '<>', '')
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .limit(shownAtMost)
      .execute();
    const sent = await db
      .selectFrom('mail')
      .select((eb) => eb.fn.countAll().as('count'))
      .where('state', '=', 'sent')
      .where('ended_at', '>', node.clock.now() - dayMs)
      .executeTakeFirst();
    return {
      server: mailServerOf(node),
      people: accounts.all().map(({ account, name, active, email, mail }) => ({
        account,
        name,
        active,
        email,
        events: eventsOf(mail.events),
      })),
      sentToday: Number(sent?.count ?? 0),
      unsent: unsent.map((row) => ({
        id: row.id,
        account: row.account,
        state: row.state === 'given-up' ? 'given-up' : 'waiting',
        createdAt: row.created_at,
        tries: row.tries,
        nextAt: row.next_at,
        problem:
          row.problem_json === null ? null : (refusalSchema.parse(JSON.parse(row.problem_json)) as Refusal),
      })),
    };
  };
  const own = async (account: string): Promise<OwnMail> => {
    const unsent = await db
      .selectFrom('mail')
      .select((eb) => eb.fn.countAll().as('count'))
      .where('state', '<>', 'sent')
      .where('problem_json', 'is not', null)
      .where('account', '<>', '')
      .executeTakeFirst();
    const { email = '', mail } = accounts.find(account) ?? {};
    return {
      email,
      events: eventsOf(mail?.events ?? []),
      language: languageOf(mail?.language ?? ''),
      serverKnown: mailServerOf(node) !== null,
      unsent: Number(unsent?.count ?? 0),
    };
  };

  return {
    get: os.get.handler(view),
    save: os.save.handler(async ({ input, context }) => {
      const { password, ...server } = input;
      const { host, port, security, user, from } = server;
      if (security === 'none' && user !== '' && !isLoopback(host))
        unwrap(refuse({ type: 'mail-password-in-clear' }));
      if (!isCertificate(server.authority)) unwrap(refuse({ type: 'mail-authority-unreadable' }));
      // Whoever says where messages go can read the codes for new passwords that are in them.
      if (!isSameServer(mailServerOf(node), server) || password !== null)
        for (const { account, email } of accounts.all())
          if (email !== '' && account !== context.account) accounts.given.note(account, context.account);
      await keepServer(node, server, password);
      // What waited for the server as it was before is tried with this one at once.
      await db
        .updateTable('mail')
        .set({ next_at: node.clock.now() })
        .where('state', '=', 'waiting')
        .execute();
      await enter('mail-server-set', 'centre', { host, port, security, from, by: context.account });
      return view();
    }),
    remove: os.remove.handler(async ({ context }) => {
      removeServer(node);
      await db.transaction().execute(async (trx) => {
        await trx.deleteFrom('mail_notice').where('mail_id', 'is', null).execute();
        await trx.deleteFrom('mail').where('state', '=', 'waiting').execute();
      });
      await enter('mail-server-removed', 'centre', { by: context.account });
      return view();
    }),
    test: os.test.handler(async ({ input }) => {
      const server = await serverWithPassword(node);
      if (!server) return unwrap(refuse({ type: 'mail-no-server' }));
      const { code } = centre.name;
      const message = { id: newId(), to: input.to, ...testMessage(input.language, code) };
      unwrap(await deliver(server, `Invigil ${code}`, message));
      return {};
    }),
    setAddress: os.setAddress.handler(async ({ input, context }) => {
      const known = accounts.find(input.account);
      if (!known) return unwrap(refuse({ type: 'no-such-account', account: input.account }));
      // A sign-in service may know the person by it, and a code for a new password goes there.
      if (known.account !== context.account) accounts.given.note(known.account, context.account);
      accounts.setEmail(known.account, input.email);
      await enter('user-email-set', `user:${known.account}`, {
        removed: input.email === '',
        by: context.account,
      });
      return view();
    }),
    again: os.again.handler(async ({ input }) => {
      const now = node.clock.now();
      await db
        .updateTable('mail')
        .set({ state: 'waiting', created_at: now, next_at: now, ended_at: null, tries: 0 })
        .where('id', '=', input.id)
        .where('state', '=', 'given-up')
        .execute();
      return view();
    }),
    own: os.own.handler(({ context }) => own(signedIn(context).account)),
    saveOwn: os.saveOwn.handler(({ input, context }) => {
      const { account } = signedIn(context);
      accounts.setMailWishes(account, input);
      return own(account);
    }),
  };
}

/** Would messages go the same way? */
function isSameServer(before: MailServer | null, now: MailServer): boolean {
  return (['host', 'port', 'security', 'user', 'authority'] as const).every(
    (part) => before?.[part] === now[part],
  );
}

/** Empty, or one or more certificates in PEM. */
function isCertificate(pem: string): boolean {
  try {
    return pem === '' || new X509Certificate(pem).ca !== undefined;
  } catch {
    return false;
  }
}

function eventsOf(kept: readonly string[]): MailEvent[] {
  return mailEvents.filter((one) => kept.includes(one));
}
