/** Publishing: papers sealed to their session's key, one signed package per room, and a parcel per site that holds them. */
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { fromUtf8, toBase64, utf8 } from '../../base/bytes.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { packPaper } from '../../exam/package/paper-bundle.ts';
import { packPhotos, photoDigests, photoPart } from '../../exam/package/photo-bundle.ts';
import {
  packagePhotoSchema,
  roomPackageSchema,
  roomPackageTyp,
  type PackageSession,
  type RoomPackage,
} from '../../exam/package/room-package.ts';
import type { Paper } from '../../exam/paper/model.ts';
import { makeParcel, parcelFileName, type ParcelHeading, type PartSource } from '../../parcel/parcel.ts';
import type { BlobStore } from '../../store/blobs.ts';
import { peekJws, signJws } from '../../trust/jws.ts';
import { roomCodeKey } from '../../trust/one-time-code.ts';
import { sealBytes, sealStream } from '../../trust/seal.ts';
import type { Centre } from '../centre.ts';
import { siteCodeKeys } from '../codes/site-code-keys.ts';
import type { SessionView } from '../contract.ts';
import { practicalPapers } from '../paper/practical-papers.ts';
import { keptAccommodations } from '../roster/kept-accommodations.ts';
import { changeProject, missingFor, newestPublication, sessionsOf } from '../project/projects.ts';
import type { CentreDatabase } from '../storage/database.ts';

export async function publish(
  centre: Centre,
  projectId: string,
  account: string,
): Promise<Result<{ publishedAt: number; rooms: number }>> {
  const sealed = await sealPapers(centre, projectId);
  if (!sealed.ok) return sealed;
  const published = await changeProject(centre, projectId, (db, at) =>
    keepPublication(centre, db, projectId, at, account),
  );
  if (!published.ok) return published;
  const { number, publishedAt, rooms } = published.value;
  await centre.node.journal.append([
    { kind: 'published', subject: `project:${projectId}`, data: { number, rooms, by: account } },
  ]);
  return ok({ publishedAt, rooms });
}

/** Before the project is held: sealing takes as long as its papers are large. */
async function sealPapers(centre: Centre, projectId: string): Promise<Result<void>> {
  const sessions = await sessionsOf(centre, projectId);
  const { n } = await centre.db
    .selectFrom('candidate')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('project_id', '=', projectId)
    .executeTakeFirstOrThrow();
  const missing = missingFor(sessions, Number(n), await practicalPapers(centre, projectId));
  if (missing.length > 0) return refuse({ type: 'publication-incomplete', missing });
  for (const session of sessions)
    for (const subject of session.subjects)
      await sealPaper(centre, session.id, subject.number, subject.paperId as string);
  return ok();
}

async function keepPublication(
  centre: Centre,
  db: CentreDatabase,
  projectId: string,
  publishedAt: number,
  account: string,
): Promise<Result<{ number: number; publishedAt: number; rooms: number }>> {
  const project = await db
    .selectFrom('project')
    .selectAll()
    .where('id', '=', projectId)
    .executeTakeFirstOrThrow();
  const sessions = await sessionsOf({ db }, projectId);
  const papers = await sealedPapers(db, sessions);
  if (papers === null) return refuse({ type: 'changed-meanwhile' });
  const number = ((await newestPublication({ db }, projectId))?.number ?? 0) + 1;
  const rooms = await db
    .selectFrom('room')
    .innerJoin('site', (join) =>
      join.onRef('site.project_id', '=', 'room.project_id').onRef('site.code', '=', 'room.site_code'),
    )
    .select(['room.code', 'room.name', 'room.site_code', 'site.name as site_name'])
    .where('room.project_id', '=', projectId)
    .orderBy('room.code')
    .execute();
  const seated = Map.groupBy(
    await db
      .selectFrom('candidate')
      .leftJoin('photo', (join) =>
        join
          .onRef('photo.project_id', '=', 'candidate.project_id')
          .onRef('photo.admission_number', '=', 'candidate.admission_number'),
      )
      .selectAll('candidate')
      .select(['photo.digest', 'photo.size', 'photo.media_type'])
      .where('candidate.project_id', '=', projectId)
      .orderBy('position')
      .execute(),
    (one) => `${one.session_number} ${one.room_code}`,
  );
  const siteKeys = await siteCodeKeys(centre, db, projectId);
  const packages = rooms.map((room) => {
    const content: RoomPackage = {
      v: 1,
      project: {
        id: project.id,
        code: project.code,
        name: project.name,
        mode: project.mode as 'formal' | 'mock',
        supportPhone: project.support_phone,
      },
      publication: { number, at: publishedAt },
      site: { code: room.site_code, name: room.site_name },
      room: { code: room.code, name: room.name },
      sessions: sessions.map((session) => ({
        ...packageSession(session, papers, seated.get(`${session.number} ${room.code}`) ?? []),
        codeKey: toBase64(
          roomCodeKey(siteKeys.get(room.site_code) ?? lost(room.site_code), session.id, room.code),
        ),
      })),
      centreSealingKey: centre.node.keys.sealing.recipient,
    };
    return {
      project_id: projectId,
      number,
      site_code: room.site_code,
      room_code: room.code,
      jws: signJws(roomPackageTyp, content, centre.node.keys.signing),
    };
  });
  await db.deleteFrom('room_package').where('project_id', '=', projectId).execute();
  await db
    .insertInto('publication')
    .values({
      project_id: projectId,
      number,
      published_at: publishedAt,
      rooms: rooms.length,
      bytes:
        packages.reduce((sum, one) => sum + one.jws.length, 0) +
        [...papers.values()].reduce((sum, one) => sum + one.size, 0),
      by_account: account,
    })
    .execute();
  for (let i = 0; i < packages.length; i += 100)
    await db
      .insertInto('room_package')
      .values(packages.slice(i, i + 100))
      .execute();
  return ok({ number, publishedAt, rooms: rooms.length });
}

