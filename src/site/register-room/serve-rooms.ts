/** The site as its rooms' parent: registration, packages, authorisation, journals (sealed for the centre), results. */
import type { Hono } from 'hono';
import { join } from 'node:path';
import * as z from 'zod';
import { toBase64, utf8 } from '../../base/bytes.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { answer, childOf, type Child, type NewChild, type ParentRole } from '../../courier/https/parent.ts';
import type { Delivery, Hello, OfferedParcel, PairBegin } from '../../courier/https/wire.ts';
import { checkSchema } from '../../node/contract.ts';
import { packPhotos, photoDigests, photoPart } from '../../exam/package/photo-bundle.ts';
import { roomStatusSchema, type RoomStatus } from '../../exam/session/room-view.ts';
import { makeParcel, parcelFileName, type ParcelHeading, type PartSource } from '../../parcel/parcel.ts';
import { issueCertificate, type NodeName } from '../../trust/certificate.ts';
import { newRegistrationCode } from '../../trust/pairing.ts';
import { sealBytes } from '../../trust/seal.ts';
import { takeRoomResult } from '../collect/collect.ts';
import { newestPrograms } from '../distribution/newest-programs.ts';
import { beingInitialised, wasRoomBefore } from '../initialise/remove-contents.ts';
import {
  isCertified,
  packageOf,
  packageText,
  roomRow,
  statusesOf,
  type RoomRow,
  type Site,
} from '../site.ts';

const membershipMs = 400 * 24 * 60 * 60 * 1000;
const daysBefore = 30 * 24 * 60 * 60 * 1000;

export const roomReportSchema = z.object({
  statuses: z.array(roomStatusSchema).max(99),
  loaded: z.object({ publication: z.number().int(), at: z.number().int() }).nullable(),
  sealCheck: z.object({ at: z.number().int(), passed: z.boolean(), checks: z.array(checkSchema) }).nullable(),
});

export function siteName(site: Site): NodeName {
  return { role: 'site', code: site.setup()?.siteCode ?? '', id: site.node.id };
}

