/** What every operation of a console goes through, and the live views that consoles watch. */
import type { AnySchema } from '@orpc/contract';
import { ORPCError } from '@orpc/server';
import { failureRefusal } from '../journal/journal.ts';
import type { Accounts } from './accounts.ts';
import type { Whence } from './console-sessions.ts';
import type { UserView } from './contract.ts';
import type { FileExchange } from './files.ts';
import type { OperationMeta } from './operation.ts';
import type { RelyingParty } from './passkeys/relying-party.ts';
import { Refused } from './refused.ts';
import type { Limit } from './users/limit.ts';

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
  /** The centre's; null: this node limits nobody, and a user who is limited all the same reaches nothing. */
  readonly reach: Reach | null;
}

/** Finds out where things lie that inputs name. */
export interface Reach {
  /** Does it name a site, or a room, of which all that it says lies within the limit? */
  holds(limit: Limit, input: unknown): Promise<boolean>;
}

/** Whoever calls an operation that somebody must be signed in for. */
export function signedIn({ user }: OperationContext): UserView {
  if (user === null) throw new Error('an operation that names roles was called by nobody');
  return user;
}

/** What a handler's answer has to keep to; null: nothing, the user sees everything. For handlers of operations that are `filtered`. */
export function limitOf(context: OperationContext): Limit | null {
  return signedIn(context).limit;
}

/** While the first password stands, only these are allowed. */
const allowedBeforePasswordChange = new Set([
  'account.changePassword',
  'account.signOut',
  'account.me',
  'account.signIn',
]);

interface GuardedCall<T> {
  readonly context: OperationContext;
  readonly path: readonly string[];
  readonly procedure: {
    readonly '~orpc': { readonly meta: object; readonly inputSchema?: AnySchema | undefined };
  };
  readonly input?: unknown;
  next(): Promise<T>;
}

/**
 * What a web server does before and after every operation: the role check, the check of the user's limit, then the schema and the
 * handler, and a refusal made into the contract's `REFUSED`. An operation whose contract names no role can be called by nobody.
 */
export async function guardOperation<T>(call: GuardedCall<T>): Promise<T> {
  const { roles = [] } = call.procedure['~orpc'].meta as OperationMeta;
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
    if (user.limit !== null && !(await isWithinReach(call, user.limit))) throw notAllowed('outside-limit');
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

async function isWithinReach<T>(call: GuardedCall<T>, limit: Limit): Promise<boolean> {
  const { meta, inputSchema } = call.procedure['~orpc'];
  const { within = 'everything' } = meta as OperationMeta;
  if (within === 'everything') return false;
  if (within !== 'site') return true;
  // As the handler will get it: what the schema changes or leaves out cannot make it mean another site.
  const read = await inputSchema?.['~standard'].validate(call.input);
  if (!read || !call.context.reach) return false;
  // What the schema refuses is refused after this, too, in the usual way.
  return read.issues ? true : call.context.reach.holds(limit, read.value);
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
      const seen = await view();
      // Meanwhile its user may have been signed out, or limited.
      if (signal?.aborted) break;
      yield seen;
      await new Promise((resolve) => setTimeout(resolve, restMs));
    }
  } finally {
    stop();
    signal?.removeEventListener('abort', abort);
  }
}