type SealedPapers = ReadonlyMap<string, { sha256: string; size: number; items: number }>;

/** By session and subject; null when a session got another paper since they were sealed. */
async function sealedPapers(
  db: CentreDatabase,
  sessions: readonly SessionView[],
): Promise<SealedPapers | null> {
  const papers = new Map<string, { sha256: string; size: number; items: number }>();
  for (const session of sessions) {
    const rows = await db
      .selectFrom('sealed_paper')
      .selectAll()
      .where('session_id', '=', session.id)
      .execute();
    for (const subject of session.subjects) {
      const row = rows.find((one) => one.subject === subject.number && one.paper_id === subject.paperId);
      if (!row) return null;
      papers.set(`${session.id} ${subject.number}`, {
        sha256: row.digest,
        size: row.size,
        items: row.items,
      });
    }
  }
  return papers;
}

function packageSession(
  session: SessionView,
  papers: SealedPapers,
  candidates: readonly {
    id: string;
    admission_number: string;
    name: string;
    seat_number: number | null;
    extra_percent: number;
    accommodations_json: string | null;
    digest: string | null;
    size: number | null;
    media_type: string | null;
  }[],
): PackageSession {
  return {
    id: session.id,
    number: session.number,
    name: session.name,
    startAt: session.startAt,
    subjects: session.subjects.map((subject) => {
      const paper = papers.get(`${session.id} ${subject.number}`);
      if (!paper) throw new Error('paper was not sealed');
      return {
        number: subject.number,
        name: subject.name,
        durationMin: subject.durationMin,
        paperSha256: paper.sha256,
        paperSize: paper.size,
        items: paper.items,
      };
    }),
    policy: session.policy,
    codeKey: null,
    candidates: candidates.map((one, i) => ({
      id: one.id,
      index: i + 1,
      admissionNumber: one.admission_number,
      name: one.name,
      seatNumber: one.seat_number,
      extraTimePercent: one.extra_percent,
      accommodations: keptAccommodations(one.accommodations_json),
      photo:
        one.digest === null
          ? null
          : packagePhotoSchema.parse({ sha256: one.digest, size: one.size, mediaType: one.media_type }),
    })),
  };
}

