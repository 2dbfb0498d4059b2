/** Exam locks: every one that is not revoked opens what is prepared, and what was prepared for a revoked one opens nothing any more. */
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { expect, test } from 'vitest';
import { fromBase64 } from '../../src/base/bytes.ts';
import { expectOk } from '../../src/base/result.ts';
import {
  authorisationRows,
  makeAuthorisation,
  prepareAuthorisations,
  release,
} from '../../src/centre/authorise/authorise.ts';
import type { Centre } from '../../src/centre/centre.ts';
import { makeProject, pin, sealPaper } from '../../src/centre/centre.fixture.ts';
import { LocksSeen, revokeLock, siteLocks } from '../../src/centre/locks/locks.ts';
import { newLockCode, registerLock } from '../../src/centre/locks/register.ts';
import { locksOfProject } from '../../src/centre/locks/view.ts';
import { projectView } from '../../src/centre/project/projects.ts';
import { registerSite } from '../../src/centre/site/register-site.ts';
import { readSessionKeys, unlockRelease } from '../../src/trust/release.ts';
import { openBytes } from '../../src/trust/seal.ts';
import { refusalOf, type Tried } from './centre-on.ts';

interface Lock {
  readonly serial: string;
  readonly recipient: string;
  readonly identity: string;
}

async function newLock(serial: string): Promise<Lock> {
  const identity = await generateX25519Identity();
  return { serial, identity, recipient: await identityToRecipient(identity) };
}

function join(centre: Centre, projectId: string, lock: Lock, id = 'one') {
  return registerSite(
    centre,
    projectId,
    { id, code: 'S1', keys: { signingKey: 'k', sealingKey: lock.recipient }, tlsFingerprint: id },
    { serial: lock.serial, recipient: lock.recipient },
  );
}

async function reserve(centre: Centre, projectId: string, lock: Lock) {
  const { code } = expectOk(await newLockCode(centre, { projectId, siteCode: 'S1' }, 'admin'));
  return registerLock(centre, lock, code);
}

