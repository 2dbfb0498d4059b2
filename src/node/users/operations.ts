/** Adding, changing and removing those who may use this console. Every change is in the journal, with the account that made it. */
import { implement } from '@orpc/server';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Account, Accounts } from '../accounts.ts';
import type { Journal } from '../../journal/journal.ts';
import { checkPassword } from '../../trust/password.ts';
import type { OperationContext } from '../operations.ts';
import { unwrap } from '../refused.ts';
import { rolesAt, userContract, type Person, type UserList, type UserRole } from './contract.ts';

interface Known {
  readonly role: string;
  readonly accounts: Accounts;
  readonly journal: Pick<Journal, 'append'>;
}

export function userOperations(node: Known) {
  const os = implement(userContract).$context<OperationContext>();
  const { accounts, journal } = node;
  const list = (): UserList =>
    accounts.all().map(({ account, role, name, phone, active, mustChangePassword }) => ({
      account,
      role,
      name,
      phone,
      active,
      mustChangePassword,
    }));
  const enter = async (kind: string, account: string, data: Record<string, string | boolean>) => {
    await journal.append([{ kind, subject: `user:${account}`, data }]);
    return list();
  };
  return os.router({
    list: os.list.handler(list),
    people: os.people.handler(() =>
      accounts
        .all()
        .filter((one) => one.active && one.name !== '')
        .map(({ name, phone, role }) => ({ name, phone, role })),
    ),
    add: os.add.handler(async ({ input, context }) => {
      unwrap(isRoleAt(node.role, input.role));
      unwrap(checkPassword(input.password));
      if (!accounts.find(input.account)) accounts.given.note(input.account, context.account);
      unwrap(await accounts.create(input.account, input.role, input.password, true, input));
      return enter('user-added', input.account, { role: input.role, by: context.account });
    }),
    change: os.change.handler(({ input, context }) => {
      const account = unwrap(mayChange(node, input, context.account));
      accounts.change(account, input);
      const { role, active } = input;
      return enter('user-changed', account, { role, active, by: context.account });
    }),
    setPassword: os.setPassword.handler(async ({ input, context }) => {
      const account = accounts.find(input.account)?.account ?? input.account;
      // Whoever knows the old one changes it in the usual way: an open console is not enough to take an account over.
      if (account === context.account) unwrap(refuse({ type: 'own-account' }));
      unwrap(checkPassword(input.password));
      accounts.given.note(account, context.account);
      unwrap(await accounts.givePassword(account, input.password));
      return enter('user-password-set', account, { by: context.account });
    }),
    remove: os.remove.handler(({ input, context }) => {
      const known = accounts.find(input.account);
      if (!known) return unwrap(refuse({ type: 'no-such-account', account: input.account }));
      if (known.account === context.account) unwrap(refuse({ type: 'own-account' }));
      if (isLastAdministrator(accounts, known)) unwrap(refuse({ type: 'last-administrator' }));
      accounts.remove(known.account);
      return enter('user-removed', known.account, { by: context.account });
    }),
  });
}

function isRoleAt(node: string, role: UserRole): Result<void> {
  const here: readonly UserRole[] = node in rolesAt ? rolesAt[node as keyof typeof rolesAt] : [];
  return here.includes(role) ? ok() : refuse({ type: 'no-such-role-here' });
}

/**
 * Two administrators may take each other's rights at the same moment: one of them must be left, and one who does not depend on somebody else's
 * server to sign in.
 */
export function isLastAdministrator(accounts: Pick<Accounts, 'all'>, one: Account): boolean {
  const others = accounts.all().filter(({ account }) => account !== one.account);
  return (
    one.role === 'administrator' &&
    one.active &&
    !others.some(({ role, active, openIdAlone }) => role === 'administrator' && active && !openIdAlone)
  );
}

/** @returns the account as it is written. */
function mayChange(
  node: Known,
  to: Person & { readonly account: string; readonly role: UserRole; readonly active: boolean },
  by: string,
): Result<string> {
  const here = isRoleAt(node.role, to.role);
  if (!here.ok) return here;
  const known = node.accounts.find(to.account);
  if (!known) return refuse({ type: 'no-such-account', account: to.account });
  if (to.active && to.role === known.role) return ok(known.account);
  if (known.account === by) return refuse({ type: 'own-account' });
  if (isLastAdministrator(node.accounts, known)) return refuse({ type: 'last-administrator' });
  return ok(known.account);
}
