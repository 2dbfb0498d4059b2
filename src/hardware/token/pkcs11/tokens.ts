/** Tokens of hardware through PKCS#11: what the rest of the program knows of them. */
import { statSync } from 'node:fs';
import { isAbsolute, normalize } from 'node:path';
import { ok, refuse, type Refusal, type Result } from '../../../base/result.ts';
import { openBytes } from '../../../trust/seal.ts';
import { TagIdentity } from '../../../trust/tag-recipient.ts';
import type { ChosenToken, FollowedToken, Tokens } from '../port.ts';
import { TokenProcess } from './token-process.ts';
import { wellKnownLibraries } from './well-known.ts';

export const pkcs11Tokens: Tokens = {
  libraries: wellKnownLibraries,
  list: (library) => briefly(library, (process) => process.ask({ do: 'list' })),
  prepare: (library, serial, pin) => keyOn(library, { serial, pin, make: true }),
  find: (library, serial, pin) => keyOn(library, { serial, pin, make: false }),
  carried: (library, serial) => briefly(library, (process) => process.ask({ do: 'carried', serial })),
  carry: (library, serial, pin, content) =>
    briefly(library, async (process) => {
      const written = await process.ask({ do: 'carry', serial, pin, content });
      return written.ok ? ok() : written;
    }),
  follow,
};

function keyOn(
  library: string,
  how: { readonly serial: string; readonly pin: string; readonly make: boolean },
): Promise<Result<ChosenToken>> {
  return briefly(library, async (process) => {
    const found = await process.ask({ do: 'prepare', ...how });
    return found.ok ? ok({ library, serial: how.serial, recipient: found.value.recipient }) : found;
  });
}

/** A library runs as this program: it has to lie on this computer, where its administrator put it. */
function libraryProblem(path: string): Result<never> | null {
  if (!isAbsolute(path) || /^[\\/]{2}/.test(path) || normalize(path) !== path.replaceAll('/', normalize('/')))
    return refuse({ type: 'token-library-not-local', path });
  try {
    const { mode } = statSync(path);
    // On Windows these bits say nothing.
    return process.platform !== 'win32' && mode & 0o002
      ? refuse({ type: 'token-library-not-local', path })
      : null;
  } catch {
    return refuse({ type: 'token-library-missing', path });
  }
}

async function briefly<T>(
  library: string,
  act: (process: TokenProcess) => Promise<Result<T>>,
): Promise<Result<T>> {
  const problem = libraryProblem(library);
  if (problem) return problem;
  const process = new TokenProcess(library);
  try {
    return await act(process);
  } finally {
    await process.close();
  }
}

function follow({ library, serial, recipient }: ChosenToken, changed: () => void): FollowedToken {
  const missing = libraryProblem(library);
  const known = Promise.withResolvers<void>();
  let was = false;
  let problem: Refusal | null = missing?.ok === false ? missing.refusal : { type: 'token-looked-for' };
  /** Where it was before, the same silence of the reader means that somebody has pulled it out. */
  const told = (refusal: Refusal | null): Refusal | null =>
    refusal?.type === 'no-token' && was ? { type: 'lock-pulled-out', serial } : refusal;
  const process = missing
    ? null
    : new TokenProcess(library, {
        serial,
        onSeen: ({ refusal }) => {
          const now = told(refusal);
          was ||= now === null;
          const differs = JSON.stringify(now) !== JSON.stringify(problem);
          problem = now;
          known.resolve();
          if (differs) changed();
        },
      });
  if (missing) known.resolve();
  return {
    token: {
      serial,
      recipient,
      present: () => problem === null,
      unseal: async (sealed, pin) => {
        if (!process) return missing as Result<never>;
        let refusal: Refusal | null = null;
        const identity = new TagIdentity(recipient, async (point) => {
          const shared = await process.ask({ do: 'agree', serial, pin, point });
          if (shared.ok) return shared.value;
          refusal = told(shared.refusal);
          return null;
        });
        const opened = await openBytes(sealed, { identities: [identity] });
        return refusal === null ? opened : refuse(refusal);
      },
    },
    problem: () => problem,
    known: () => known.promise,
    carried: async () => (process ? process.ask({ do: 'carried', serial }) : (missing as Result<never>)),
    close: async () => process?.close(),
  };
}
