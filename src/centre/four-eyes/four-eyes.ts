/**
 * Four eyes at the centre: requests lie in the database, each step is one transaction that counts only where the request still stands as it was
 * read. A centre that dies between two steps knows the one and not the other.
 */
import { newId } from '../../base/ids.ts';
import { asResult, Refused, unwrap } from '../../base/refused.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import {
  actsOfTwo,
  confirmGate,
  declineGate,
  doneByConfirming,
  mayAsk,
  mayConfirm,
  openUntil,
  standingOf,
  usable,
  type ActOfTwo,
  type Asked,
  type AskedState,
  type WhatIsAsked,
} from '../../exam/four-eyes/four-eyes.ts';
import { mayReleaseAt, releaseAt } from '../../exam/project/release.ts';
import type { Draft } from '../../journal/entry.ts';
import { holdProject, needsTwo, orderOf, releasedOf, writeOrder } from '../authorise/release-order.ts';
import type { Centre } from '../centre.ts';
import type { CentreDatabase } from '../storage/database.ts';
import type { Tables } from '../storage/tables.ts';
import type { Confirmations } from './contract.ts';

type Row = Tables['confirmation_request'];

/** Who is at the console. */
export interface AtConsole {
  readonly account: string;
  readonly address: string;
}

const shown = 200;

export async function confirmations(centre: Centre, projectId: string): Promise<Confirmations> {
  const { db, node } = centre;
  const now = node.clock.now();
  const rows = await db
    .selectFrom('confirmation_request')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('asked_at', 'desc')
    .orderBy('id')
    .limit(shown)
    .execute();
  const events = await db
    .selectFrom('event')
    .select(['id', 'name'])
    .where('project_id', '=', projectId)
    .execute();
  const names = new Map(events.map(({ id, name }) => [id, name]));
  const views = rows.map((row) => {
    const asked = read(row);
    const standing = standingOf(asked, now);
    const { projectId: _, state: __, ...view } = asked;
    return {
      ...view,
      eventName: names.get(row.session_id ?? '') ?? null,
      standing,
      askedFrom: row.asked_from,
      until: standing === 'expired' ? null : openUntil(asked),
      decidedFrom: row.decided_from,
      proof: row.proof as 'password' | 'passkey' | null,
      note: row.note,
      usedAt: row.used_at,
    };
  });
  return {
    twoPersons: await needsTwo(db, projectId),
    rows: views.toSorted((a, b) => Number(b.until !== null) - Number(a.until !== null)),
  };
}

/** @returns refusal `no-second-person` when nobody else could confirm anything. */
export async function requireTwo(centre: Centre, projectId: string, by: string): Promise<Result<void>> {
  const { node } = centre;
  const able = node.accounts.all().filter(({ active, role }) => active && mayConfirm.includes(role));
  if (able.length < 2) return refuse({ type: 'no-second-person' });
  return step(centre, projectId, async (trx) => {
    const written = await trx
      .updateTable('project')
      .set({ two_persons: 1 })
      .where('id', '=', projectId)
      .where('two_persons', '=', 0)
      .executeTakeFirst();
    if (written.numUpdatedRows === 0n) throw new Refused({ type: 'two-persons-already' });
    // What one person has prepared before is released when it would have been, and no earlier.
    const sessions = await trx
      .selectFrom('authorisation')
      .select('session_id as id')
      .distinct()
      .where('project_id', '=', projectId)
      .execute();
    const events = await trx
      .selectFrom('access_site')
      .select('event_id as id')
      .distinct()
      .where('project_id', '=', projectId)
      .execute();
    for (const { id } of [...sessions, ...events]) {
      const thing = unwrap(await releasedOf({ db: trx }, projectId, id));
      const order = await orderOf({ db: trx }, projectId, id);
      await writeOrder(trx, id, { agreed_at: releaseAt(thing, { ...order, agreedAt: null }) });
    }
    return [{ kind: 'two-persons', subject: `project:${projectId}`, data: { on: true, by } }];
  });
}

export interface Asking extends WhatIsAsked {
  readonly releaseAt: number | null;
  readonly reason: string;
}

