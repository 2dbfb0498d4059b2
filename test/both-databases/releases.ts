/** When a session is released, who took what, and what two people must want. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { BlobReader, ZipReader } from '@zip.js/zip.js';
import { expectOk } from '../../src/base/result.ts';
import { allOfSession } from '../../src/centre/authorise/all-of-session.ts';
import {
  authorisationRows,
  makeRelease,
  prepareAuthorisations,
  release,
  words,
} from '../../src/centre/authorise/authorise.ts';
import { fetchesCsv, fetchRows, recordFetch } from '../../src/centre/authorise/fetches.ts';
import { holdRelease, letGo, setRelease } from '../../src/centre/authorise/release-order.ts';
import { releaseSchedule } from '../../src/centre/authorise/schedule.ts';
import type { Centre } from '../../src/centre/centre.ts';
import {
  people,
  pin,
  sessionInput,
  type TestCentre,
  type TestProject,
} from '../../src/centre/centre.fixture.ts';
import { ask, confirm, confirmations, decline, requireTwo } from '../../src/centre/four-eyes/four-eyes.ts';
import { saveSession } from '../../src/centre/project/projects.ts';
import { publish } from '../../src/centre/publish/publisher.ts';
import type { ActOfTwo } from '../../src/exam/four-eyes/four-eyes.ts';
import { refusalOf, room, withPaper, type Tried } from './centre-on.ts';

const hour = 3_600_000;
const at = (account: string) => ({ account, address: '10.0.0.9' });

/** Two administrators, an operator and an observer; S1 is registered and the session published. */
async function published(test: TestCentre): Promise<TestProject> {
  people(test);
  const project = await withPaper(test);
  expectOk(await publish(test.centre, project.projectId, 'ann'));
  await (await room(test, project)).close();
  return project;
}

function kinds({ node }: Centre): string[] {
  return node.journal
    .after(0, 1_000)
    .map(({ header }) => (JSON.parse(header) as { kind: string }).kind)
    .filter((kind) => /^(confirmation|two-persons|release|session-released|authorisations)/.test(kind));
}