/** Seals once per session and subject; all rooms get the same sealed bytes. The key is known only to the release token. */
async function sealPaper(centre: Centre, sessionId: string, subject: number, paperId: string): Promise<void> {
  const { db, blobs, releaseToken } = centre;
  const before = await db
    .selectFrom('sealed_paper')
    .select('paper_id')
    .where('session_id', '=', sessionId)
    .where('subject', '=', subject)
    .executeTakeFirst();
  if (before?.paper_id === paperId) return;
  const row = await db.selectFrom('paper').selectAll().where('id', '=', paperId).executeTakeFirstOrThrow();
  const paper = JSON.parse(fromUtf8(await held(blobs, row.body_digest))) as Paper;
  const files = new Map<string, Uint8Array>();
  for (const file of paper.files) files.set(file.path, await held(blobs, file.digest));
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const { digest, size } = await blobs.put(
    sealStream([packPaper(paper, files)], { recipients: [recipient] }),
  );
  const sealed_key = toBase64(await sealBytes(utf8(identity), { recipients: [releaseToken.recipient] }));
  const values = { paper_id: paperId, digest, size, items: row.items, recipient, sealed_key };
  await db.transaction().execute(async (trx) => {
    // Somebody else may have sealed it meanwhile: the first one counts, or all rooms would not get the same.
    const written = await trx
      .insertInto('sealed_paper')
      .values({ session_id: sessionId, subject, ...values })
      .onConflict((conflict) =>
        conflict
          .columns(['session_id', 'subject'])
          .doUpdateSet(values)
          .where('sealed_paper.paper_id', '!=', paperId),
      )
      .executeTakeFirst();
    // Another paper: an authorisation that was prepared for the old one opens nothing any more.
    if (before && written.numInsertedOrUpdatedRows !== 0n)
      await trx.deleteFrom('authorisation').where('session_id', '=', sessionId).execute();
  });
}

function lost(site: string): never {
  throw new Error(`site ${site} has no code key`);
}

async function held(blobs: BlobStore, digest: string): Promise<Uint8Array> {
  const content = await blobs.read(digest);
  if (!content) throw new Error(`${digest} is not in the blob store`);
  return content;
}

/** The site's whole publication as one parcel, made when it is asked for: only then is the site's own key known. */
export async function makeSitePackage(
  centre: Centre,
  projectId: string,
  siteCode: string,
): Promise<Result<{ file: string; fileName: string; id: string }>> {
  const { db, node, blobs } = centre;
  const site = await db
    .selectFrom('site')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('code', '=', siteCode)
    .executeTakeFirst();
  const project = await db.selectFrom('project').selectAll().where('id', '=', projectId).executeTakeFirst();
  if (!site || !project) return refuse({ type: 'no-such-site', site: siteCode });
  if (site.sealing_key === null) return refuse({ type: 'site-not-registered', site: siteCode });
  const publication = await newestPublication(centre, projectId);
  if (!publication) return refuse({ type: 'nothing-published' });
  const packages = await db
    .selectFrom('room_package')
    .select('jws')
    .where('project_id', '=', projectId)
    .where('site_code', '=', siteCode)
    .execute();
  const papers = await db
    .selectFrom('sealed_paper')
    .innerJoin('session', 'session.id', 'sealed_paper.session_id')
    .selectAll('sealed_paper')
    .where('session.project_id', '=', projectId)
    .execute();
  const parts: PartSource[] = [
    {
      name: 'rooms.json',
      content: utf8(JSON.stringify(packages.map((one) => one.jws))),
      recipients: [site.sealing_key],
    },
  ];
  for (const { jws } of packages) {
    const own = peekJws(jws);
    if (!own.ok) throw new Error('kept room package is damaged');
    const content = roomPackageSchema.parse(own.value.payload);
    const photos = new Map<string, Uint8Array>();
    for (const digest of photoDigests(content)) photos.set(digest, await held(blobs, digest));
    if (photos.size === 0) continue;
    parts.push({
      name: photoPart(content.room.code),
      content: packPhotos(content, photos),
      recipients: [site.sealing_key],
    });
  }
  for (const paper of papers) {
    const content = await held(blobs, paper.digest);
    parts.push({ name: `paper-${paper.digest}`, content, recipients: ['session'], sealed: true });
  }
  const heading: ParcelHeading = {
    kind: 'site-package',
    id: `site-package:${projectId}:${siteCode}:${publication.number}`,
    to: { role: 'site', code: siteCode },
    project: projectId,
    session: null,
    mode: project.mode as 'formal' | 'mock',
    createdAt: node.clock.now(),
    about: {
      publication: publication.number,
      publishedAt: publication.published_at,
      rooms: packages.length,
      project: project.name,
    },
  };
  const file = join(node.staging, `site-package-${siteCode}-${publication.number}.parcel`);
  const made = await makeParcel(file, heading, parts, {
    name: centre.name,
    key: node.keys.signing,
    chain: [],
  });
  return made.ok ? ok({ file, fileName: parcelFileName(made.value), id: made.value.id }) : made;
}