/** @returns refusals `two-persons-off`, `not-allowed`, `confirmation-asked-already`, `release-before-policy`, and what the act itself refuses. */
export async function ask(centre: Centre, asking: Asking, who: AtConsole): Promise<Result<void>> {
  const { node } = centre;
  const { act, projectId, reason } = asking;
  const role = node.accounts.find(who.account)?.role ?? '';
  if (!mayAsk[act].includes(role)) return refuse({ type: 'not-allowed' });
  return step(centre, projectId, async (trx, now) => {
    if (!(await needsTwo(trx, projectId))) throw new Refused({ type: 'two-persons-off' });
    const { sessionId, siteCode, releaseAt: at } = unwrap(await whatExactly(trx, asking));
    const open = (await openOf(trx, projectId)).find(
      (one) =>
        one.act === act &&
        one.sessionId === sessionId &&
        one.siteCode === siteCode &&
        one.askedBy === who.account &&
        openUntil(one) !== null &&
        standingOf(one, now) !== 'expired',
    );
    if (open) throw new Refused({ type: 'confirmation-asked-already' });
    const id = newId();
    await trx
      .insertInto('confirmation_request')
      .values({
        id,
        project_id: projectId,
        act,
        session_id: sessionId,
        site_code: siteCode,
        release_at: at,
        reason,
        asked_by: who.account,
        asked_at: now,
        asked_from: who.address,
        state: 'asked',
        decided_by: null,
        decided_at: null,
        decided_from: null,
        proof: null,
        note: null,
        used_at: null,
      })
      .execute();
    return [
      {
        kind: 'confirmation-asked',
        subject: await subjectOf(trx, projectId, sessionId),
        data: {
          request: id,
          act,
          site: siteCode,
          releaseAt: at,
          reason,
          by: who.account,
          address: who.address,
        },
      },
    ];
  });
}

/**
 * @param proof with what the second person has proved just now who it is.
 * @returns refusals of `confirmGate`.
 */
export async function confirm(
  centre: Centre,
  projectId: string,
  id: string,
  who: AtConsole,
  proof: 'password' | 'passkey',
): Promise<Result<void>> {
  const { accounts } = centre.node;
  return step(centre, projectId, async (trx, now) => {
    const asked = await one(trx, projectId, id);
    const person = accounts.find(who.account);
    if (!person) throw new Refused({ type: 'not-allowed' });
    unwrap(confirmGate(asked, person, accounts.find(asked.askedBy), accounts.given.all(), now));
    const atOnce = doneByConfirming.has(asked.act);
    await move(trx, asked, {
      state: atOnce ? 'used' : 'confirmed',
      decided_by: who.account,
      decided_at: now,
      decided_from: who.address,
      proof,
      used_at: atOnce ? now : null,
    });
    const done = atOnce ? await carryOut(trx, asked, who.account) : [];
    const said = { by: who.account, address: who.address, proof };
    return [await entry(trx, 'confirmation-given', asked, said), ...done];
  });
}

export async function decline(
  centre: Centre,
  projectId: string,
  id: string,
  who: AtConsole,
  note: string,
): Promise<Result<void>> {
  return step(centre, projectId, async (trx, now) => {
    const asked = await one(trx, projectId, id);
    const state = unwrap(declineGate(asked, who.account, now));
    await move(trx, asked, {
      state,
      decided_by: who.account,
      decided_at: now,
      decided_from: who.address,
      note,
    });
    return [
      await entry(trx, state === 'withdrawn' ? 'confirmation-withdrawn' : 'confirmation-declined', asked, {
        by: who.account,
        note,
      }),
    ];
  });
}

/**
 * What opens a paper goes through here, whoever calls it: where two are needed, a confirmation that was given for exactly this is used up.
 *
 * @returns refusals `needs-second-person`
 */
export async function permitted(centre: Centre, what: WhatIsAsked, by: string): Promise<Result<void>> {
  const { projectId, sessionId } = what;
  if (!(await needsTwo(centre.db, projectId))) return ok();
  return step(centre, projectId, async (trx, now) => {
    const open = await openOf(trx, projectId);
    const asked = open.find((one) => usable(one, what, by, now));
    const account = centre.node.accounts.find(by);
    if (!asked || !account?.active || !mayAsk[what.act].includes(account.role))
      throw new Refused({ type: 'needs-second-person' });
    await move(trx, asked, { state: 'used', used_at: now });
    // The time that the second person has seen counts from here on, whatever becomes of the session.
    if (what.act === 'prepare' && sessionId !== null)
      await writeOrder(trx, sessionId, { agreed_at: asked.releaseAt });
    return [await entry(trx, 'confirmation-used', asked, { by })];
  });
}

