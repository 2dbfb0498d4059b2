/** Step 1: takes the site's publication, online or from a file, and gives every room its registration code. */
import { createReadStream } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { newId } from '../../base/ids.ts';
import { jsonIn } from '../../base/json.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { ExchangeClient } from '../../courier/https/client.ts';
import { photoDigests } from '../../exam/package/photo-bundle.ts';
import { roomPackageSchema, roomPackageTyp, type RoomPackage } from '../../exam/package/room-package.ts';
import {
  digestsBeside,
  leftOutPart,
  leftOutSchema,
  paperDigests,
  paperPart,
  publicationOfferSchema,
  siteAboutSchema,
} from '../../exam/package/site-package.ts';
import { keepPhotos } from '../../node/keep-photos.ts';
import type { Opened } from '../../parcel/parcel.ts';
import { transaction } from '../../store/sqlite.ts';
import { fileSha256Hex } from '../../trust/digest.ts';
import { verifyJws } from '../../trust/jws.ts';
import { newRegistrationCode } from '../../trust/pairing.ts';
import { openOfExam } from '../open-parcel.ts';
import { packageOf, roomRows, type LoadedExam, type Site } from '../site.ts';

type RoomOfSite = { jws: string; content: RoomPackage };

/** Only what is not here yet comes over the network: the centre hears what is, and each paper is asked for by its digest. */
export async function loadOnline(site: Site): Promise<Result<void>> {
  if (!site.link) return refuse({ type: 'site-not-registered-at-centre' });
  const { client } = site.link;
  const holds = site.exam() ? await heldOf(site) : [];
  const offered = await client.post<unknown>('/publication', { holds }, makingMs);
  if (!offered.ok) return offered;
  const offer = publicationOfferSchema.safeParse(offered.value);
  if (!offer.success) return refuse({ type: 'parent-not-understood' });
  const file = join(site.node.staging, `${newId()}.parcel`);
  try {
    const downloaded = await client.download(`/parcels/${offer.data.name}`, file);
    return downloaded.ok ? await take(site, file, (digest) => fetchPaper(site, client, digest)) : downloaded;
  } finally {
    await rm(file, { force: true });
  }
}

/** A parcel that holds everything. */
export function loadFile(site: Site, file: string): Promise<Result<void>> {
  return take(site, file, (digest) =>
    Promise.resolve(refuse({ type: 'papers-missing', papers: [digest.slice(0, 8)] })),
  );
}

/** The centre makes a site's package when it is asked for; with many photos and many sites at once that takes its time. */
const makingMs = 120_000;

/** Papers and photos of the packages that are loaded, as far as they are on the disk. */
async function heldOf(site: Site): Promise<string[]> {
  const named = new Set(roomRows(site).flatMap((row) => [...digestsBeside(packageOf(site, row))]));
  const held: string[] = [];
  for (const digest of named) if (await site.node.blobs.has(digest)) held.push(digest);
  return held;
}

/** Under its own name in staging: after a cut it goes on where it stopped. */
async function fetchPaper({ node }: Site, client: ExchangeClient, digest: string): Promise<Result<void>> {
  const file = join(node.staging, `paper-${digest}.part`);
  const downloaded = await client.download(`/papers/${digest}`, file);
  if (!downloaded.ok) return downloaded;
  const right = (await fileSha256Hex(file)) === digest;
  if (right) await node.blobs.put(createReadStream(file));
  await rm(file, { force: true });
  return right ? ok() : refuse({ type: 'altered', part: paperPart(digest) });
}

async function take(
  site: Site,
  file: string,
  fetch: (paper: string) => Promise<Result<void>>,
): Promise<Result<void>> {
  const membership = site.membership();
  if (!membership) return refuse({ type: 'site-not-registered-at-centre' });
  const opened = await openOfExam(site, file, 'site-package');
  if (!opened.ok) return opened;
  try {
    // The manifest is the centre's own: of its publication, which may be newer than the one that last changed a room.
    const about = siteAboutSchema.safeParse(opened.value.manifest.about);
    if (!about.success) return refuse({ type: 'not-a-parcel' });
    const rooms = await readRooms(opened.value, membership.centreSigningKey);
    if (!rooms.ok) return rooms;
    const own = site.ownRoom?.() ?? null;
    // The other rooms would have no site, and nothing here would miss them.
    if (own !== null && rooms.value.some(({ content }) => content.room.code !== own))
      return refuse({
        type: 'site-of-other-rooms',
        room: own,
        rooms: rooms.value.map(({ content }) => content.room.code),
      });
    const before = site.exam();
    if (before && about.data.publication < before.number)
      return refuse({
        type: 'publication-older',
        loaded: before.number,
        file: about.data.publication,
      });
    const beside = await keepBeside(site, opened.value, rooms.value, fetch);
    if (!beside.ok) return beside;
    keepRooms(site, rooms.value);
    await keepExam(site, about.data, rooms.value.length);
    return ok();
  } finally {
    await opened.value.dispose();
  }
}

