/** The access key: lies here sealed to a member's token until the member comes, and what it opens is in memory only. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { identityToRecipient } from 'age-encryption';
import * as z from 'zod';
import { fromBase64, toBase64 } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import { jsonIn } from '../../base/json.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { grantSchema, mayUse, memberOf, type Grant } from '../../exam/paper-day/grant.ts';
import {
  planPart,
  planSchema,
  stationKeyAboutSchema,
  stationKeyParts,
  variantPart,
} from '../../exam/paper-day/parcels.ts';
import type { Token } from '../../hardware/token/port.ts';
import { openParcel, readPart, verifyParcel } from '../../parcel/parcel.ts';
import { readSessionKeys } from '../../trust/release.ts';
import { materialsPath } from '../materials/load-materials.ts';
import { notReady, settingNames, type OpenDay, type Station } from '../station.ts';

const loadedKeySchema = z.object({
  eventId: z.string(),
  grant: grantSchema,
  /** Base64, sealed to the members' tokens; of a project without tokens the keys themselves, sealed to this station until now. */
  inner: z.base64(),
  loadedAt: z.number().int(),
});
export type LoadedKey = z.infer<typeof loadedKeySchema>;

export function loadedKey(station: Station): LoadedKey | null {
  return station.node.settings.read(settingNames.key, loadedKeySchema);
}

/** Refusals: `station-not-admitted`, `key-of-another-site`, `key-older`, those of `openParcel`. */
export async function loadKey(station: Station, path: string): Promise<Result<LoadedKey>> {
  const missing = notReady(station);
  const admission = station.admission();
  if (missing || !admission) return refuse(missing ?? { type: 'station-not-admitted' });
  const { node } = station;
  const opened = await openParcel(path, {
    trust: { roots: [admission.root], at: null },
    identities: [node.keys.sealing.identity],
    recipient: node.keys.sealing.recipient,
    staging: join(node.staging, newId()),
    expect: {
      kind: 'station-key',
      to: { role: 'station', code: admission.siteCode },
      project: admission.project.id,
      mode: admission.project.mode,
    },
  });
  if (!opened.ok) return opened;
  try {
    const { parts, certificates, manifest } = opened.value;
    // Its own site makes it: what another one's would open is not for here.
    if (certificates[0]?.subject.role !== 'site' || certificates[0].subject.code !== admission.siteCode)
      return refuse({ type: 'key-of-another-site', site: manifest.from.code });
    const [grantFile, innerFile] = [parts.get(stationKeyParts.grant), parts.get(stationKeyParts.inner)];
    const about = stationKeyAboutSchema.safeParse(manifest.about);
    if (!grantFile || !innerFile || !about.success) return refuse({ type: 'not-a-parcel' });
    if (grantFile.sealed || innerFile.sealed)
      return refuse({ type: 'key-not-for-station', station: station.settings()?.number });
    const grant = grantSchema.safeParse(jsonIn(new Uint8Array(await readFile(grantFile.file))));
    if (!grant.success || grant.data.eventId !== about.data.event.id) return refuse({ type: 'not-a-parcel' });
    const before = loadedKey(station);
    if (before?.eventId === grant.data.eventId && before.grant.number > grant.data.number)
      return refuse({ type: 'key-older', number: grant.data.number, here: before.grant.number });
    const loaded: LoadedKey = {
      eventId: grant.data.eventId,
      grant: grant.data,
      inner: toBase64(new Uint8Array(await readFile(innerFile.file))),
      loadedAt: node.clock.now(),
    };
    node.settings.write(settingNames.key, loaded);
    // Whichever console of the site is left at the end can read what this station has done.
    const { consoles = [] } = about.data;
    if (consoles.length > 0) node.settings.write(settingNames.consoles, consoles);
    await node.journal.append([
      { kind: 'key-loaded', subject: `event:${loaded.eventId}`, data: { number: loaded.grant.number } },
    ]);
    station.changed.notify();
    return ok(loaded);
  } finally {
    await opened.value.dispose();
  }
}

