/** The centre's side of the lock helper. Nobody is paired for it: each request is proved by the lock itself, over one challenge that is good once. */
import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type * as z from 'zod';
import { toBase64 } from '../../base/bytes.ts';
import { newId, randomBytes } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { answer, parse } from '../../courier/https/parent.ts';
import {
  lockCalibrateAskSchema,
  lockCentreAskSchema,
  lockChallengeAskSchema,
  lockRegisterAskSchema,
  type LockCentre,
} from '../../courier/lock/wire.ts';
import { lockProofMatches, type LockProof } from '../../trust/lock-proof.ts';
import { sealBytes } from '../../trust/seal.ts';
import { isLockRecipient } from '../../trust/tag-recipient.ts';
import { signTimeStatement } from '../../trust/time-statement.ts';
import type { Centre } from '../centre.ts';
import { calibrateLock } from './calibrate.ts';
import { registerLock } from './register.ts';

/** Long enough for a slow token, and to type its PIN again. */
const challengeLivesMs = 120_000;
const mostChallenges = 2_000;
const mostBytes = 64 * 1024;

interface Challenge {
  readonly serial: string;
  readonly recipient: string;
  readonly secret: Uint8Array;
  /** Own steady clock. */
  readonly until: number;
}

export function lockRoutes(centre: Centre): (app: Hono) => void {
  const { node } = centre;
  const challenges = new Map<string, Challenge>();

  const challengeFor = async ({
    serial,
    recipient,
  }: z.infer<typeof lockChallengeAskSchema>): Promise<Result<{ id: string; sealed: string }>> => {
    if (!isLockRecipient(recipient)) return refuse({ type: 'bad-request', problem: 'not a lock' });
    const now = node.clock.monotonic();
    for (const [id, { until }] of challenges) if (until < now) challenges.delete(id);
    if (challenges.size >= mostChallenges)
      return refuse({ type: 'too-many-tries', waitMs: challengeLivesMs });
    const [id, secret] = [newId(), randomBytes(32)];
    challenges.set(id, { serial, recipient, secret, until: now + challengeLivesMs });
    return ok({ id, sealed: toBase64(await sealBytes(secret, { recipients: [recipient] })) });
  };

  /** Gone with the first answer, whatever it is: one that was overheard or guessed at is worth nothing. */
  const proved = (
    { id, proof }: { readonly id: string; readonly proof: string },
    purpose: LockProof['purpose'],
  ): Result<{ serial: string; recipient: string }> => {
    const challenge = challenges.get(id);
    challenges.delete(id);
    if (!challenge || challenge.until < node.clock.monotonic())
      return refuse({ type: 'lock-challenge-gone' });
    const { serial, recipient, secret } = challenge;
    const about = { purpose, serial, recipient, centreTls: node.keys.tls.fingerprint };
    return lockProofMatches(proof, secret, about)
      ? ok({ serial, recipient })
      : refuse({ type: 'lock-not-proved', serial });
  };

  return (app) => {
    app.use('/lock/*', bodyLimit({ maxSize: mostBytes }));
    app.post('/lock/centre', async (c) => {
      const ask = await parse(c, lockCentreAskSchema);
      if (!ask.ok) return answer(c, ask);
      const { nonce } = ask.value;
      return answer(
        c,
        ok({
          code: centre.name.code,
          signingKey: node.keys.signing.publicKey,
          time: signTimeStatement({ nonce, at: node.clock.now() }, node.keys.signing),
          contacts: await contactsOf(centre),
        } satisfies LockCentre),
      );
    });
    app.post('/lock/challenge', async (c) => {
      const ask = await parse(c, lockChallengeAskSchema);
      return answer(c, ask.ok ? await challengeFor(ask.value) : ask);
    });
    app.post('/lock/register', async (c) => {
      const ask = await parse(c, lockRegisterAskSchema);
      if (!ask.ok) return answer(c, ask);
      const lock = proved(ask.value, 'register');
      if (!lock.ok) return answer(c, lock);
      const registered = await registerLock(centre, lock.value, ask.value.code);
      if (!registered.ok) return answer(c, registered);
      const { siteCode, siteName, state } = registered.value;
      return answer(c, ok({ siteCode, siteName, state }));
    });
    app.post('/lock/calibrate', async (c) => {
      const ask = await parse(c, lockCalibrateAskSchema);
      if (!ask.ok) return answer(c, ask);
      const lock = proved(ask.value, 'calibrate');
      return answer(c, lock.ok ? await calibrateLock(centre, lock.value, ask.value.nonce) : lock);
    });
  };
}

/** Whom a site calls, of the projects that have a number. */
async function contactsOf({ db }: Centre): Promise<LockCentre['contacts']> {
  const rows = await db
    .selectFrom('project')
    .select(['name', 'support_phone'])
    .where('support_phone', '!=', '')
    .orderBy('created_at', 'desc')
    .limit(5)
    .execute();
  return rows.map(({ name, support_phone }) => ({ name, phone: support_phone }));
}
