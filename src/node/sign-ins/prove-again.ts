/** Signing in once more at an open console, for what must not be done with a console that somebody left open. */
import { ok, refuse, type Result } from '../../base/result.ts';
import type { OperationContext } from '../operations.ts';
import type { Proof } from './proof.ts';

/** @returns with what it was proved that the account's own person is there. Counts as a try to sign in. */
export async function proveAgain(
  { accounts, account, relyingParty, whence }: OperationContext,
  proof: Proof,
): Promise<Result<'password' | 'passkey'>> {
  if ('password' in proof) {
    const confirmed = await accounts.confirm(account, proof.password);
    return confirmed.ok ? ok('password') : confirmed;
  }
  if (relyingParty === null) return refuse({ type: 'passkeys-not-here' });
  const mayTry = accounts.brake.tryAddress(whence.address);
  if (!mayTry.ok) return mayTry;
  const proven = await accounts.passkeys.prove(relyingParty, proof.assertion);
  if (!proven.ok) return proven;
  // Somebody else's key is there: that is not the person who is signed in.
  if (proven.value !== account || accounts.find(account)?.active !== true)
    return refuse({ type: 'passkey-refused' });
  mayTry.value();
  return ok('passkey');
}