export function roomRole(site: Site): ParentRole & { routes(app: Hono): void } {
  const { node } = site;
  const role: ParentRole & { routes(app: Hono): void } = {
    codesFor: (begin: PairBegin) => {
      const code = begin.role === 'room' ? codeOf(roomRow(site, begin.code), begin.id) : null;
      return code === null ? [] : [code];
    },

    async admit(child: NewChild) {
      const membership = site.membership();
      const room = roomRow(site, child.code);
      if (!membership || !room) return refuse({ type: 'registration-code-not-open' });
      const now = node.clock.now();
      const returned = room.registration_code === null;
      const returnCode = newRegistrationCode();
      const certificate = issueCertificate(
        {
          name: { role: 'room', code: child.code, id: child.id },
          signingKey: child.keys.signingKey,
          sealingKey: child.keys.sealingKey,
        },
        { name: siteName(site), key: node.keys.signing },
        { notBefore: now - daysBefore, notAfter: now + membershipMs },
      );
      node.db
        .prepare(
          'UPDATE room SET registration_code = NULL, return_code = ?, node_id = ?, tls_fingerprint = ?, signing_key = ?, sealing_key = ?, registered_at = ?, address = ?, last_contact = ? WHERE code = ?',
        )
        .run(
          returnCode,
          child.id,
          child.tlsFingerprint,
          child.keys.signingKey,
          child.keys.sealingKey,
          now,
          child.address,
          now,
          child.code,
        );
      await node.journal.append([
        {
          kind: returned ? 'room-returned' : 'room-registered',
          subject: `room:${child.code}`,
          data: { node: child.id, address: child.address },
        },
      ]);
      site.changed.notify();
      site.link?.uplink.nudge();
      return ok({
        // Until the centre has certified this site anew, a room that comes back keeps what it has: its own keys are the same.
        chain: isCertified(site, membership) ? [certificate, ...membership.chain] : null,
        returnCode,
        centreSigningKey: membership.centreSigningKey,
        centreCode: membership.centreCode,
        siteCode: siteName(site).code,
        mode: membership.project.mode,
        projectId: membership.project.id,
      });
    },

    childWith(fingerprint) {
      // While everything goes nobody brings anything new.
      if (beingInitialised(site)) return null;
      const row = node.db
        .prepare('SELECT code, node_id FROM room WHERE tls_fingerprint = ?')
        .get(fingerprint);
      return row ? { id: String(row['node_id']), role: 'room', code: String(row['code']) } : null;
    },

    stranger: (fingerprint) =>
      wasRoomBefore(site, fingerprint) ? { type: 'site-was-initialised' } : { type: 'not-registered' },

    hello(child: Child, hello: Hello, address: string) {
      const report = roomReportSchema.safeParse(hello.status);
      if (!report.success)
        return Promise.resolve(
          refuse({ type: 'bad-request', problem: report.error.issues[0]?.message ?? '' }),
        );
      const room = roomRow(site, child.code);
      const { statuses, loaded, sealCheck } = report.data;
      const stages = (of: readonly RoomStatus[]): string => JSON.stringify(of.map((one) => one.stages));
      const reached = room !== null && stages(statusesOf(room)) !== stages(statuses);
      node.db
        .prepare(
          'UPDATE room SET last_contact = ?, address = ?, status = ?, loaded_at = ?, seal_check = ? WHERE code = ?',
        )
        .run(
          node.clock.now(),
          address,
          JSON.stringify(statuses),
          loaded?.at ?? null,
          sealCheck === null ? null : JSON.stringify(sealCheck),
          child.code,
        );
      site.changed.notify();
      // The centre hears of a stage at once; counts go with the next hello.
      if (reached) site.link?.uplink.nudge();
      const receipts = node.db
        .prepare('SELECT receipt FROM result WHERE room_code = ? AND receipt IS NOT NULL')
        .all(child.code)
        .map((row) => String(row['receipt']));
      const publication = room ? packageOf(site, room).publication.number : null;
      const calibrated = node.db
        .prepare('SELECT session_id FROM authorisation WHERE session_keys IS NOT NULL')
        .all()
        .map((row) => String(row['session_id']));
      return Promise.resolve(
        ok({
          notices: {
            publication,
            receipts,
            calibrated,
            exam: examOfSite(site),
            program: newestPrograms(site)?.room ?? null,
          },
        }),
      );
    },

    // Its own and its seats'; never those of another room, nor this site's.
    forkedAbove: () => site.link?.uplink.forked ?? [],
    speaksFor: (child, origin) =>
      origin === child.id ||
      (origin !== node.id &&
        node.db.prepare('SELECT 1 FROM room WHERE node_id = ?').get(origin) === undefined),
    readsPayloads: false,
    /** In case the room's computer is lost before it reports. */
    async keepSealed(_child, segment) {
      await node.blobs.put(utf8(JSON.stringify(segment)));
    },

    parcelsFor(child: Child): Promise<OfferedParcel[]> {
      const room = roomRow(site, child.code);
      return Promise.resolve(
        room
          ? [
              {
                name: 'room-package',
                kind: 'room-package',
                id: `room-package:${child.code}:${packageOf(site, room).publication.number}`,
                size: 0,
              },
            ]
          : [],
      );
    },

    async parcelFile(child: Child, name: string) {
      if (name !== 'room-package') return refuse({ type: 'no-such-parcel' });
      const made = await makeRoomPackage(site, child.code);
      return made.ok ? ok(made.value.file) : made;
    },

    receive: (child: Child, delivery: Delivery, file: string) =>
      delivery.kind === 'room-result'
        ? takeRoomResult(site, file, child.code)
        : Promise.resolve(refuse({ type: 'wrong-kind', found: delivery.kind, expected: 'room-result' })),

    routes(app: Hono): void {
      app.get('/authorisation/:session', async (c) => {
        const child = childOf(c, role);
        if (!child.ok) return answer(c, child, 403);
        const sealed = await keysForRoom(site, c.req.param('session'), child.value.code);
        return answer(c, sealed.ok ? ok({ sealedKeys: toBase64(sealed.value) }) : sealed);
      });
    },
  };
  return role;
}

/** A registered room that comes back is known by its id. */
function codeOf(room: RoomRow | null, id: string): string | null {
  return room?.registration_code ?? (room?.node_id === id ? room.return_code : null);
}

/** Which exam this site is for; a room that still holds another one says so. */
function examOfSite(site: Site): { mode: 'formal' | 'mock'; project: string | null } | null {
  const setup = site.setup();
  return setup && { mode: setup.mode, project: site.membership()?.project.id ?? null };
}

