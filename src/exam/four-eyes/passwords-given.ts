/**
 * In whose hands an account is: whoever has given it a password can be signed in with it. It counts for a day, also after the password was
 * replaced, because the one who replaced it may be the one who gave it.
 */

export interface PasswordGiven {
  readonly account: string;
  readonly by: string;
  readonly at: number;
}

export const inHandsMs = 24 * 60 * 60_000;

const folded = (account: string): string => account.toLowerCase();

/** @returns everybody who may be able to use it, itself first, with the time until which that counts. */
function handsOf(account: string, given: readonly PasswordGiven[], now: number): Map<string, number> {
  const hands = new Map([[folded(account), Infinity]]);
  // Who gave the password to the one who gave it has it in hand, too.
  for (const [one, until] of hands)
    for (const { account: of, by, at } of given) {
      const ends = Math.min(until, at + inHandsMs);
      if (folded(of) === one && now < ends && ends > (hands.get(folded(by)) ?? -Infinity)) {
        // Anew at the end, so that what follows from it is looked at again.
        hands.delete(folded(by));
        hands.set(folded(by), ends);
      }
    }
  return hands;
}

/**
 * Could one person be both of these accounts?
 *
 * @returns who, and from when on that does not count any more; null: no.
 */
export function oneHand(
  [one, other]: readonly [string, string],
  given: readonly PasswordGiven[],
  now: number,
): { readonly who: string; readonly until: number } | null {
  const hands = handsOf(one, given, now);
  let latest: { who: string; until: number } | null = null;
  for (const [who, until] of handsOf(other, given, now)) {
    const both = Math.min(until, hands.get(who) ?? -Infinity);
    if (both > (latest?.until ?? -Infinity)) latest = { who, until: both };
  }
  return latest;
}