/** Each is signed by the centre itself: a room proves it again. */
async function readRooms(opened: Opened, centreSigningKey: string): Promise<Result<RoomOfSite[]>> {
  const part = opened.parts.get('rooms.json');
  if (!part || part.sealed) return refuse({ type: 'wrong-key' });
  const packages = z.array(z.string()).safeParse(jsonIn(await readFile(part.file)));
  if (!packages.success) return refuse({ type: 'altered', part: 'rooms.json' });
  const rooms: RoomOfSite[] = [];
  for (const jws of packages.data) {
    const verified = verifyJws(jws, roomPackageTyp, centreSigningKey);
    const parsed = verified.ok ? roomPackageSchema.safeParse(verified.value) : null;
    if (!parsed?.success) return refuse({ type: 'bad-signature' });
    rooms.push({ jws, content: parsed.data });
  }
  return rooms.length === 0 ? refuse({ type: 'publication-without-rooms' }) : ok(rooms);
}

/** Papers and photos: out of the parcel, here already, or fetched. Nothing of the rooms is kept before all of it is here. */
async function keepBeside(
  { node }: Site,
  opened: Opened,
  rooms: readonly RoomOfSite[],
  fetch: (paper: string) => Promise<Result<void>>,
): Promise<Result<void>> {
  for (const digest of new Set(rooms.flatMap(({ content }) => paperDigests(content)))) {
    const paper = opened.parts.get(paperPart(digest));
    if (!paper) {
      const fetched = (await node.blobs.has(digest)) ? ok() : await fetch(digest);
      if (!fetched.ok) return fetched;
      continue;
    }
    // Before it is kept: what is no paper of this exam stays with nobody.
    if ((await fileSha256Hex(paper.file)) !== digest)
      return refuse({ type: 'altered', part: paperPart(digest) });
    await node.blobs.put(createReadStream(paper.file));
  }
  const leftOut = await leftOutOf(opened);
  if (!leftOut.ok) return leftOut;
  for (const { content } of rooms) {
    for (const digest of photoDigests(content))
      if (leftOut.value.has(digest) && !(await node.blobs.has(digest)))
        return refuse({ type: 'altered', part: leftOutPart });
    const photos = await keepPhotos(node.blobs, content, opened, leftOut.value);
    if (!photos.ok) return photos;
  }
  return ok();
}

async function leftOutOf(opened: Opened): Promise<Result<ReadonlySet<string>>> {
  const part = opened.parts.get(leftOutPart);
  if (!part) return ok(new Set());
  const read = leftOutSchema.safeParse(jsonIn(await readFile(part.file)));
  return read.success ? ok(new Set(read.data)) : refuse({ type: 'altered', part: leftOutPart });
}

async function keepExam(site: Site, about: z.infer<typeof siteAboutSchema>, rooms: number): Promise<void> {
  const { node } = site;
  const now = node.clock.now();
  const online = site.link?.uplink.state.online === true;
  node.settings.write('exam', {
    number: about.publication,
    publishedAt: about.publishedAt,
    importedAt: now,
    checkedAt: online ? now : null,
    newest: online ? true : null,
  } satisfies LoadedExam);
  await node.journal.append([
    { kind: 'exam-loaded', subject: 'site', data: { publication: about.publication, rooms } },
  ]);
  site.changed.notify();
  site.link?.uplink.nudge();
}

/** A room whose package is the same has loaded it already. */
function keepRooms(site: Site, rooms: readonly RoomOfSite[]): void {
  const { db } = site.node;
  transaction(db, () => {
    const codes = new Set(rooms.map((room) => room.content.room.code));
    for (const row of db
      .prepare(
        'SELECT code FROM room WHERE registered_at IS NULL OR code NOT IN (SELECT code FROM room_package)',
      )
      .all()) {
      if (!codes.has(String(row['code'])))
        db.prepare('DELETE FROM room WHERE code = ?').run(String(row['code']));
    }
    const room = db.prepare(
      'INSERT INTO room (code, name, registration_code) VALUES (?, ?, ?) ON CONFLICT (code) DO UPDATE SET name = excluded.name',
    );
    const stale = db.prepare('DELETE FROM room_package WHERE code = ? AND package <> ?');
    const insert = db.prepare(
      'INSERT INTO room_package (code, package) VALUES (?, ?) ON CONFLICT DO NOTHING',
    );
    const notLoaded = db.prepare('UPDATE room SET loaded_at = NULL WHERE code = ?');
    for (const { jws, content } of rooms) {
      const { code, name } = content.room;
      room.run(code, name, newRegistrationCode());
      stale.run(code, jws);
      if (insert.run(code, jws).changes > 0) notLoaded.run(code);
    }
  });
}
