/**
 * Members of the commission (члены ГЭК) and the public keys of their tokens: what is opened by token is sealed to those that a site has now.
 * A project has few thousand: they are read whole.
 */
import * as z from 'zod';
import { newId } from '../../../base/ids.ts';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { isLockRecipient } from '../../../trust/tag-recipient.ts';
import type { Centre } from '../../centre.ts';
import { changeScans } from '../../scans/change-scans.ts';
import type { CentreDatabase } from '../../storage/database.ts';
import type { Tables } from '../../storage/tables.ts';
import { serialsIn } from '../../locks/locks.ts';

const sitesSchema = z.array(z.string()).nullable();

export interface MemberInput {
  readonly name: string;
  readonly serial: string;
  /** age recipient of the token's key. */
  readonly recipient: string;
  /** Codes; null: every site. */
  readonly sites: readonly string[] | null;
}

export interface Member extends MemberInput {
  readonly id: string;
  readonly addedAt: number;
  readonly addedBy: string;
  readonly revoked: { readonly at: number; readonly by: string; readonly reason: string } | null;
}

export async function membersOf(db: CentreDatabase, projectId: string): Promise<Member[]> {
  const rows = await db
    .selectFrom('member')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('name')
    .orderBy('id')
    .execute();
  return rows.map(memberOfRow);
}

function memberOfRow(row: Tables['member']): Member {
  return {
    id: row.id,
    name: row.name,
    serial: row.serial,
    recipient: row.recipient,
    sites: sitesSchema.parse(JSON.parse(row.sites_json)),
    addedAt: row.added_at,
    addedBy: row.added_by,
    revoked:
      row.revoked_at === null
        ? null
        : { at: row.revoked_at, by: row.revoked_by ?? '', reason: row.revoked_reason ?? '' },
  };
}

export function isMemberAt({ sites, revoked }: Member, siteCode: string): boolean {
  return revoked === null && (sites === null || sites.includes(siteCode));
}

/**
 * Adds a member, or says anew for which sites a token is.
 *
 * @returns refusals `member-key-unusable`, `member-token-taken`, `member-revoked`, `no-such-site`
 */
export async function saveMembers(
  centre: Centre,
  projectId: string,
  inputs: readonly MemberInput[],
  account: string,
): Promise<Result<void>> {
  const saved = await changeScans(centre, projectId, async (db, at) => {
    const known = await membersOf(db, projectId);
    const sites = new Set(
      (await db.selectFrom('site').select('code').where('project_id', '=', projectId).execute()).map(
        ({ code }) => code,
      ),
    );
    for (const input of inputs) {
      const problem = memberProblem(input, known, sites);
      if (!problem.ok) return problem;
      const values = {
        name: input.name,
        serial: input.serial,
        sites_json: JSON.stringify(input.sites === null ? null : [...new Set(input.sites)].toSorted()),
      };
      const before = known.find(({ recipient }) => recipient === input.recipient);
      if (before) await db.updateTable('member').set(values).where('id', '=', before.id).execute();
      else {
        const row = {
          id: newId(),
          project_id: projectId,
          recipient: input.recipient,
          ...values,
          added_at: at,
          added_by: account,
          revoked_at: null,
          revoked_by: null,
          revoked_reason: null,
        };
        await db.insertInto('member').values(row).execute();
        known.push(memberOfRow(row));
      }
    }
    return ok();
  });
  if (!saved.ok) return saved;
  await centre.node.journal.append(
    inputs.map(({ serial, recipient, sites }) => ({
      kind: 'member-saved',
      subject: `project:${projectId}`,
      data: { token: serial, recipient, sites: sites === null ? null : [...sites], by: account },
    })),
  );
  centre.changed.notify();
  return ok();
}

/** Refusals: see `saveMembers`. */
export function memberProblem(
  { serial, recipient, sites }: MemberInput,
  known: readonly Member[],
  sitesOfProject: ReadonlySet<string>,
): Result<void> {
  if (!isLockRecipient(recipient)) return refuse({ type: 'member-key-unusable', serial });
  const same = known.find((one) => one.recipient === recipient);
  if (same?.revoked) return refuse({ type: 'member-revoked', serial, reason: same.revoked.reason });
  // A token that was initialised anew has its old number and another key: first the old one is revoked.
  const other = known.find(
    (one) => one.serial === serial && one.recipient !== recipient && one.revoked === null,
  );
  if (other) return refuse({ type: 'member-token-taken', serial, name: other.name });
  const site = sites?.find((code) => !sitesOfProject.has(code));
  return site === undefined ? ok() : refuse({ type: 'no-such-site', site });
}

/**
 * From now on nothing is sealed to the token. Keys that were made for it and not released count no more: they are made again under another
 * secret, so that the older files open nothing. What was released cannot be called back.
 *
 * @returns refusal `no-such-member`
 */
export async function revokeMember(
  centre: Centre,
  projectId: string,
  memberId: string,
  { reason, by }: { readonly reason: string; readonly by: string },
): Promise<Result<{ again: number; released: number }>> {
  const revoked = await changeScans(centre, projectId, async (db, at) => {
    const member = await db
      .updateTable('member')
      .set({ revoked_at: at, revoked_by: by, revoked_reason: reason })
      .where('id', '=', memberId)
      .where('project_id', '=', projectId)
      .where('revoked_at', 'is', null)
      .returning(['serial', 'recipient'])
      .executeTakeFirst();
    if (!member) return refuse({ type: 'no-such-member' });
    const grants = await db
      .selectFrom('access_grant')
      .innerJoin('access_site', (join) =>
        join
          .onRef('access_site.event_id', '=', 'access_grant.event_id')
          .onRef('access_site.site_code', '=', 'access_grant.site_code'),
      )
      .select([
        'access_site.event_id',
        'access_site.site_code',
        'again_json',
        'sealed_to_json',
        'released_at',
      ])
      .where('access_site.project_id', '=', projectId)
      .where('void', '=', 0)
      .execute();
    const concerned = new Map(
      grants
        .filter((row) => serialsIn(row.sealed_to_json).includes(member.recipient))
        .map((row) => [`${row.event_id} ${row.site_code}`, row]),
    );
    let again = 0;
    for (const row of concerned.values()) {
      const marked = await db
        .updateTable('access_site')
        .set({ again_json: JSON.stringify([...serialsIn(row.again_json), member.serial]) })
        .where('event_id', '=', row.event_id)
        .where('site_code', '=', row.site_code)
        .where('released_at', 'is', null)
        .executeTakeFirst();
      again += Number(marked.numUpdatedRows);
    }
    return ok({ serial: member.serial, again, released: concerned.size - again });
  });
  if (!revoked.ok) return revoked;
  const { serial, again, released } = revoked.value;
  await centre.node.journal.append([
    {
      kind: 'member-revoked',
      subject: `project:${projectId}`,
      data: { token: serial, reason, by, again, released },
    },
  ]);
  centre.changed.notify();
  return ok({ again, released });
}
