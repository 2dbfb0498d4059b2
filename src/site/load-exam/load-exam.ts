/** Step 1: takes the site's publication, online or from a file, and gives every room its registration code. */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { roomPackageSchema, roomPackageTyp } from '../../exam/package/room-package.ts';
import { keepPhotos } from '../../node/keep-photos.ts';
import { openParcel } from '../../parcel/parcel.ts';
import { transaction } from '../../store/sqlite.ts';
import { verifyJws } from '../../trust/jws.ts';
import { newRegistrationCode } from '../../trust/pairing.ts';
import type { LoadedExam, Site } from '../site.ts';

export async function loadOnline(site: Site): Promise<Result<void>> {
  if (!site.link) return refuse({ type: 'site-not-registered-at-centre' });
  const file = join(site.node.staging, `${newId()}.parcel`);
  const downloaded = await site.link.client.download('/parcels/site-package', file);
  return downloaded.ok ? loadFile(site, file) : downloaded;
}

export async function loadFile(site: Site, file: string): Promise<Result<void>> {
  const { node } = site;
  const [membership, setup] = [site.membership(), site.setup()];
  if (!membership || !setup) return refuse({ type: 'site-not-registered-at-centre' });
  const opened = await openParcel(file, {
    trust: { roots: [membership.centreSigningKey], at: node.clock.now() },
    identities: [node.keys.sealing.identity],
    recipient: node.keys.sealing.recipient,
    staging: join(node.staging, newId()),
    expect: {
      kind: 'site-package',
      to: { role: 'site', code: setup.siteCode },
      project: membership.project.id,
      mode: setup.mode,
    },
  });
  if (!opened.ok) return opened;
  try {
    const part = opened.value.parts.get('rooms.json');
    if (!part || part.sealed) return refuse({ type: 'wrong-key' });
    const packages = z.array(z.string()).parse(JSON.parse(await readFile(part.file, 'utf8')));
    const rooms = [];
    for (const jws of packages) {
      const verified = verifyJws(jws, roomPackageTyp, membership.centreSigningKey);
      const parsed = verified.ok ? roomPackageSchema.safeParse(verified.value) : null;
      if (!parsed?.success) return refuse({ type: 'bad-signature' });
      rooms.push({ jws, content: parsed.data });
    }
    const [first] = rooms;
    if (!first) return refuse({ type: 'publication-without-rooms' });
    const own = site.ownRoom?.() ?? null;
    // The other rooms would have no site, and nothing here would miss them.
    if (own !== null && rooms.some(({ content }) => content.room.code !== own))
      return refuse({
        type: 'site-of-other-rooms',
        room: own,
        rooms: rooms.map(({ content }) => content.room.code),
      });
    const before = site.exam();
    if (before && first.content.publication.number < before.number)
      return refuse({
        type: 'publication-older',
        loaded: before.number,
        file: first.content.publication.number,
      });
    for (const [name, paper] of opened.value.parts) {
      if (!name.startsWith('paper-')) continue;
      const kept = await node.blobs.put(createReadStream(paper.file));
      if (`paper-${kept.digest}` !== name) return refuse({ type: 'altered', part: name });
    }
    for (const { content } of rooms) {
      const photos = await keepPhotos(node.blobs, content, opened.value);
      if (!photos.ok) return photos;
    }
    keepRooms(site, rooms);
    const now = node.clock.now();
    const online = site.link?.uplink.state.online === true;
    site.node.settings.write('exam', {
      number: first.content.publication.number,
      publishedAt: first.content.publication.at,
      importedAt: now,
      checkedAt: online ? now : null,
      newest: online ? true : null,
    } satisfies LoadedExam);
    await node.journal.append([
      {
        kind: 'exam-loaded',
        subject: 'site',
        data: { publication: first.content.publication.number, rooms: rooms.length },
      },
    ]);
    site.changed.notify();
    site.link?.uplink.nudge();
    return ok();
  } finally {
    await opened.value.dispose();
  }
}

function keepRooms(
  site: Site,
  rooms: readonly { jws: string; content: z.infer<typeof roomPackageSchema> }[],
): void {
  const { db } = site.node;
  transaction(db, () => {
    const codes = new Set(rooms.map((room) => room.content.room.code));
    for (const row of db
      .prepare('SELECT code FROM room WHERE registered_at IS NULL OR package IS NULL')
      .all()) {
      if (!codes.has(String(row['code'])))
        db.prepare('DELETE FROM room WHERE code = ?').run(String(row['code']));
    }
    const insert = db.prepare(
      `INSERT INTO room (code, name, package, registration_code) VALUES (?, ?, ?, ?)
       ON CONFLICT (code) DO UPDATE SET name = excluded.name, package = excluded.package, loaded_at = NULL`,
    );
    for (const { jws, content } of rooms)
      insert.run(content.room.code, content.room.name, jws, newRegistrationCode());
  });
}
