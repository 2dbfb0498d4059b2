import { afterEach, expect, test } from 'vitest';
import { expectOk } from '../../base/result.ts';
import { utf8, toBase64 } from '../../base/bytes.ts';
import { inHandsMs } from '../../exam/four-eyes/passwords-given.ts';
import { sealBytes } from '../../trust/seal.ts';
import { prepareAuthorisations } from '../authorise/authorise.ts';
import { holdRelease } from '../authorise/release-order.ts';
import { releaseSchedule } from '../authorise/schedule.ts';
import type { Centre } from '../centre.ts';
import { makeProject, openTestCentre, people, pin, type TestCentre } from '../centre.fixture.ts';
import { openCentreDatabase } from '../storage/database.ts';
import { ask, confirm, confirmations, requireTwo } from './four-eyes.ts';

const open: TestCentre[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const at = (account: string) => ({ account, address: '10.0.0.9' });
const refusalOf = (result: { ok: boolean; refusal?: { type: string } }): string =>
  result.refusal?.type ?? 'done';

/** A session with a sealed paper, and S1 with a lock. */
async function published() {
  const made = await openTestCentre('file');
  open.push(made);
  const { centre, pass, target } = made;
  people(made);
  const { projectId, sessionId } = await makeProject(made);
  const recipient = centre.node.keys.sealing.recipient;
  await centre.db
    .insertInto('paper')
    .values({
      id: 'paper',
      project_id: projectId,
      title: 'Algebra',
      file_name: 'algebra.zip',
      language: 'en',
      imported_at: 1,
      items: 1,
      files: 1,
      bytes: 1,
      body_digest: 'b',
      key_digest: 'k',
      report_json: '[]',
    })
    .execute();
  const sealed = await sealBytes(utf8('AGE-SECRET-KEY-OF-THE-SESSION'), {
    recipients: [centre.releaseToken.recipient],
  });
  await centre.db
    .insertInto('sealed_paper')
    .values({
      session_id: sessionId,
      subject: 1,
      paper_id: 'paper',
      digest: 'd',
      size: 1,
      items: 1,
      recipient,
      sealed_key: toBase64(sealed),
    })
    .execute();
  await centre.db
    .updateTable('site')
    .set({ registered_at: 1, sealing_key: recipient })
    .where('code', '=', 'S1')
    .execute();
  await centre.db
    .insertInto('site_lock')
    .values({
      project_id: projectId,
      site_code: 'S1',
      serial: 'L1',
      kind: 'key-file',
      recipient,
      note: '',
      state: 'active',
      registered_at: 1,
      registered_by: null,
      seen_at: null,
      revoked_at: null,
      revoked_by: null,
      revoked_reason: null,
    })
    .execute();
  return {
    centre,
    pass,
    target,
    projectId,
    sessionId,
    prepare: (by: string) => prepareAuthorisations(centre, projectId, sessionId, pin, by),
  };
}

test('an account that is in the hands of the one who asks confirms nothing for a day, whatever becomes of it', async () => {
  const { centre, projectId, sessionId, prepare, pass } = await published();
  const { accounts } = centre.node;
  expectOk(await requireTwo(centre, projectId, 'ann'));
  const wanted = {
    act: 'prepare',
    projectId,
    sessionId,
    siteCode: null,
    releaseAt: null,
    reason: 'x',
  } as const;
  // Over an account that is gone again, which had given the password.
  accounts.given.note('eve', 'ann');
  accounts.given.note('fay', 'eve');
  expectOk(await accounts.create('fay', 'operator', 'word of fay 1', false));
  expectOk(await ask(centre, wanted, at('ann')));
  const id = (await confirmations(centre, projectId)).rows[0]?.id ?? '';
  expect(await confirm(centre, projectId, id, at('fay'), 'password')).toEqual({
    ok: false,
    refusal: {
      type: 'confirmation-one-hand',
      account: 'ann',
      opensAt: centre.node.clock.now() + inHandsMs,
    },
  });
  // A user who is changed while it waits: out of the role, switched off, gone.
  accounts.change('ann', { name: '', phone: '', role: 'observer', active: true, limit: null });
  expect(refusalOf(await confirm(centre, projectId, id, at('bob'), 'password'))).toBe(
    'confirmation-asker-gone',
  );
  accounts.change('ann', { name: '', phone: '', role: 'administrator', active: true, limit: null });
  expectOk(await confirm(centre, projectId, id, at('bob'), 'password'));
  accounts.change('ann', { name: '', phone: '', role: 'operator', active: true, limit: null });
  expect(refusalOf(await prepare('ann'))).toBe('needs-second-person');
  accounts.remove('ann');
  expect(refusalOf(await prepare('ann'))).toBe('needs-second-person');
  pass(inHandsMs);
  expectOk(await ask(centre, wanted, at('cem')));
  const later = (await confirmations(centre, projectId)).rows[0]?.id ?? '';
  expectOk(await confirm(centre, projectId, later, at('fay'), 'password'));
});

test('a centre that dies between two confirmations knows what was kept, and a step that fails leaves nothing half', async () => {
  const { centre, projectId, sessionId, prepare, target } = await published();
  expectOk(await requireTwo(centre, projectId, 'ann'));
  const wanted = {
    act: 'prepare',
    projectId,
    sessionId,
    siteCode: null,
    releaseAt: null,
    reason: 'x',
  } as const;
  expectOk(await ask(centre, wanted, at('ann')));
  const db = expectOk(await openCentreDatabase(target, { lost: () => undefined, back: () => undefined }));
  try {
    const again: Centre = { ...centre, db };
    const [open] = (await confirmations(again, projectId)).rows;
    expect(open).toMatchObject({ standing: 'asked', askedBy: 'ann', askedFrom: '10.0.0.9', reason: 'x' });
    expectOk(await confirm(again, projectId, open?.id ?? '', at('bob'), 'password'));
    expectOk(await prepare('ann'));
    expect(refusalOf(await prepareAuthorisations(again, projectId, sessionId, pin, 'ann'))).toBe(
      'needs-second-person',
    );
  } finally {
    await db.destroy();
  }
  // Its session cannot be read any more: the confirmation is not kept without what it does.
  expectOk(await holdRelease(centre, projectId, sessionId, 'a leak', 'ann'));
  expectOk(await ask(centre, { ...wanted, act: 'let-go' }, at('ann')));
  const id = (await confirmations(centre, projectId)).rows[0]?.id ?? '';
  const { body_json } = await centre.db.selectFrom('session').select('body_json').executeTakeFirstOrThrow();
  await centre.db.updateTable('session').set({ body_json: '{}' }).execute();
  await expect(confirm(centre, projectId, id, at('bob'), 'password')).rejects.toThrow('expected');
  await centre.db.updateTable('session').set({ body_json }).execute();
  expect((await confirmations(centre, projectId)).rows[0]).toMatchObject({
    standing: 'asked',
    decidedBy: null,
  });
  expect((await releaseSchedule(centre, projectId))[0]?.held?.reason).toBe('a leak');
});
