/** What every operation of a console goes through, and the live views that consoles watch. */
import { ORPCError } from '@orpc/server';
import { failureRefusal } from '../journal/journal.ts';
import type { Accounts } from './accounts.ts';
import type { Whence } from './console-sessions.ts';
import type { Role, UserView } from './contract.ts';
import type { FileExchange } from './files.ts';
import type { RelyingParty } from './passkeys/relying-party.ts';
import { Refused } from './refused.ts';

/** What every handler gets besides its input. */
export interface OperationContext {
  readonly user: UserView | null;
  /** Signed-in account, for journals; operations that need no sign-in say '-'. */
  readonly account: string;
  readonly files: FileExchange;
  readonly accounts: Accounts;
  readonly setSession: (token: string | null) => void;
  readonly sessionToken: string | null;
  /** Where the request comes from. */
  readonly whence: Whence;
  /** Null: where this console was opened, browsers have no passkeys. */
  readonly relyingParty: RelyingParty | null;
}

/** Whoever calls an operation that somebody must be signed in for. */
export function signedIn({ user }: OperationContext): UserView {
  if (user === null) throw new Error('an operation that names roles was called by nobody');
  return user;
}

/** While the first password stands, only these are allowed. */
const allowedBeforePasswordChange = new Set([
  'account.changePassword',
  'account.signOut',
  'account.me',
  'account.signIn',
]);

/**
 * What a web server does before and after every operation: the role check, then the schema and the handler, and a refusal made
 * into the contract's `REFUSED`. An operation whose contract names no role can be called by nobody.
 */
export async function guardOperation<T>(call: {
  readonly context: OperationContext;
  readonly path: readonly string[];
  readonly procedure: { readonly '~orpc': { readonly meta: object } };
  next(): Promise<T>;
}): Promise<T> {
  const { roles = [] } = call.procedure['~orpc'].meta as { roles?: readonly Role[] };
  const { user } = call.context;
  if (!roles.includes('everyone')) {
    if (!user)
      throw new ORPCError('SIGN_IN_NEEDED', {
        status: 401,
        defined: true,
        data: { type: wasEnded(call.context) ? 'sign-in-ended' : 'sign-in-needed' },
      });
    if (!roles.includes(user.role)) throw notAllowed('not-allowed');
    if (user.mustChangePassword && !allowedBeforePasswordChange.has(call.path.join('.')))
      throw notAllowed('password-must-be-changed');
  }
  try {
    return await call.next();
  } catch (error) {
    if (error instanceof Refused)
      throw new ORPCError('REFUSED', { status: 422, defined: true, data: error.refusal });
    const failure = failureRefusal(error);
    if (failure) throw new ORPCError('REFUSED', { status: 422, defined: true, data: failure });
    throw error;
  }
}

function wasEnded({ sessionToken, accounts }: OperationContext): boolean {
  return sessionToken !== null && accounts.sessions.wasEnded(sessionToken);
}

function notAllowed(type: string): Error {
  return new ORPCError('NOT_ALLOWED', { status: 403, defined: true, data: { type } });
}

/**
 * An event stream of views: the present one at once, then a new one after each change, at most one per `restMs`, so that
 * a burst of a thousand changes costs a console one repaint.
 */
export async function* liveView<T>(
  signal: AbortSignal | undefined,
  onChange: (listener: () => void) => () => void,
  view: () => T | Promise<T>,
  restMs = 250,
): AsyncGenerator<T> {
  let changed = true;
  let wake: (() => void) | null = null;
  const stop = onChange(() => {
    changed = true;
    wake?.();
  });
  const abort = (): void => wake?.();
  signal?.addEventListener('abort', abort);
  try {
    while (!signal?.aborted) {
      if (!changed) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          // A silent connection is told apart from a dead one by a repeated view.
          setTimeout(resolve, 15_000).unref();
        });
        wake = null;
        if (signal?.aborted) break;
      }
      changed = false;
      yield await view();
      await new Promise((resolve) => setTimeout(resolve, restMs));
    }
  } finally {
    stop();
    signal?.removeEventListener('abort', abort);
  }
}