/** The session's keys, sealed for one room: only after the release came and the lock opened them. */
async function keysForRoom(site: Site, sessionId: string, roomCode: string): Promise<Result<Uint8Array>> {
  const row = site.node.db
    .prepare('SELECT session_keys FROM authorisation WHERE session_id = ?')
    .get(sessionId);
  const room = roomRow(site, roomCode);
  if (!room || room.sealing_key === null) return refuse({ type: 'room-not-registered', room: roomCode });
  if (!row) return refuse({ type: 'site-not-authorised' });
  if (row['session_keys'] === null) return refuse({ type: 'site-not-calibrated' });
  return ok(await sealBytes(utf8(String(row['session_keys'])), { recipients: [room.sealing_key] }));
}

async function heading(
  site: Site,
  roomCode: string,
  kind: 'room-package' | 'room-authorisation',
  id: string,
  session: string | null,
): Promise<Result<{ room: RoomRow; heading: ParcelHeading; sealingKey: string; chain: readonly string[] }>> {
  const [room, membership] = [roomRow(site, roomCode), site.membership()];
  if (!room || !membership) return refuse({ type: 'no-such-room', room: roomCode });
  if (room.sealing_key === null) return refuse({ type: 'room-not-registered', room: roomCode });
  if (!isCertified(site, membership)) return refuse({ type: 'site-not-registered-at-centre' });
  const { publication } = packageOf(site, room);
  return ok({
    room,
    sealingKey: room.sealing_key,
    chain: membership.chain,
    heading: {
      kind,
      id,
      to: { role: 'room', code: roomCode },
      project: membership.project.id,
      session,
      mode: membership.project.mode,
      createdAt: site.node.clock.now(),
      about: { publication: publication.number, publishedAt: publication.at },
    },
  });
}

export async function makeRoomPackage(
  site: Site,
  roomCode: string,
): Promise<Result<{ file: string; fileName: string }>> {
  const head = await heading(
    site,
    roomCode,
    'room-package',
    `room-package:${roomCode}:${site.exam()?.number ?? 0}`,
    null,
  );
  if (!head.ok) return head;
  const { room, sealingKey } = head.value;
  const parts: PartSource[] = [
    { name: 'room.jws', content: utf8(packageText(site, room)), recipients: [sealingKey] },
  ];
  const content = packageOf(site, room);
  const photos = new Map<string, Uint8Array>();
  for (const digest of photoDigests(content)) photos.set(digest, await held(site, digest));
  if (photos.size > 0)
    parts.push({
      name: photoPart(roomCode),
      content: packPhotos(content, photos),
      recipients: [sealingKey],
    });
  for (const digest of new Set(
    content.sessions.flatMap((session) => session.subjects.map((subject) => subject.paperSha256)),
  )) {
    const paper = await held(site, digest);
    parts.push({ name: `paper-${digest}`, content: paper, recipients: ['session'], sealed: true });
  }
  return write(site, head.value, parts);
}

async function held(site: Site, digest: string): Promise<Uint8Array> {
  const content = await site.node.blobs.read(digest);
  if (!content) throw new Error(`${digest} is not in the blob store`);
  return content;
}

export async function makeRoomAuthorisation(
  site: Site,
  sessionId: string,
  roomCode: string,
): Promise<Result<{ file: string; fileName: string }>> {
  const keys = await keysForRoom(site, sessionId, roomCode);
  if (!keys.ok) return keys;
  const head = await heading(
    site,
    roomCode,
    'room-authorisation',
    `room-authorisation:${sessionId}:${roomCode}`,
    sessionId,
  );
  if (!head.ok) return head;
  // Sealed twice over would be once too often: the keys are sealed for this room already.
  return write(site, head.value, [
    { name: 'keys', content: keys.value, recipients: [head.value.sealingKey], sealed: true },
  ]);
}

async function write(
  site: Site,
  head: { heading: ParcelHeading; chain: readonly string[] },
  parts: readonly PartSource[],
): Promise<Result<{ file: string; fileName: string }>> {
  const file = join(
    site.node.staging,
    `${head.heading.kind}-${head.heading.to.code}-${head.heading.session ?? 'all'}.parcel`,
  );
  const made = await makeParcel(file, head.heading, parts, {
    name: siteName(site),
    key: site.node.keys.signing,
    chain: head.chain,
  });
  return made.ok ? ok({ file, fileName: parcelFileName(made.value) }) : made;
}
