/** The console's part of other programs' keys. A key goes `valid → expired | revoked` and never back. Browser-safe. */
import * as z from 'zod';
import { id, operation, shortText, time } from '../../node/contract.ts';

export const apiRights = ['read-status', 'read-results', 'write-rosters'] as const;
export type ApiRight = (typeof apiRights)[number];

export const apiKeySchema = z.object({
  id,
  name: z.string(),
  /** The first letters of the key: people tell keys apart by them. */
  start: z.string(),
  rights: z.array(z.enum(apiRights)),
  /** null: all projects. */
  projectId: id.nullable(),
  createdAt: time,
  createdBy: z.string(),
  expiresAt: time.nullable(),
  revokedAt: time.nullable(),
  revokedBy: z.string().nullable(),
  /** To within a minute; null: never. */
  usedAt: time.nullable(),
  usedFrom: z.string().nullable(),
  state: z.enum(['valid', 'expired', 'revoked']),
});
export type ApiKeyView = z.infer<typeof apiKeySchema>;

export const apiKeyContract = {
  list: operation.everything('administrator').output(z.array(apiKeySchema)),
  /** The key is in this answer and nowhere else. */
  make: operation
    .everything('administrator')
    .input(
      z.object({
        name: shortText.min(1).max(80),
        rights: z.array(z.enum(apiRights)).min(1).max(apiRights.length),
        projectId: id.nullable(),
        expiresAt: time.nullable(),
      }),
    )
    .output(z.object({ key: z.string(), list: z.array(apiKeySchema) })),
  /** At once: the next request with it is refused. */
  revoke: operation.everything('administrator').input(z.object({ id })).output(z.array(apiKeySchema)),
};
