/** The site's exam locks: which it has, which one it works with, and taking a reserve when that one is broken or lost. Browser-safe. */
import * as z from 'zod';
import { lockKindSchema, lockStateSchema } from '../../exam/lock/site-locks.ts';
import { operation, time } from '../../node/contract.ts';
import { lockTokenSchema, lockTokensSchema, tokenLibrarySchema } from '../setup/contract.ts';

const admin = 'administrator' as const;
const pin = z.string().min(1).max(128);
const path = z.string().trim().min(1).max(500);

export const lockInUseSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('key-file'), path, pin }),
  z.object({ kind: z.literal('pkcs11'), library: path, serial: z.string().trim().min(1).max(64), pin }),
]);
export type LockInUse = z.infer<typeof lockInUseSchema>;

export const ownLocksSchema = z.object({
  /** Serial number of the lock that the site works with. */
  inUse: z.string().nullable(),
  /** As the centre says; none before it has spoken of them. */
  locks: z.array(
    z.object({
      serial: z.string(),
      kind: lockKindSchema,
      state: lockStateSchema,
      revoked: z.object({ at: time, reason: z.string() }).nullable(),
    }),
  ),
});
export type OwnLocks = z.infer<typeof ownLocksSchema>;

export const siteLockContract = {
  list: operation(admin, 'observer').output(ownLocksSchema),
  /** Key files on the drives that are plugged in, and through which libraries tokens may be reached. */
  find: operation(admin).output(
    z.object({
      keyFiles: z.array(
        z.object({ path: z.string(), serial: z.string(), known: lockStateSchema.nullable() }),
      ),
      libraries: z.array(tokenLibrarySchema),
    }),
  ),
  tokens: operation(admin).input(lockTokensSchema).output(z.array(lockTokenSchema)),
  /** From now on the site works with this one. The PIN proves that it opens. */
  choose: operation(admin).input(lockInUseSchema).output(z.object({})),
};
