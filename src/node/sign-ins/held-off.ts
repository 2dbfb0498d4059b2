/** What the journal says of a burst of wrong tries. */
import type { Draft } from '../../journal/entry.ts';
import type { Accounts } from '../accounts.ts';
import type { HeldOff } from './brake.ts';

/** The account is named only where there is one: what was typed may be anything, a password in the wrong field, too. */
export function guessingEntry(
  accounts: Pick<Accounts, 'find'>,
  { what, address, account, wrong }: HeldOff,
): Draft {
  const known = account === null ? null : accounts.find(account);
  return {
    kind: 'guessing-held-off',
    subject: known ? `user:${known.account}` : 'journal',
    data: { what, address, wrong },
  };
}
