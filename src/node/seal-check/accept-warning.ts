/** A warning of the seal check that somebody takes upon himself: who, when and why stays with the check and goes up with it. */
import * as z from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';
import { checkSchema, type CheckView, type UserView } from '../contract.ts';
import type { Node } from '../node.ts';

const keptCheckSchema = z.object({
  at: z.number().int(),
  checks: z.array(checkSchema),
  passed: z.boolean(),
});
type KeptCheck = z.infer<typeof keptCheckSchema>;
type Keeping = Pick<Node, 'settings' | 'journal' | 'clock'>;

export interface Acceptance {
  readonly check: string;
  readonly reason: string;
  readonly user: Pick<UserView, 'account' | 'name'>;
}

/** Only what the newest check warns of: a failure is put right, not accepted. Refusal `no-such-warning`. */
export async function acceptWarning(
  { settings, journal, clock }: Keeping,
  subject: 'room' | 'site',
  { check, reason, user }: Acceptance,
): Promise<Result<void>> {
  const kept: KeptCheck | null = settings.read('seal-check', keptCheckSchema);
  const warned = kept?.checks.some((one) => one.id === check && one.state === 'warning');
  if (!kept || !warned) return refuse({ type: 'no-such-warning' });
  const accepted = { by: user.account, name: user.name, at: clock.now(), reason };
  const checks = kept.checks.map((one) => (one.id === check ? { ...one, accepted } : one));
  settings.write('seal-check', { ...kept, checks });
  await journal.append([{ kind: 'warning-accepted', subject, data: { check, reason, by: user.account } }]);
  return ok();
}

/** What was accepted stays accepted while the next check warns of the very same: one more silent seat is asked anew. */
export function keepAccepted(
  { settings }: Pick<Node, 'settings'>,
  checks: readonly CheckView[],
): CheckView[] {
  const before = settings.read('seal-check', keptCheckSchema)?.checks ?? [];
  return checks.map((check) => {
    const same = before.find(
      (one) =>
        one.id === check.id &&
        one.state === 'warning' &&
        check.state === 'warning' &&
        JSON.stringify(one.reason) === JSON.stringify(check.reason),
    );
    return same?.accepted ? { ...check, accepted: same.accepted } : check;
  });
}