export function keepsLocks({ start }: Tried): void {
  /** A centre with a site that has a lock, and a session whose authorisation can be prepared. */
  const begin = async () => {
    const tried = await start();
    const { centre } = tried;
    const project = await makeProject(tried);
    const key = await sealPaper(centre, project);
    const [first, second] = [await newLock('L1'), await newLock('L2')];
    expectOk(await join(centre, project.projectId, first));
    const { projectId, sessionId } = project;
    const of = { projectId, siteCode: 'S1' };
    const prepare = async () =>
      expectOk(await prepareAuthorisations(centre, projectId, sessionId, pin, 'admin'));
    const row = async () =>
      (await authorisationRows(centre, projectId, null)).find(({ siteCode }) => siteCode === 'S1') ??
      expect.fail();
    const locked = async () =>
      (
        await centre.db
          .selectFrom('authorisation')
          .select('locked')
          .where('session_id', '=', sessionId)
          .where('site_code', '=', 'S1')
          .executeTakeFirstOrThrow()
      ).locked;
    const opens = async (file: string, secret: Uint8Array, lock: Lock): Promise<string[] | string> => {
      const context = { project: projectId, session: sessionId, site: 'S1' };
      const inner = unlockRelease(fromBase64(file), secret, context);
      if (!inner.ok) return inner.refusal.type;
      const opened = await openBytes(inner.value, { identities: [lock.identity] });
      return opened.ok ? expectOk(readSessionKeys(opened.value)) : opened.refusal.type;
    };
    return { ...tried, projectId, sessionId, of, key, first, second, prepare, row, locked, opens };
  };

  test('what is prepared opens with every lock of the site, and a reserve that comes later gets into it with the same secret', async () => {
    const { centre, pass, projectId, sessionId, key, first, second, prepare, row, locked, opens } =
      await begin();
    await prepare();
    const before = await locked();
    expect(expectOk(await reserve(centre, projectId, second))).toMatchObject({
      siteCode: 'S1',
      state: 'reserve',
    });
    expect((await row()).problem).toEqual({ type: 'not-for-reserve', locks: ['L2'] });
    await prepare();
    expect((await row()).problem).toBeNull();
    const after = await locked();
    pass(7_200_000);
    const secret = expectOk(await release(centre, sessionId, 'S1'));
    expect(await opens(after, secret, first)).toEqual([key]);
    expect(await opens(after, secret, second)).toEqual([key]);
    // The file that the site has taken long ago.
    expect(await opens(before, secret, first)).toEqual([key]);
    expect(await opens(before, secret, second)).toBe('wrong-key');
    // Nothing has changed: nothing is prepared anew, and the site need not fetch again.
    await prepare();
    expect(await locked()).toBe(after);
  });

  test('a lock that is revoked before the release: the older file opens nothing, and nothing is released until it is prepared again', async () => {
    const { centre, pass, projectId, sessionId, of, key, first, second, prepare, row, locked, opens } =
      await begin();
    expectOk(await reserve(centre, projectId, second));
    await prepare();
    const stolen = await locked();
    const why = { reason: 'lost on the way', by: 'admin' };
    expect(expectOk(await revokeLock(centre, of, 'L1', why))).toEqual({ again: 1, released: 0 });
    expect(await row()).toMatchObject({
      state: 'again',
      problem: { type: 'prepared-for-revoked-lock', locks: ['L1'] },
    });
    expect(
      expectOk(await projectView(centre, projectId, null)).steps.find(({ id }) => id === 'release')?.state,
    ).not.toBe('done');
    pass(7_200_000);
    expect(refusalOf(await release(centre, sessionId, 'S1'))).toBe('prepared-for-revoked-lock');
    expect(refusalOf(await makeAuthorisation(centre, sessionId, 'S1'))).toBe('prepared-for-revoked-lock');
    await prepare();
    const secret = expectOk(await release(centre, sessionId, 'S1'));
    expect(await opens(stolen, secret, first)).toBe('wrong-release');
    expect(await opens(await locked(), secret, first)).toBe('wrong-key');
    expect(await opens(await locked(), secret, second)).toEqual([key]);
    expect(refusalOf(await revokeLock(centre, of, 'L1', why))).toBe('no-such-lock');
  });

  test('what was released before its lock was revoked is said to be out of reach', async () => {
    const { centre, pass, sessionId, of, prepare, row } = await begin();
    await prepare();
    pass(7_200_000);
    expectOk(await release(centre, sessionId, 'S1'));
    const revoked = await revokeLock(centre, of, 'L1', { reason: 'stolen', by: 'admin' });
    expect(expectOk(revoked)).toEqual({ again: 0, released: 1 });
    expect(await row()).toMatchObject({
      state: 'released',
      problem: { type: 'released-to-revoked-lock', locks: ['L1'] },
    });
  });

  test('a revocation and a release that come at the same time: told is the secret of what stays, or none', async () => {
    const { centre, pass, sessionId, of, prepare, row } = await begin();
    await prepare();
    pass(7_200_000);
    const [released, revoked] = await Promise.all([
      release(centre, sessionId, 'S1'),
      revokeLock(centre, of, 'L1', { reason: 'stolen', by: 'admin' }),
    ]);
    const { again } = expectOk(revoked);
    expect([released.ok, (await row()).state]).toEqual(again === 1 ? [false, 'again'] : [true, 'released']);
  });

  test('a lock code is good once, until it expires, and for a lock that is not revoked', async () => {
    const { centre, pass, projectId, of, first, second } = await begin();
    const code = async () => expectOk(await newLockCode(centre, of, 'admin')).code;
    const [old, mine] = [await code(), await code()];
    expect(refusalOf(await registerLock(centre, second, old))).toBe('lock-code-not-open');
    const both = await Promise.all([
      registerLock(centre, second, mine.toLowerCase()),
      registerLock(centre, await newLock('L3'), mine),
    ]);
    expect(both.map(refusalOf).toSorted()).toEqual(['done', 'lock-code-not-open']);
    const late = await code();
    pass(8 * 24 * 60 * 60 * 1000);
    expect(refusalOf(await registerLock(centre, second, late))).toBe('lock-code-not-open');
    expectOk(await revokeLock(centre, of, 'L1', { reason: 'broken', by: 'admin' }));
    const open = await code();
    expect(refusalOf(await registerLock(centre, first, open))).toBe('lock-revoked');
    // Refused, the code is as good as before.
    expectOk(await registerLock(centre, await newLock('L9'), open));
    const [site] = await locksOfProject(centre, projectId);
    expect(site?.locks.find(({ serial }) => serial === 'L9')).toMatchObject({
      state: 'active',
      registeredBy: 'admin',
    });
  });

  test('a token that was initialised anew is registered with a code again, and opens what is prepared from then on', async () => {
    const { centre, pass, projectId, sessionId, of, key, first, prepare, row, locked, opens } = await begin();
    await prepare();
    const anew = await newLock('L1');
    expect(refusalOf(await join(centre, projectId, anew))).toBe('wrong-lock');
    expectOk(await reserve(centre, projectId, anew));
    expect((await siteLocks(centre, of)).locks).toMatchObject([{ serial: 'L1', recipient: anew.recipient }]);
    expect((await row()).problem).toEqual({ type: 'not-for-reserve', locks: ['L1'] });
    await prepare();
    pass(7_200_000);
    const secret = expectOk(await release(centre, sessionId, 'S1'));
    expect(await opens(await locked(), secret, anew)).toEqual([key]);
    expect(await opens(await locked(), secret, first)).toBe('wrong-key');
  });

  test('the lock that a site works with is the one in use; a site comes back with any of its own, and with no revoked one', async () => {
    const { centre, projectId, of, first, second } = await begin();
    expectOk(await reserve(centre, projectId, second));
    const states = async () =>
      (await siteLocks(centre, of)).locks.map(({ serial, state }) => [serial, state]);
    expect(await states()).toEqual([
      ['L1', 'active'],
      ['L2', 'reserve'],
    ]);
    const seen = new LocksSeen(centre);
    await seen.heard(of, 'L2');
    await seen.heard(of, 'another');
    expect(await states()).toEqual([
      ['L1', 'reserve'],
      ['L2', 'active'],
    ]);
    // Its computer was lost: it has the return code and the reserve.
    expectOk(await join(centre, projectId, second));
    expectOk(await revokeLock(centre, of, 'L1', { reason: 'lost', by: 'admin' }));
    expect(refusalOf(await join(centre, projectId, first))).toBe('lock-revoked');
    await seen.heard(of, 'L1');
    expect(await states()).toEqual([
      ['L1', 'revoked'],
      ['L2', 'active'],
    ]);
    expect(refusalOf(await join(centre, projectId, await newLock('L7')))).toBe('wrong-lock');
  });
}