export function keepsReleases({ start }: Tried): void {
  test('a release is set later and not earlier than the policy, held back with a reason, and let go', async () => {
    const test = await start();
    const { centre } = test;
    const { projectId, sessionId } = await published(test);
    expectOk(await prepareAuthorisations(centre, projectId, sessionId, pin, 'ann'));
    const [policy] = await releaseSchedule(centre, projectId);
    if (!policy) throw new Error('no session');
    expect(policy).toMatchObject({
      releaseAt: policy.policyAt,
      setAt: null,
      held: null,
      prepared: 1,
      sites: 2,
    });
    expect(await setRelease(centre, projectId, sessionId, policy.policyAt - 1, 'ann')).toEqual({
      ok: false,
      refusal: { type: 'release-before-policy', earliest: policy.policyAt },
    });
    expectOk(await setRelease(centre, projectId, sessionId, policy.policyAt + 600_000, 'ann'));
    test.pass(hour + 1_000);
    expect(await release(centre, sessionId, 'S1')).toEqual({
      ok: false,
      refusal: { type: 'too-early', opensAt: policy.policyAt + 600_000 },
    });
    expectOk(await setRelease(centre, projectId, sessionId, null, 'ann'));
    expectOk(await holdRelease(centre, projectId, sessionId, 'a leak is looked into', 'ann'));
    expect(refusalOf(await holdRelease(centre, projectId, sessionId, 'again', 'cem'))).toBe(
      'release-held-already',
    );
    for (const tried of [
      release(centre, sessionId, 'S1'),
      makeRelease(centre, sessionId, 'S1', 'ann'),
      words(centre, sessionId, 'S1', 'en', 'ann'),
    ])
      expect(await tried).toEqual({
        ok: false,
        refusal: { type: 'release-held', reason: 'a leak is looked into' },
      });
    expect((await authorisationRows(centre, projectId, null))[0]?.held).toBe('a leak is looked into');
    expectOk(await letGo(centre, projectId, sessionId, 'ann'));
    expect(refusalOf(await letGo(centre, projectId, sessionId, 'ann'))).toBe('release-not-held');
    expectOk(await release(centre, sessionId, 'S1'));
    expect(kinds(centre)).toEqual([
      'authorisations-prepared',
      'release-set',
      'release-set',
      'release-held',
      'release-let-go',
      'session-released',
    ]);
  });

  test('every fetch is recorded with who took it, and listed with filters and as CSV', async () => {
    const test = await start();
    const { centre } = test;
    const { projectId, sessionId } = await published(test);
    expect(refusalOf(await allOfSession(centre, projectId, sessionId, 'bob'))).toBe('not-prepared');
    expectOk(await prepareAuthorisations(centre, projectId, sessionId, pin, 'ann'));
    const fetch = { projectId, sessionId, siteCode: 'S1', what: 'authorisation' } as const;
    await recordFetch(centre, { ...fetch, taken: { way: 'online', address: '10.1.2.3' } });
    test.pass(1_000);
    const zip = expectOk(await allOfSession(centre, projectId, sessionId, 'bob'));
    test.pass(hour);
    expectOk(await words(centre, sessionId, 'S1', 'en', 'ann'));
    const all = { sessionId: null, siteCode: '', what: null, way: null, offset: 0, limit: 10 };
    const { rows, total } = await fetchRows(centre, { ...all, projectId });
    expect(total).toBe(3);
    expect(rows.map(({ what, way, by, lock, address }) => [what, way, by, lock, address])).toEqual([
      ['release', 'words', 'ann', null, null],
      ['authorisation', 'file', 'bob', null, null],
      ['authorisation', 'online', null, 'L1', '10.1.2.3'],
    ]);
    const found = async (part: object) => (await fetchRows(centre, { ...all, projectId, ...part })).total;
    expect(await found({ siteCode: 'S' })).toBe(3);
    expect(await found({ siteCode: '1' })).toBe(0);
    expect(await found({ siteCode: '%' })).toBe(0);
    expect(await found({ what: 'authorisation' })).toBe(2);
    expect(await found({ way: 'words' })).toBe(1);
    expect(await found({ sessionId: 'another' })).toBe(0);
    const csv = await fetchesCsv(centre, { ...all, projectId });
    expect(csv.split('\r\n')[1]).toMatch(/^2026-06-01T09:00:01.000Z,1,S1,release,words,ann,,$/);
    expect((await releaseSchedule(centre, projectId))[0]).toMatchObject({ fetched: 1, released: 1 });
    expect((await authorisationRows(centre, projectId, null))[0]?.fetch).toMatchObject({
      way: 'file',
      by: 'bob',
    });
    const reader = new ZipReader(new BlobReader(new Blob([new Uint8Array(await readFile(zip.file))])));
    const names = (await reader.getEntries()).map((entry) => entry.filename);
    expect(names).toHaveLength(1);
    expect(names[0]).toContain('S1');
  });

  test('where two are needed, nothing that opens a paper is done by one', async () => {
    const test = await start();
    const { centre } = test;
    const { projectId, sessionId } = await published(test);
    const prepare = (by: string) => prepareAuthorisations(centre, projectId, sessionId, pin, by);
    const wanted = (act: ActOfTwo, more: { siteCode?: string; releaseAt?: number } = {}) => ({
      act,
      projectId,
      sessionId: act === 'one-person' ? null : sessionId,
      siteCode: more.siteCode ?? null,
      releaseAt: more.releaseAt ?? null,
      reason: 'as planned',
    });
    const newest = async (standing = 'asked') =>
      (await confirmations(centre, projectId)).rows.find((one) => one.standing === standing)?.id ?? '';
    const agree = async (...parameters: Parameters<typeof wanted>) => {
      expectOk(await ask(centre, wanted(...parameters), at('ann')));
      expectOk(await confirm(centre, projectId, await newest(), at('bob'), 'password'));
    };
    expect(refusalOf(await ask(centre, wanted('prepare'), at('ann')))).toBe('two-persons-off');
    expectOk(await requireTwo(centre, projectId, 'ann'));
    expect(refusalOf(await requireTwo(centre, projectId, 'ann'))).toBe('two-persons-already');
    expect(refusalOf(await prepare('ann'))).toBe('needs-second-person');

    // Whoever may not carry it out cannot ask for it, and nobody confirms for himself, in however many windows.
    expect(refusalOf(await ask(centre, wanted('prepare'), at('bob')))).toBe('not-allowed');
    expect(refusalOf(await ask(centre, wanted('release-file', { siteCode: 'S9' }), at('ann')))).toBe(
      'no-such-site',
    );
    expectOk(await ask(centre, wanted('prepare'), at('ann')));
    expect(refusalOf(await ask(centre, wanted('prepare'), at('ann')))).toBe('confirmation-asked-already');
    const id = await newest();
    for (const [who, refusal] of [
      ['ann', 'confirmation-own'],
      ['dan', 'not-allowed'],
      ['nobody', 'not-allowed'],
    ] as const)
      expect(refusalOf(await confirm(centre, projectId, id, at(who), 'password'))).toBe(refusal);
    expect(refusalOf(await confirm(centre, 'another', id, at('bob'), 'password'))).toBe(
      'confirmation-not-open',
    );
    expect(refusalOf(await prepare('ann'))).toBe('needs-second-person');
    const both = await Promise.all(
      ['bob', 'cem'].map((who) => confirm(centre, projectId, id, at(who), 'passkey')),
    );
    expect(both.map(refusalOf).toSorted()).toEqual(['confirmation-not-open', 'done']);

    // Only the one who asked uses it, a wrong PIN does not use it up, and it is used once.
    expect(refusalOf(await prepare('cem'))).toBe('needs-second-person');
    expect(refusalOf(await prepareAuthorisations(centre, projectId, sessionId, 'wrong', 'ann'))).toBe(
      'wrong-pin',
    );
    const twice = await Promise.all([prepare('ann'), prepare('ann')]);
    expect(twice.map(refusalOf).toSorted()).toEqual(['done', 'needs-second-person']);

    // A session that is moved to an earlier time is not released earlier than two have agreed to.
    const [agreed] = await releaseSchedule(centre, projectId);
    const releasedAt = agreed?.releaseAt ?? 0;
    const paper = await centre.db.selectFrom('paper').select('id').executeTakeFirstOrThrow();
    const earlier = sessionInput(1, centre.node.clock.now(), paper.id);
    expectOk(await saveSession(centre, projectId, sessionId, earlier));
    expect(await release(centre, sessionId, 'S1')).toEqual({
      ok: false,
      refusal: { type: 'too-early', opensAt: releasedAt },
    });
    expectOk(await setRelease(centre, projectId, sessionId, releasedAt + hour, 'ann'));
    expect(refusalOf(await setRelease(centre, projectId, sessionId, null, 'ann'))).toBe(
      'needs-second-person',
    );

    // Held back by one, let go by two; whoever confirms has seen the newest reason.
    expectOk(await holdRelease(centre, projectId, sessionId, 'a leak', 'ann'));
    expect(refusalOf(await letGo(centre, projectId, sessionId, 'ann'))).toBe('needs-second-person');
    await agree('let-go');
    expectOk(await holdRelease(centre, projectId, sessionId, 'another leak', 'ann'));
    expectOk(await ask(centre, wanted('let-go'), at('ann')));
    const seen = await newest();
    await centre.db.updateTable('session_release').set({ held_at: null }).execute();
    expectOk(await holdRelease(centre, projectId, sessionId, 'a third', 'cem'));
    expect(refusalOf(await confirm(centre, projectId, seen, at('bob'), 'password'))).toBe(
      'confirmation-not-open',
    );
    await agree('let-go');

    // The sites are told by themselves; a person who hands it on needs a second one, for this site and once.
    expectOk(await release(centre, sessionId, 'S1'));
    expect(refusalOf(await makeRelease(centre, sessionId, 'S1', 'ann'))).toBe('needs-second-person');
    await agree('release-file', { siteCode: 'S2' });
    expect(refusalOf(await makeRelease(centre, sessionId, 'S1', 'ann'))).toBe('needs-second-person');
    await agree('release-words', { siteCode: 'S1' });
    expect(refusalOf(await makeRelease(centre, sessionId, 'S1', 'ann'))).toBe('needs-second-person');
    expectOk(await words(centre, sessionId, 'S1', 'en', 'ann'));
    expect(refusalOf(await words(centre, sessionId, 'S1', 'en', 'ann'))).toBe('needs-second-person');
    await agree('release-file', { siteCode: 'S1' });
    test.pass(hour / 2);
    expect(refusalOf(await makeRelease(centre, sessionId, 'S1', 'ann'))).toBe('needs-second-person');
    await agree('release-file', { siteCode: 'S1' });
    expectOk(await makeRelease(centre, sessionId, 'S1', 'ann'));

    // What was declined or taken back opens nothing.
    for (const who of ['bob', 'ann']) {
      await agree('release-words', { siteCode: 'S1' });
      expectOk(await decline(centre, projectId, await newest('confirmed'), at(who), 'not now'));
      expect(refusalOf(await words(centre, sessionId, 'S1', 'en', 'ann'))).toBe('needs-second-person');
    }
    await agree('one-person');
    expect((await confirmations(centre, projectId)).twoPersons).toBe(false);
    expectOk(await words(centre, sessionId, 'S1', 'en', 'ann'));
  });
}