/** What is asked, with everything in it that the second person has to see. */
async function whatExactly(trx: CentreDatabase, asking: Asking): Promise<Result<Asking>> {
  const { act, projectId } = asking;
  if (act === 'one-person') return ok({ ...asking, sessionId: null, siteCode: null, releaseAt: null });
  const session = await releasedOf({ db: trx }, projectId, asking.sessionId ?? '');
  if (!session.ok) return session;
  const order = await orderOf({ db: trx }, projectId, session.value.id);
  const sessionId = session.value.id;
  if (act === 'prepare' || act === 'release-passwords')
    return ok({ ...asking, sessionId, siteCode: null, releaseAt: releaseAt(session.value, order) });
  if (act === 'let-go') {
    const at = asking.releaseAt ?? releaseAt(session.value);
    const allowed = mayReleaseAt(session.value, at);
    return allowed.ok ? ok({ ...asking, sessionId, siteCode: null, releaseAt: at }) : allowed;
  }
  const site = await trx
    .selectFrom('site')
    .select('code')
    .where('project_id', '=', projectId)
    .where('code', '=', asking.siteCode ?? '')
    .executeTakeFirst();
  if (!site) return refuse({ type: 'no-such-site', site: asking.siteCode });
  return ok({ ...asking, sessionId, siteCode: site.code, releaseAt: releaseAt(session.value, order) });
}

async function carryOut(trx: CentreDatabase, asked: Asked, confirmedBy: string): Promise<Draft[]> {
  const { act, projectId, sessionId } = asked;
  const by = { by: asked.askedBy, confirmedBy };
  if (act === 'one-person') {
    await trx.updateTable('project').set({ two_persons: 0 }).where('id', '=', projectId).execute();
    return [{ kind: 'two-persons', subject: `project:${projectId}`, data: { on: false, ...by } }];
  }
  const session = unwrap(await releasedOf({ db: trx }, projectId, sessionId ?? ''));
  const at = asked.releaseAt ?? releaseAt(session);
  await writeOrder(trx, session.id, {
    held_reason: null,
    held_by: null,
    held_at: null,
    not_before: at > releaseAt(session) ? at : null,
    agreed_at: at,
  });
  return [{ kind: 'release-let-go', subject: session.subject, data: { at, ...by } }];
}

/** One step, one transaction; what it did is entered after it. */
async function step(
  centre: Centre,
  projectId: string,
  work: (trx: CentreDatabase, now: number) => Promise<Draft[]>,
): Promise<Result<void>> {
  const { db, node } = centre;
  const done = await asResult(() =>
    db.transaction().execute(async (trx) => {
      await holdProject(trx, projectId);
      return work(trx, node.clock.now());
    }),
  );
  if (!done.ok) return done;
  await node.journal.append(done.value);
  centre.changed.notify();
  return ok();
}

async function openOf(trx: CentreDatabase, projectId: string): Promise<Asked[]> {
  const rows = await trx
    .selectFrom('confirmation_request')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('state', 'in', ['asked', 'confirmed'])
    .execute();
  return rows.map(read);
}

async function one(trx: CentreDatabase, projectId: string, id: string): Promise<Asked> {
  const row = await trx
    .selectFrom('confirmation_request')
    .selectAll()
    .where('id', '=', id)
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  if (!row) throw new Refused({ type: 'confirmation-not-open' });
  return read(row);
}

/** Where it still stands as it was read. */
async function move(
  trx: CentreDatabase,
  asked: Asked,
  to: Partial<Row> & { state: AskedState },
): Promise<void> {
  const written = await trx
    .updateTable('confirmation_request')
    .set(to)
    .where('id', '=', asked.id)
    .where('state', '=', asked.state)
    .executeTakeFirst();
  if (written.numUpdatedRows === 0n) throw new Refused({ type: 'confirmation-not-open' });
}

async function entry(
  trx: CentreDatabase,
  kind: string,
  asked: Asked,
  data: Record<string, string>,
): Promise<Draft> {
  const { id, act, projectId, sessionId, siteCode } = asked;
  return {
    kind,
    subject: await subjectOf(trx, projectId, sessionId),
    data: { request: id, act, site: siteCode, askedBy: asked.askedBy, ...data },
  };
}

/** A session that is gone meanwhile keeps its name. */
async function subjectOf(trx: CentreDatabase, projectId: string, sessionId: string | null): Promise<string> {
  if (sessionId === null) return `project:${projectId}`;
  const thing = await releasedOf({ db: trx }, projectId, sessionId);
  return thing.ok ? thing.value.subject : `session:${sessionId}`;
}

function read(row: Row): Asked {
  const act = actsOfTwo.find((one) => one === row.act);
  if (!act) throw new Error(`confirmation of an unknown act: ${row.act}`);
  return {
    id: row.id,
    act: act satisfies ActOfTwo,
    projectId: row.project_id,
    sessionId: row.session_id,
    siteCode: row.site_code,
    releaseAt: row.release_at,
    reason: row.reason,
    askedBy: row.asked_by,
    askedAt: row.asked_at,
    state: row.state as AskedState,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
  };
}
