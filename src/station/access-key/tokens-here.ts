/** Members' tokens at this station: key files on sticks, and tokens of hardware whose makers' libraries lie here. */
import { ok, refuse, type Result } from '../../base/result.ts';
import { findKeyFiles } from '../../hardware/token/find-key-files.ts';
import type { Token } from '../../hardware/token/port.ts';
import type { Station } from '../station.ts';
import { loadedKey } from './access-key.ts';

export interface TokenHere {
  readonly serial: string;
  readonly kind: 'key-file' | 'pkcs11';
  /** Whose it is by the access key; null: it opens nothing here. */
  readonly member: string | null;
  /** Why it cannot be used as it is. */
  readonly problem: string | null;
}

interface Found extends TokenHere {
  /** A token of hardware is asked for its key only with its PIN. */
  readonly open: (pin: string) => Promise<Result<{ token: Token; close: () => Promise<void> }>>;
}

async function findTokens(station: Station): Promise<Found[]> {
  const members = loadedKey(station)?.grant.members ?? [];
  const files = (await findKeyFiles(station.drives)).map(({ token }): Found => ({
    serial: token.serial,
    kind: 'key-file',
    member: members.find(({ recipient }) => recipient === token.recipient)?.name ?? null,
    problem: null,
    open: () => Promise.resolve(ok({ token, close: () => Promise.resolve() })),
  }));
  const ofHardware: Found[] = [];
  for (const { path } of station.tokens.libraries()) {
    const listed = await station.tokens.list(path);
    if (!listed.ok) continue;
    for (const { serial, problem } of listed.value)
      ofHardware.push({
        serial,
        kind: 'pkcs11',
        member: members.find((one) => one.serial === serial)?.name ?? null,
        problem,
        open: (pin) => openHardware(station, path, serial, pin),
      });
  }
  return [...files, ...ofHardware];
}

async function openHardware(
  station: Station,
  library: string,
  serial: string,
  pin: string,
): Promise<Result<{ token: Token; close: () => Promise<void> }>> {
  const chosen = await station.tokens.find(library, serial, pin);
  if (!chosen.ok) return chosen;
  const followed = station.tokens.follow(chosen.value, () => station.changed.notify());
  await followed.known();
  const problem = followed.problem();
  if (problem !== null) {
    await followed.close();
    return refuse(problem);
  }
  return ok({ token: followed.token, close: () => followed.close() });
}

export async function tokensHere(station: Station): Promise<TokenHere[]> {
  return (await findTokens(station)).map(({ serial, kind, member, problem }) => ({
    serial,
    kind,
    member,
    problem,
  }));
}

/** Does something with a token and lets go of it. Refusals: `token-missing`, those of the token. */
export async function withToken<T>(
  station: Station,
  serial: string,
  pin: string,
  work: (token: Token) => Promise<Result<T>>,
): Promise<Result<T>> {
  const found = (await findTokens(station)).find((one) => one.serial === serial);
  if (!found) return refuse({ type: 'token-missing' });
  const opened = await found.open(pin);
  if (!opened.ok) return opened;
  try {
    return await work(opened.value.token);
  } finally {
    await opened.value.close();
  }
}
