/** Adding, changing and removing those who may use this console. Every change is in the journal, with the account that made it. */
import { implement } from '@orpc/server';
import type { JsonValue } from '../../base/json.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Account, Accounts } from '../accounts.ts';
import type { Journal } from '../../journal/journal.ts';
import { checkPassword } from '../../trust/password.ts';
import { limitOf, type OperationContext } from '../operations.ts';
import { unwrap } from '../refused.ts';
import { rolesAt, userContract, type Person, type UserList, type UserRole } from './contract.ts';
import { limitOfRole, sameLimit, type Limit } from './limit.ts';

interface Known {
  readonly role: string;
  readonly accounts: Accounts;
  readonly journal: Pick<Journal, 'append'>;
}

/** What a node that limits users knows of limits. */
export interface LimitRules {
  /** Are there such regions, or such a site? */
  exists(limit: Limit): Promise<Result<void>>;
  /** Does all that the inner one holds lie within the outer one? */
  holds(outer: Limit, inner: Limit): Promise<boolean>;
}

/** @param rules null: this node limits nobody. */
export function userOperations(node: Known, rules: LimitRules | null = null) {
  const os = implement(userContract).$context<OperationContext>();
  const { accounts, journal } = node;
  /** Whoever is limited manages accounts of sites alone, and of those within the limit. */
  const manages = async (by: Limit | null, one: Pick<Account, 'role' | 'limit'>): Promise<boolean> =>
    by === null ||
    (one.role === 'site' && one.limit !== null && rules !== null && (await rules.holds(by, one.limit)));
  const list = async (context: OperationContext): Promise<UserList> => {
    const by = limitOf(context);
    const seen: Account[] = [];
    for (const one of accounts.all()) if (await manages(by, one)) seen.push(one);
    return seen.map(({ account, role, name, phone, active, mustChangePassword, limit }) => ({
      account,
      role,
      name,
      phone,
      active,
      mustChangePassword,
      limit,
    }));
  };
  const enter = async (
    context: OperationContext,
    kind: string,
    account: string,
    data: Record<string, JsonValue>,
  ) => {
    await journal.append([{ kind, subject: `user:${account}`, data: { ...data, by: context.account } }]);
    return list(context);
  };
  /** The same answer whether there is no such account or it is none of the user's. */
  const known = async (context: OperationContext, account: string): Promise<Result<Account>> => {
    const one = accounts.find(account);
    return one && (await manages(limitOf(context), one))
      ? ok(one)
      : refuse({ type: 'no-such-account', account });
  };
  /** @param before what it was: a region that no roster names any more keeps nobody from changing a name. */
  const mayBe = async (
    context: OperationContext,
    to: Pick<Account, 'role' | 'limit'>,
    before: Limit | null = null,
  ): Promise<Result<void>> => {
    const here = isRoleAt(node.role, to.role);
    if (!here.ok) return here;
    const needed = limitOfRole[to.role];
    if (needed !== undefined && to.limit?.to !== needed) return refuse({ type: `limit-needed-${needed}` });
    if (to.limit === null)
      return (await manages(limitOf(context), to)) ? ok() : refuse({ type: 'outside-limit' });
    if (rules === null) return refuse({ type: 'no-limits-here' });
    if (!(await manages(limitOf(context), to))) return refuse({ type: 'outside-limit' });
    return sameLimit(to.limit, before) ? ok() : rules.exists(to.limit);
  };
  return os.router({
    list: os.list.handler(({ context }) => list(context)),
    people: os.people.handler(() =>
      accounts
        .all()
        .filter((one) => one.active && one.name !== '')
        .map(({ name, phone, role }) => ({ name, phone, role })),
    ),
    add: os.add.handler(async ({ input, context }) => {
      unwrap(await mayBe(context, input));
      unwrap(checkPassword(input.password));
      if (!accounts.find(input.account)) accounts.given.note(input.account, context.account);
      unwrap(await accounts.create(input.account, input.role, input.password, true, input));
      return enter(context, 'user-added', input.account, { role: input.role, ...limitData(input.limit) });
    }),
    change: os.change.handler(async ({ input, context }) => {
      const before = unwrap(await known(context, input.account));
      const { role, active, name, phone, limit = before.limit } = input;
      const to = { role, active, name, phone, limit };
      unwrap(await mayBe(context, to, before.limit));
      // Nothing may come between: two administrators may take each other's rights at the same moment.
      unwrap(mayChange(accounts, before.account, to, context.account));
      accounts.change(before.account, to);
      if (!sameLimit(before.limit, limit)) await context.files.withdraw(before.account);
      return enter(context, 'user-changed', before.account, { role, active, ...limitData(limit) });
    }),
    setPassword: os.setPassword.handler(async ({ input, context }) => {
      // Whoever knows the old one changes it in the usual way: an open console is not enough to take an account over.
      if (accounts.find(input.account)?.account === context.account) unwrap(refuse({ type: 'own-account' }));
      const { account } = unwrap(await known(context, input.account));
      unwrap(checkPassword(input.password));
      accounts.given.note(account, context.account);
      unwrap(await accounts.givePassword(account, input.password));
      return enter(context, 'user-password-set', account, {});
    }),
    remove: os.remove.handler(async ({ input, context }) => {
      const one = unwrap(await known(context, input.account));
      if (one.account === context.account) unwrap(refuse({ type: 'own-account' }));
      if (isLastAdministrator(accounts, one)) unwrap(refuse({ type: 'last-administrator' }));
      accounts.remove(one.account);
      return enter(context, 'user-removed', one.account, {});
    }),
  });
}

/** Where nobody is limited nothing is said of limits. */
function limitData(limit: Limit | null): { limit?: Limit } {
  return limit === null ? {} : { limit };
}

function isRoleAt(node: string, role: UserRole): Result<void> {
  const here: readonly UserRole[] = node in rolesAt ? rolesAt[node as keyof typeof rolesAt] : [];
  return here.includes(role) ? ok() : refuse({ type: 'no-such-role-here' });
}

/**
 * Two administrators may take each other's rights at the same moment: one must be left who may do everything, and who does not depend on
 * somebody else's server to sign in.
 */
export function isLastAdministrator(accounts: Pick<Accounts, 'all'>, one: Account): boolean {
  const others = accounts.all().filter(({ account }) => account !== one.account);
  return doesAll(one) && !others.some((other) => doesAll(other) && !other.openIdAlone);
}

function doesAll({ role, active, limit }: Pick<Account, 'role' | 'active' | 'limit'>): boolean {
  return role === 'administrator' && active && limit === null;
}

function mayChange(
  accounts: Accounts,
  account: string,
  to: Person & Pick<Account, 'role' | 'active' | 'limit'>,
  by: string,
): Result<void> {
  const known = accounts.find(account);
  if (!known) return refuse({ type: 'no-such-account', account });
  if (to.active && to.role === known.role && sameLimit(to.limit, known.limit)) return ok();
  if (known.account === by) return refuse({ type: 'own-account' });
  if (!doesAll(to) && isLastAdministrator(accounts, known)) return refuse({ type: 'last-administrator' });
  return ok();
}
