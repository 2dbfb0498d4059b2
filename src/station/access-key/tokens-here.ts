/** Members' tokens at this station: key files on sticks, and tokens of hardware whose makers' libraries lie here. */
import { ok, refuse, type Result } from '../../base/result.ts';
import { findKeyFiles } from '../../hardware/token/find-key-files.ts';
import type { Token } from '../../hardware/token/port.ts';
import type { OpenDay, Station } from '../station.ts';
import { activate, enterNotActivated, loadedKey } from './access-key.ts';

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

/**
 * Opens the materials with a token and lets go of it. A token of hardware is asked for its PIN before anything else: that it was wrong is entered all
 * the same. Refusals: `token-missing`, those of the token and of `activate`.
 */
export async function activateWithToken(
  station: Station,
  serial: string,
  pin: string,
): Promise<Result<OpenDay>> {
  const found = (await findTokens(station)).find((one) => one.serial === serial);
  if (!found) return refuse({ type: 'token-missing' });
  const opened = await found.open(pin);
  if (!opened.ok) {
    const key = loadedKey(station);
    if (key) await enterNotActivated(station, key.eventId, serial, opened.refusal);
    return opened;
  }
  try {
    return await activate(station, opened.value.token, pin);
  } finally {
    await opened.value.close();
  }
}
