/** The room joins its site with a registration code, and follows it when it was restored on another computer. */
import { ok, refuse, type Result } from '../../base/result.ts';
import { pairWithParent, type Paired } from '../../courier/https/child.ts';
import { ExchangeClient } from '../../courier/https/client.ts';
import { verifyChain } from '../../trust/certificate.ts';
import { siteAddressOf } from '../own-site/own-site.ts';
import type { Room, RoomMembership } from '../room.ts';

interface Welcome {
  /** null: the site was restored, and its centre has not certified it since. */
  readonly chain: string[] | null;
  readonly centreSigningKey: string;
  readonly centreCode: string;
  readonly siteCode: string;
  readonly mode: 'formal' | 'mock';
  readonly projectId: string;
  readonly returnCode: string;
}

export async function registerAtSite(
  room: Room,
  registrationCode: string,
  by: string,
): Promise<Result<void>> {
  const settings = room.settings();
  const siteAddress = settings && siteAddressOf(room, settings);
  if (!siteAddress || settings.roomCode === '') return refuse({ type: 'settings-missing' });
  const paired = await pair(room, siteAddress, registrationCode);
  if (!paired.ok) return paired;
  const { welcome } = paired.value;
  if (welcome.chain === null) return refuse({ type: 'site-not-registered-at-centre' });
  // The code proved the site; the site's word for the centre is checked by the chain it stands in.
  return keep(room, siteAddress, paired.value, welcome.chain, {
    kind: 'registered-at-site',
    data: { site: welcome.siteCode, by },
  });
}

/**
 * Another certificate answers at the site's address. Only the site itself knows the code that was agreed at the registration: whoever proves that
 * is the site, restored. The code is used up, and another one agreed.
 *
 * @param at its new address; not given: where it was.
 * @returns refusals of the pairing, `wrong-registration-code` when it is somebody else; `untrusted-sender` when it speaks for another exam.
 */
export async function followSite(room: Room, at?: string): Promise<Result<void>> {
  const before = room.membership();
  if (!before) return refuse({ type: 'room-not-registered-at-site' });
  if (before.returnCode === null) return refuse({ type: 'registration-code-not-open' });
  const siteAddress = at ?? siteAddressOf(room, before);
  const paired = await pair(room, siteAddress, before.returnCode);
  if (!paired.ok) return paired;
  const { welcome } = paired.value;
  const same =
    welcome.centreSigningKey === before.centreSigningKey &&
    welcome.siteCode === before.siteCode &&
    welcome.projectId === before.projectId &&
    welcome.mode === before.mode;
  if (!same) return refuse({ type: 'untrusted-sender', code: welcome.siteCode });
  return keep(room, siteAddress, paired.value, welcome.chain ?? before.chain, {
    kind: 'site-followed',
    data: { site: welcome.siteCode, ...(at === undefined ? {} : { address: at }) },
  });
}

/**
 * The site has another address: its router gave it one, or it was restored on another computer. The room stays registered: either the certificate that
 * it knows answers there, or whoever answers proves the code that was agreed at the registration. Anybody else changes nothing.
 *
 * @returns refusals `parent-unreachable`, `not-the-site`, `room-not-registered-at-site`.
 */
export async function siteMoved(room: Room, address: string, by: string): Promise<Result<void>> {
  const before = room.membership();
  const settings = room.settings();
  if (!before || !settings || room.ownSite) return refuse({ type: 'room-not-registered-at-site' });
  const client = new ExchangeClient({ address, certPem: before.certPem }, room.node.keys.tls);
  const answered = await client.get('/parcels');
  client.close();
  if (!answered.ok && answered.refusal.type === 'parent-unreachable') return answered;
  const { node } = room;
  if (!answered.ok && answered.refusal.type === 'parent-is-another') {
    const followed = await followSite(room, address);
    if (!followed.ok)
      return ['wrong-registration-code', 'registration-code-not-open', 'untrusted-sender'].includes(
        followed.refusal.type,
      )
        ? refuse({ type: 'not-the-site', address })
        : followed;
  } else {
    node.settings.write('membership', { ...before, siteAddress: address });
    await node.journal.append([
      { kind: 'site-moved', subject: 'room', data: { site: before.siteCode, address, by } },
    ]);
    await reconnect(room);
  }
  node.settings.write('settings', { ...settings, siteAddress: address });
  room.changed.notify();
  return ok();
}

async function reconnect(room: Room): Promise<void> {
  await room.link?.uplink.stop();
  room.link = null;
  room.connect();
}

function pair(room: Room, address: string, code: string): Promise<Result<Paired<Welcome>>> {
  const settings = room.settings();
  return pairWithParent<Welcome>({
    address,
    code,
    child: { role: 'room', code: settings?.roomCode ?? '', id: room.node.id },
    keys: room.node.keys,
    details: { ownAddress: settings?.ownAddress ?? '' },
  });
}

async function keep(
  room: Room,
  siteAddress: string,
  { welcome, parentKeys, certPem }: Paired<Welcome>,
  chain: string[],
  entry: { readonly kind: string; readonly data: Record<string, string> },
): Promise<Result<void>> {
  const { node } = room;
  const verified = verifyChain(chain, { roots: [welcome.centreSigningKey], at: null });
  if (!verified.ok) return verified;
  // A chain that was kept names the keys that the site had when it was made.
  if (welcome.chain !== null && verified.value[1]?.signingKey !== parentKeys.signingKey)
    return refuse({ type: 'untrusted-sender', code: welcome.siteCode });
  const membership: RoomMembership = {
    siteAddress,
    certPem,
    siteSigningKey: parentKeys.signingKey,
    siteSealingKey: parentKeys.sealingKey,
    ...welcome,
    chain,
    registeredAt: node.clock.now(),
  };
  node.settings.write('membership', membership);
  await node.journal.append([{ kind: entry.kind, subject: 'room', data: entry.data }]);
  await reconnect(room);
  room.changed.notify();
  return ok();
}
