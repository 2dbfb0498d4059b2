/** Backups of the whole site (系统备份), and the restore on a computer on which nothing is set up yet (系统恢复). Browser-safe. */
import * as z from 'zod';
import { opens } from './opens.ts';
import { longText, modeSchema, operation, time } from '../../node/contract.ts';

const admin = 'administrator' as const;
const path = z.string().trim().min(1).max(500);
/** A backup is carried about, and whoever has it may try as often as he likes. */
export const shortestPassword = 12;

export const backupMadeSchema = z.object({
  at: time,
  file: z.string(),
  bytes: z.number().int(),
  note: z.string(),
  by: z.string(),
});
export type BackupMade = z.infer<typeof backupMadeSchema>;

/** What a backup says of itself to everybody. */
export const backupFoundSchema = z.object({
  path: z.string(),
  opens: z.enum(opens),
  siteCode: z.string(),
  siteName: z.string(),
  mode: modeSchema,
  madeAt: time,
  by: z.string(),
  note: z.string(),
  bytes: z.number().int(),
  rooms: z.number().int(),
  /** Where rooms look for this site: the new computer has to have this address. */
  addresses: z.array(z.string()),
});
export type BackupFound = z.infer<typeof backupFoundSchema>;

export const backupContract = {
  /** null: none was made yet. */
  last: operation(admin, 'observer').output(backupMadeSchema.nullable()),
  /** Consistent while rooms go on; counts when it was opened and read back from where it was put. */
  make: operation(admin)
    .input(
      z.object({
        directory: path,
        note: longText.default(''),
        /** Of a site that works without an exam lock; any other one's lock opens its backups. */
        password: z.string().min(shortestPassword).max(128).nullable().default(null),
      }),
    )
    .output(backupMadeSchema),
};

/** Only on a computer whose site is not set up: nobody is registered there who could sign in. */
export const restoreContract = {
  /** Backups on the drives that are plugged in. */
  find: operation('everyone').output(z.array(backupFoundSchema)),
  look: operation('everyone').input(z.object({ path })).output(backupFoundSchema),
  /** The program then begins anew with what was restored. */
  run: operation('everyone')
    .input(
      z.object({
        path,
        /** Of the key file, or of the library that reaches the token; null: a password opens it. */
        lockPath: path.nullable(),
        /** null: the lock is a key file. */
        tokenSerial: z.string().trim().min(1).max(64).nullable().default(null),
        /** Of the lock; or the password. */
        pin: z.string().min(1).max(128),
      }),
    )
    .output(z.object({})),
};
