/** Keys of other programs: 256 random bits, shown once, kept as a hash. */
import { toBase64Url, utf8 } from '../../base/bytes.ts';
import { newId, randomBytes } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { sameSecret, sha256Hex } from '../../trust/digest.ts';
import type { Centre } from '../centre.ts';
import type { Tables } from '../storage/tables.ts';
import { apiRights, type ApiKeyView, type ApiRight } from './contract.ts';

type Known = Pick<Centre, 'db' | 'node'>;

/** Whoever finds one in a file or a log knows what it is, and so do programs that look for secrets. */
export const keyMark = 'ivk_';
const keyPattern = /^ivk_[\w-]{43}$/;
/** Of how long ago it was used the database need not know more exactly: reading stays free of writes. */
const usedEveryMs = 60_000;

export async function makeKey(
  { db, node }: Known,
  wanted: {
    readonly name: string;
    readonly rights: readonly ApiRight[];
    readonly projectId: string | null;
    readonly expiresAt: number | null;
  },
  by: string,
): Promise<Result<string>> {
  const now = node.clock.now();
  if (wanted.expiresAt !== null && wanted.expiresAt <= now)
    return refuse({ type: 'api-key-expires-in-past' });
  if (wanted.projectId !== null) {
    const project = await db
      .selectFrom('project')
      .select('id')
      .where('id', '=', wanted.projectId)
      .executeTakeFirst();
    if (!project) return refuse({ type: 'no-such-project' });
  }
  const key = `${keyMark}${toBase64Url(randomBytes(32))}`;
  const id = newId();
  const rights = apiRights.filter((right) => wanted.rights.includes(right));
  await db
    .insertInto('api_key')
    .values({
      id,
      name: wanted.name,
      start: key.slice(0, keyMark.length + 6),
      hash: sha256Hex(key),
      rights: rights.join(' '),
      project_id: wanted.projectId,
      created_at: now,
      created_by: by,
      expires_at: wanted.expiresAt,
    })
    .execute();
  await node.journal.append([
    {
      kind: 'api-key-made',
      subject: `api-key:${id}`,
      data: { by, name: wanted.name, rights, project: wanted.projectId, expiresAt: wanted.expiresAt },
    },
  ]);
  return ok(key);
}

/** The newest first. */
export async function listKeys({ db, node }: Known): Promise<ApiKeyView[]> {
  const rows = await db
    .selectFrom('api_key')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => viewOf(row, node.clock.now()));
}

export async function revokeKey({ db, node }: Known, id: string, by: string): Promise<Result<void>> {
  const written = await db
    .updateTable('api_key')
    .set({ revoked_at: node.clock.now(), revoked_by: by })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (written.numUpdatedRows === 0n) return refuse({ type: 'no-such-api-key' });
  await node.journal.append([{ kind: 'api-key-revoked', subject: `api-key:${id}`, data: { by } }]);
  return ok();
}

/** Whose key it is, as of now: asked for every request, so that a revoked one is refused at once. */
export async function findKey({ db, node }: Known, key: string): Promise<Result<ApiKeyView>> {
  if (!keyPattern.test(key)) return refuse({ type: 'api-key-wrong' });
  const hash = sha256Hex(key);
  // Found by its hash: what the search's time tells of the hash tells nothing of any key.
  const row = await db.selectFrom('api_key').selectAll().where('hash', '=', hash).executeTakeFirst();
  if (!row || !sameSecret(utf8(row.hash), utf8(hash))) return refuse({ type: 'api-key-wrong' });
  const view = viewOf(row, node.clock.now());
  if (view.state === 'valid') return ok(view);
  return refuse({ type: view.state === 'revoked' ? 'api-key-revoked' : 'api-key-expired' });
}

export async function keepUse({ db, node }: Known, key: ApiKeyView, address: string): Promise<void> {
  const now = node.clock.now();
  const recent = key.usedAt !== null && Math.abs(now - key.usedAt) < usedEveryMs;
  if (recent && key.usedFrom === address) return;
  await db
    .updateTable('api_key')
    .set({ used_at: now, used_from: address })
    .where('id', '=', key.id)
    .execute();
}

function viewOf(row: Tables['api_key'], now: number): ApiKeyView {
  const rights = row.rights.split(' ');
  return {
    id: row.id,
    name: row.name,
    start: row.start,
    rights: apiRights.filter((right) => rights.includes(right)),
    projectId: row.project_id,
    createdAt: row.created_at,
    createdBy: row.created_by,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    revokedBy: row.revoked_by,
    usedAt: row.used_at,
    usedFrom: row.used_from,
    state:
      row.revoked_at !== null
        ? 'revoked'
        : row.expires_at !== null && row.expires_at <= now
          ? 'expired'
          : 'valid',
  };
}
