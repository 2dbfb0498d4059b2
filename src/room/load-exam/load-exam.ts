/** Step 4: the room's package, from the site or from a file. The papers stay sealed to their session's key. */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { roomPackageSchema, roomPackageTyp } from '../../exam/package/room-package.ts';
import { keepPhotos } from '../../node/keep-photos.ts';
import { openParcel } from '../../parcel/parcel.ts';
import { fileSha256Hex } from '../../trust/digest.ts';
import { verifyJws } from '../../trust/jws.ts';
import { roomCodeOf, type Room } from '../room.ts';

export async function loadOnline(room: Room, by: string): Promise<Result<void>> {
  if (!room.link) return refuse({ type: 'room-not-registered-at-site' });
  const file = join(room.node.staging, `${newId()}.parcel`);
  const downloaded = await room.link.client.download('/parcels/room-package', file);
  return downloaded.ok ? loadFile(room, file, by) : downloaded;
}

export async function loadFile(room: Room, file: string, by: string): Promise<Result<void>> {
  const { node } = room;
  const membership = room.membership();
  if (!membership) return refuse({ type: 'room-not-registered-at-site' });
  const opened = await openParcel(file, {
    trust: { roots: [membership.centreSigningKey], at: node.clock.now() },
    identities: [node.keys.sealing.identity],
    recipient: node.keys.sealing.recipient,
    staging: join(node.staging, newId()),
    expect: {
      kind: 'room-package',
      to: { role: 'room', code: roomCodeOf(room) },
      project: membership.projectId,
      mode: membership.mode,
    },
  });
  if (!opened.ok) return opened;
  try {
    const part = opened.value.parts.get('room.jws');
    if (!part || part.sealed) return refuse({ type: 'wrong-key' });
    const jws = await readFile(part.file, 'utf8');
    // Signed by the centre itself: a site passes it on and cannot change it.
    const verified = verifyJws(jws, roomPackageTyp, membership.centreSigningKey);
    const parsed = verified.ok ? roomPackageSchema.safeParse(verified.value) : null;
    if (!parsed?.success || parsed.data.room.code !== roomCodeOf(room))
      return refuse({ type: 'bad-signature' });
    // What the site has written on the outside counts for nothing against the centre's word.
    const { project } = parsed.data;
    if (project.id !== membership.projectId) return refuse({ type: 'wrong-project' });
    if (project.mode !== membership.mode) return refuse({ type: 'wrong-mode', found: project.mode });
    const before = room.state.package;
    if (before && parsed.data.publication.number < before.publication.number)
      return refuse({
        type: 'publication-older',
        loaded: before.publication.number,
        file: parsed.data.publication.number,
      });
    const needed = new Set(
      parsed.data.sessions.flatMap((session) => session.subjects.map((subject) => subject.paperSha256)),
    );
    for (const digest of needed) {
      const paper = opened.value.parts.get(`paper-${digest}`);
      if (!paper) return refuse({ type: 'papers-missing', papers: [digest.slice(0, 8)] });
      // Before it is kept: what is no paper of this exam stays with nobody.
      if ((await fileSha256Hex(paper.file)) !== digest)
        return refuse({ type: 'altered', part: `paper-${digest.slice(0, 8)}` });
      await node.blobs.put(createReadStream(paper.file));
    }
    const photos = await keepPhotos(node.blobs, parsed.data, opened.value);
    if (!photos.ok) return photos;
    node.settings.write('package', { jws, loadedAt: node.clock.now() });
    room.state.usePackage(parsed.data);
    await node.journal.append([
      {
        kind: 'exam-loaded',
        subject: 'room',
        data: { publication: parsed.data.publication.number, sessions: parsed.data.sessions.length, by },
      },
    ]);
    room.changed.notify();
    room.link?.uplink.nudge();
    return ok();
  } finally {
    await opened.value.dispose();
  }
}
