import type { GateView, OperationMeta } from '../node/contract.ts';
import { useSession } from './session.ts';

type Procedure = { readonly '~orpc': { readonly meta: OperationMeta } };

/** What a button of this operation does for whoever is signed in: the contract says it, the server holds to it. */
export function useRoleGate(procedure: Procedure): GateView {
  const { user } = useSession();
  const { roles = [], within = 'everything' } = procedure['~orpc'].meta;
  if (roles.includes('everyone')) return { allowed: true };
  if (!roles.includes(user.role)) return { allowed: false, reason: { type: 'not-allowed' } };
  return user.limit !== null && within === 'everything'
    ? { allowed: false, reason: { type: 'outside-limit' } }
    : { allowed: true };
}

/** The first that says no. */
export function both(first: GateView, second: GateView): GateView {
  return first.allowed ? second : first;
}
