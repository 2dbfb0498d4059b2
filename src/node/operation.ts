/**
 * How an operation of a console is defined. Browser-safe: screens and servers both import it.
 *
 * Every operation names the roles that may call it; the server refuses all others before it reads the input. A refusal is the
 * typed error `REFUSED`, whose data is the `Refusal` that the screen turns into the user's language.
 */
import { oc } from '@orpc/contract';
import * as z from 'zod';

export const refusalSchema = z.looseObject({ type: z.string() });

export const userRoles = [
  'administrator',
  'operator',
  'coordinator',
  'site',
  'invigilator',
  'observer',
] as const;
export type UserRole = (typeof userRoles)[number];

/** `everyone` needs no sign-in (the sign-in itself, first start, the candidate's screen). */
export type Role = 'everyone' | UserRole;

/**
 * How far an operation goes for a user of the centre who is limited to regions or to a site:
 * - `own`: it touches nothing of any site: the user's own sign-in, what came with the input, what everybody gets;
 * - `site`: its input names a site, or a room, with its project or session; the server refuses it where that lies outside of the limit;
 * - `filtered`: its handler answers, and changes, only what lies within the limit;
 * - `everything`: only for users who have no limit. So is what says nothing.
 */
export type Within = 'own' | 'site' | 'filtered' | 'everything';

export interface OperationMeta {
  roles?: readonly Role[];
  within?: Within;
}

const base = oc.$meta<OperationMeta>({}).errors({
  REFUSED: { status: 422, data: refusalSchema },
  SIGN_IN_NEEDED: { status: 401, data: refusalSchema },
  NOT_ALLOWED: { status: 403, data: refusalSchema },
});

type Roles = readonly [Role, ...Role[]];

function startWithin(within: Within) {
  return (...roles: Roles) => base.meta({ roles, within });
}

/**
 * Starts the definition of an operation that only these roles may call. `operation.site(…)` and its kind also say how far it goes for
 * a limited user: see `Within`. Every operation of the centre says it; elsewhere nobody is limited.
 */
export const operation = Object.assign((...roles: Roles) => base.meta({ roles }), {
  own: startWithin('own'),
  site: startWithin('site'),
  filtered: startWithin('filtered'),
  everything: startWithin('everything'),
});
