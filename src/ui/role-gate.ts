import type { GateView, Role } from '../node/contract.ts';
import { useSession } from './session.ts';

type Procedure = { readonly '~orpc': { readonly meta: { readonly roles?: readonly Role[] } } };

/** What a button of this operation does for whoever is signed in: the contract says it, the server holds to it. */
export function useRoleGate(procedure: Procedure): GateView {
  const { user } = useSession();
  const { roles = [] } = procedure['~orpc'].meta;
  return roles.includes('everyone') || roles.includes(user.role)
    ? { allowed: true }
    : { allowed: false, reason: { type: 'not-allowed' } };
}

/** The first that says no. */
export function both(first: GateView, second: GateView): GateView {
  return first.allowed ? second : first;
}
