/**
 * How an operation of a console is defined. Browser-safe: screens and servers both import it.
 *
 * Every operation names the roles that may call it; the server refuses all others before it reads the input. A refusal is the
 * typed error `REFUSED`, whose data is the `Refusal` that the screen turns into the user's language.
 */
import { oc } from '@orpc/contract';
import * as z from 'zod';

export const refusalSchema = z.looseObject({ type: z.string() });

/** `everyone` needs no sign-in (the sign-in itself, first start, the candidate's screen). */
export type Role = 'everyone' | 'administrator' | 'operator' | 'invigilator' | 'observer';

interface OperationMeta {
  roles?: readonly Role[];
}

const base = oc.$meta<OperationMeta>({}).errors({
  REFUSED: { status: 422, data: refusalSchema },
  SIGN_IN_NEEDED: { status: 401, data: refusalSchema },
  NOT_ALLOWED: { status: 403, data: refusalSchema },
});

/** Starts the definition of an operation that only these roles may call. */
export function operation(...roles: readonly [Role, ...Role[]]) {
  return base.meta({ roles });
}
