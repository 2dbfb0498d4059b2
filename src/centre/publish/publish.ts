/** Publishing: papers sealed to their session's key, one signed package per room, and a parcel per site that holds them. */
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { fromUtf8, toBase64, utf8 } from '../../base/bytes.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { packPaper } from '../../exam/package/paper-bundle.ts';
import { roomPackageTyp, type PackageSession, type RoomPackage } from '../../exam/package/room-package.ts';
import type { Paper } from '../../exam/paper/model.ts';
import { makeParcel, parcelFileName, type ParcelHeading, type PartSource } from '../../parcel/parcel.ts';
import { signJws } from '../../trust/jws.ts';
import { sealBytes, sealStream } from '../../trust/seal.ts';
import type { Centre } from '../centre.ts';
import type { SessionView } from '../contract.ts';
import { missingFor, newestPublication, sessionsOf } from '../project/projects.ts';

export async function publish(
  centre: Centre,
  projectId: string,
  account: string,
): Promise<Result<{ publishedAt: number; rooms: number }>> {
  const { db, node } = centre;
  const project = await db.selectFrom('project').selectAll().where('id', '=', projectId).executeTakeFirst();
  if (!project) return refuse({ type: 'no-such-project' });
  const sessions = await sessionsOf(centre, projectId);
  const candidates = await db
    .selectFrom('candidate')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('position')
    .execute();
  const missing = missingFor(sessions, candidates.length);
  if (missing.length > 0) return refuse({ type: 'publication-incomplete', missing });
  const papers = new Map<string, { sha256: string; size: number; items: number }>();
  for (const session of sessions)
    for (const subject of session.subjects)
      papers.set(
        `${session.id} ${subject.number}`,
        await sealPaper(centre, session.id, subject.number, subject.paperId as string),
      );
  const number = ((await newestPublication(centre, projectId))?.number ?? 0) + 1;
  const publishedAt = node.clock.now();
  const rooms = await db.selectFrom('room').selectAll().where('project_id', '=', projectId).execute();
  const sites = new Map(
    (await db.selectFrom('site').select(['code', 'name']).where('project_id', '=', projectId).execute()).map(
      (site) => [site.code, site.name],
    ),
  );
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
      site: { code: room.site_code, name: sites.get(room.site_code) ?? room.site_code },
      room: { code: room.code, name: room.name },
      sessions: sessions.map((session) =>
        packageSession(
          session,
          papers,
          candidates.filter((one) => one.room_code === room.code && one.session_number === session.number),
        ),
      ),
      centreSealingKey: node.keys.sealing.recipient,
    };
    return {
      project_id: projectId,
      number,
      site_code: room.site_code,
      room_code: room.code,
      jws: signJws(roomPackageTyp, content, node.keys.signing),
    };
  });
  const bytes =
    packages.reduce((sum, one) => sum + one.jws.length, 0) +
    [...papers.values()].reduce((sum, one) => sum + one.size, 0);
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('room_package').where('project_id', '=', projectId).execute();
    for (let i = 0; i < packages.length; i += 100)
      await trx
        .insertInto('room_package')
        .values(packages.slice(i, i + 100))
        .execute();
    await trx
      .insertInto('publication')
      .values({
        project_id: projectId,
        number,
        published_at: publishedAt,
        rooms: rooms.length,
        bytes,
        by_account: account,
      })
      .execute();
  });
  await node.journal.append([
    {
      kind: 'published',
      subject: `project:${projectId}`,
      data: { number, rooms: rooms.length, by: account },
    },
  ]);
  centre.changed.notify();
  return ok({ publishedAt, rooms: rooms.length });
}

function packageSession(
  session: SessionView,
  papers: ReadonlyMap<string, { sha256: string; size: number; items: number }>,
  candidates: readonly {
    id: string;
    admission_number: string;
    name: string;
    seat_number: number | null;
    extra_percent: number;
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
    candidates: candidates.map((one, i) => ({
      id: one.id,
      index: i + 1,
      admissionNumber: one.admission_number,
      name: one.name,
      seatNumber: one.seat_number,
      extraTimePercent: one.extra_percent,
    })),
  };
}

/** Seals once per session and subject; all rooms get the same sealed bytes. The key is known only to the release token. */
async function sealPaper(
  { db, node, releaseToken }: Centre,
  sessionId: string,
  subject: number,
  paperId: string,
): Promise<{ sha256: string; size: number; items: number }> {
  const before = await db
    .selectFrom('sealed_paper')
    .selectAll()
    .where('session_id', '=', sessionId)
    .where('subject', '=', subject)
    .executeTakeFirst();
  if (before?.paper_id === paperId) return { sha256: before.digest, size: before.size, items: before.items };
  const row = await db.selectFrom('paper').selectAll().where('id', '=', paperId).executeTakeFirstOrThrow();
  const body = await node.blobs.read(row.body_digest);
  if (!body) throw new Error(`paper ${paperId} is not in the blob store`);
  const paper = JSON.parse(fromUtf8(body)) as Paper;
  const files = new Map<string, Uint8Array>();
  for (const file of paper.files)
    files.set(file.path, (await node.blobs.read(file.digest)) ?? new Uint8Array(0));
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const { digest, size } = await node.blobs.put(
    sealStream([packPaper(paper, files)], { recipients: [recipient] }),
  );
  const sealed_key = toBase64(await sealBytes(utf8(identity), { recipients: [releaseToken.recipient] }));
  const values = { paper_id: paperId, digest, size, items: row.items, recipient, sealed_key };
  if (before) {
    // Another paper: an authorisation that was prepared for the old one opens nothing any more.
    await db
      .updateTable('sealed_paper')
      .set(values)
      .where('session_id', '=', sessionId)
      .where('subject', '=', subject)
      .execute();
    await db.deleteFrom('authorisation').where('session_id', '=', sessionId).execute();
  } else
    await db
      .insertInto('sealed_paper')
      .values({ session_id: sessionId, subject, ...values })
      .execute();
  return { sha256: digest, size, items: row.items };
}

/** The site's whole publication as one parcel, made when it is asked for: only then is the site's own key known. */
export async function makeSitePackage(
  centre: Centre,
  projectId: string,
  siteCode: string,
): Promise<Result<{ file: string; fileName: string; id: string }>> {
  const { db, node } = centre;
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
  for (const paper of papers) {
    const content = await node.blobs.read(paper.digest);
    if (!content) throw new Error(`sealed paper ${paper.digest} is not in the blob store`);
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