/**
 * A member inserts the token and types the PIN: materials are open until the station forgets them.
 * @param token null: a project that opens with the key alone
 * @returns refusals `key-missing`, `materials-missing`, `materials-removed`, `key-of-another-event`, those of `mayUse`, `token-opens-nothing`, those of the token, `key-opens-nothing`, `altered`.
 */
export async function activate(station: Station, token: Token | null, pin: string): Promise<Result<OpenDay>> {
  const { node } = station;
  const here = () => [station.settings(), loadedKey(station), station.materials()] as const;
  const [settings, key, materials] = here();
  const seen = JSON.stringify([settings, key, materials]);
  // Loaded or set by somebody else meanwhile: what is open is of what is here, or nothing is.
  const isOther = (): boolean => JSON.stringify(here()) !== seen;
  if (!settings) return refuse({ type: 'station-not-set' });
  if (!materials) return refuse({ type: 'materials-missing' });
  if (materials.removedAt !== undefined) return refuse({ type: 'materials-removed' });
  if (!key) return refuse({ type: 'key-missing' });
  if (key.eventId !== materials.event.id) return refuse({ type: 'key-of-another-event' });
  const kits = mayUse(key.grant, { ...settings, station: settings.number }, node.clock.now());
  if (!kits.ok) return kits;
  const unsealed = await unseal(key, token, pin);
  if (!unsealed.ok) {
    if (token) await enterNotActivated(station, key.eventId, token.serial, unsealed.refusal);
    return unsealed;
  }
  if (isOther()) return activate(station, token, pin);
  const identities = readSessionKeys(unsealed.value);
  if (!identities.ok) return refuse({ type: 'key-opens-nothing' });
  const path = materialsPath(station, materials);
  const admission = station.admission();
  const verified = await verifyParcel(path, { roots: admission ? [admission.root] : [], at: null });
  if (!verified.ok) return verified;
  const content = await readPart(path, verified.value, planPart, identities.value);
  if (!content.ok)
    return content.refusal.type === 'altered' ? content : refuse({ type: 'key-opens-nothing' });
  const plan = planSchema.safeParse(jsonIn(content.value));
  if (!plan.success || plan.data.eventId !== key.eventId) return refuse({ type: 'altered', part: planPart });
  const day: OpenDay = {
    grant: key.grant,
    plan: plan.data,
    kits: kits.value,
    token: token?.serial ?? null,
    variant: (variant) => readPart(path, verified.value, variantPart(variant), identities.value),
    unseal: (file, inspected, part) => readPart(file, inspected, part, identities.value),
  };
  node.settings.write(settingNames.eventRecipients, {
    eventId: key.eventId,
    recipients: await Promise.all(identities.value.map((identity) => identityToRecipient(identity))),
  });
  await node.journal.append([
    {
      kind: 'key-activated',
      subject: `event:${key.eventId}`,
      data: { number: key.grant.number, token: day.token, kits: day.kits },
    },
  ]);
  if (isOther()) return activate(station, token, pin);
  station.openDay(day);
  return ok(day);
}

/** A token was tried and opened nothing. */
export async function enterNotActivated(
  { node }: Station,
  eventId: string,
  serial: string,
  { type }: Refusal,
): Promise<void> {
  await node.journal.append([
    { kind: 'key-not-activated', subject: `event:${eventId}`, data: { token: serial, reason: type } },
  ]);
}

async function unseal(
  { grant, inner }: { readonly grant: Grant; readonly inner: string },
  token: Token | null,
  pin: string,
): Promise<Result<Uint8Array>> {
  if (grant.opens === 'password') return ok(fromBase64(inner));
  if (!token) return refuse({ type: 'token-missing' });
  if (!memberOf(grant, token.recipient)) return refuse({ type: 'token-opens-nothing', serial: token.serial });
  return token.unseal(fromBase64(inner), pin);
}
