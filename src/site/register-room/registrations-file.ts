/**
 * The KDINFO file (考点信息): what a reinstalled site needs so that its rooms follow it. For each room it holds what both agreed for that case, once,
 * and no key of anybody. It is sealed to the site's exam locks: whoever finds it without one of them has nothing.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { utf8 } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import { jsonIn } from '../../base/json.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { makeParcel, parcelFileName } from '../../parcel/parcel.ts';
import { transaction } from '../../store/sqlite.ts';
import { openOfExam } from '../open-parcel.ts';
import { lockRecipients } from '../locks/known-locks.ts';
import { isCertified, roomRows, type Site } from '../site.ts';
import { siteName } from './serve-rooms.ts';

const partName = 'registrations.json';
const setting = 'registrations-exported';

const fileSchema = z.object({
  v: z.literal(1),
  rooms: z
    .array(
      z.object({
        code: z.string().max(64),
        nodeId: z.string().max(64),
        tlsFingerprint: z.string().regex(/^[0-9a-f]{64}$/),
        signingKey: z.string().max(64),
        sealingKey: z.string().max(128),
        address: z.string().max(200).nullable(),
        registeredAt: z.number().int(),
        returnCode: z.string().max(40),
      }),
    )
    .max(10_000),
});

export interface Registrations {
  readonly exportedAt: number | null;
  /** Rooms that are registered, and are not in the newest file as they are now. */
  readonly since: number;
}

const exportedSchema = z.object({ at: z.number().int() });

export function registrations(site: Site): Registrations {
  const exported = site.node.settings.read(setting, exportedSchema);
  const since = roomRows(site).filter(
    ({ registered_at }) => registered_at !== null && registered_at > (exported?.at ?? -1),
  );
  return { exportedAt: exported?.at ?? null, since: since.length };
}

/** @returns refusals `site-not-registered-at-centre`, `nothing-registered`, those of the lock */
export async function exportRegistrations(site: Site): Promise<Result<{ file: string; fileName: string }>> {
  const { node } = site;
  const [setup, membership, locks] = [site.setup(), site.membership(), lockRecipients(site)];
  if (!setup || !membership || !isCertified(site, membership))
    return refuse({ type: 'site-not-registered-at-centre' });
  if (!locks.ok) return locks;
  const rooms = roomRows(site).flatMap((row) =>
    row.node_id === null ||
    row.tls_fingerprint === null ||
    row.signing_key === null ||
    row.sealing_key === null ||
    row.registered_at === null ||
    row.return_code === null
      ? []
      : [
          {
            code: row.code,
            nodeId: row.node_id,
            tlsFingerprint: row.tls_fingerprint,
            signingKey: row.signing_key,
            sealingKey: row.sealing_key,
            address: row.address,
            registeredAt: row.registered_at,
            returnCode: row.return_code,
          },
        ],
  );
  if (rooms.length === 0) return refuse({ type: 'nothing-registered' });
  const at = node.clock.now();
  const file = join(node.staging, `${newId()}.KDINFO`);
  const made = await makeParcel(
    file,
    {
      kind: 'registration',
      id: `registration:${setup.siteCode}:${at}`,
      to: { role: 'site', code: setup.siteCode },
      project: membership.project.id,
      session: null,
      mode: setup.mode,
      createdAt: at,
      about: { rooms: rooms.length },
    },
    [
      {
        name: partName,
        content: utf8(JSON.stringify({ v: 1, rooms } satisfies z.infer<typeof fileSchema>)),
        recipients: locks.value,
      },
    ],
    { name: siteName(site), key: node.keys.signing, chain: membership.chain },
  );
  if (!made.ok) return made;
  node.settings.write(setting, { at });
  await node.journal.append([
    { kind: 'registrations-exported', subject: 'site', data: { rooms: rooms.length } },
  ]);
  site.changed.notify();
  return ok({ file, fileName: parcelFileName(made.value) });
}

export interface RestoredRegistrations {
  readonly restored: number;
  /** Rooms of the exam that are still without a registration. */
  readonly left: readonly string[];
}

/**
 * Gives the rooms of the loaded exam their registrations back; each then follows by itself. A room that has registered here in the meantime, or
 * was given to another computer, stays as it is.
 *
 * @returns refusals `exam-not-loaded`, those of the parcel and of the lock
 */
export async function restoreRegistrations(
  site: Site,
  path: string,
  pin: string,
): Promise<Result<RestoredRegistrations>> {
  const { node } = site;
  const lock = site.lock();
  if (site.exam() === null) return refuse({ type: 'exam-not-loaded' });
  if (!lock.ok) return lock;
  const opened = await openOfExam(site, path, 'registration');
  if (!opened.ok) return opened;
  try {
    const part = opened.value.parts.get(partName);
    if (!part) return refuse({ type: 'not-a-parcel' });
    const content = await lock.value.unseal(await readFile(part.file), pin);
    if (!content.ok) return content;
    const said = fileSchema.safeParse(jsonIn(content.value));
    if (!said.success) return refuse({ type: 'not-a-parcel' });
    const restored = give(site, said.data.rooms);
    await node.journal.append([
      { kind: 'registrations-restored', subject: 'site', data: { rooms: restored } },
    ]);
    site.changed.notify();
    const left = roomRows(site).filter(({ registered_at }) => registered_at === null);
    return ok({ restored, left: left.map(({ code }) => code) });
  } finally {
    await opened.value.dispose();
  }
}

function give(site: Site, rooms: z.infer<typeof fileSchema>['rooms']): number {
  const { db } = site.node;
  return transaction(db, () => {
    const update = db.prepare(
      `UPDATE room SET registration_code = NULL, node_id = ?1, tls_fingerprint = ?2, signing_key = ?3, sealing_key = ?4, registered_at = ?5, address = ?6, return_code = ?7
       WHERE code = ?8 AND (node_id IS NULL OR (node_id = ?1 AND registered_at <= ?5))`,
    );
    let restored = 0;
    for (const room of rooms) {
      const { changes } = update.run(
        room.nodeId,
        room.tlsFingerprint,
        room.signingKey,
        room.sealingKey,
        room.registeredAt,
        room.address,
        room.returnCode,
        room.code,
      );
      restored += Number(changes);
    }
    return restored;
  });
}
