/**
 * One signed package per room (考场数据包), made one after the other in turns. A room whose content is that of the last publication keeps
 * its package.
 */
import { toBase64, utf8 } from '../../base/bytes.ts';
import {
  packagePhotoSchema,
  roomPackageTyp,
  type PackageSession,
  type RoomPackage,
} from '../../exam/package/room-package.ts';
import { sha256Hex } from '../../trust/digest.ts';
import { signJws } from '../../trust/jws.ts';
import { roomCodeKey } from '../../trust/one-time-code.ts';
import type { Centre } from '../centre.ts';
import { siteCodeKey } from '../codes/site-code-keys.ts';
import type { SessionView } from '../contract.ts';
import { keptAccommodations } from '../roster/kept-accommodations.ts';
import type { CentreDatabase } from '../storage/database.ts';
import type { Tables } from '../storage/tables.ts';
import type { PublicationProgress } from './progress.ts';
import { paperPlace, type SealedPapers } from './seal-papers.ts';
import type { Turns } from '../work/turns.ts';

/** Rows a statement: both databases limit its parameters. */
const batch = 50;

export interface Publication {
  readonly projectId: string;
  readonly number: number;
  readonly at: number;
}

export interface Made {
  readonly rooms: number;
  readonly changed: number;
}

/** @param before number of the publication in force; null: none. */
export async function makePackages(
  centre: Centre,
  publication: Publication,
  before: number | null,
  of: { readonly sessions: readonly SessionView[]; readonly papers: SealedPapers },
  progress: PublicationProgress,
  turns: Turns,
): Promise<Made> {
  const { db, node } = centre;
  const { projectId, number } = publication;
  await clearNumber(db, projectId, number);
  const project = await db
    .selectFrom('project')
    .selectAll()
    .where('id', '=', projectId)
    .executeTakeFirstOrThrow();
  const sites = await db
    .selectFrom('site')
    .select(['code', 'name', 'code_key'])
    .where('project_id', '=', projectId)
    .orderBy('code')
    .execute();
  const rooms = await db
    .selectFrom('room')
    .select(['code', 'name', 'site_code'])
    .where('project_id', '=', projectId)
    .orderBy('site_code')
    .orderBy('code')
    .execute();
  const roomsOf = Map.groupBy(rooms, (room) => room.site_code);
  const published = await digestsOf(db, projectId, before);
  let [done, unchanged] = [0, 0];
  progress.begin('packages', rooms.length);
  progress.show({ packages: { done, of: rooms.length, unchanged } });
  for (const site of sites) {
    await turns.pass();
    const codeKey = await siteCodeKey(centre, projectId, site);
    const digests: [string, string][] = [];
    let kept: Keeping = { packages: [], rooms: [] };
    const keep = async (): Promise<void> => {
      await keepMade(db, kept);
      kept = { packages: [], rooms: [] };
    };
    for (const room of roomsOf.get(site.code) ?? []) {
      await turns.pass();
      const seated = await candidatesOf(db, projectId, room.code);
      const content: Omit<RoomPackage, 'publication'> = {
        v: 1,
        project: {
          id: project.id,
          code: project.code,
          name: project.name,
          mode: project.mode as 'formal' | 'mock',
          supportPhone: project.support_phone,
        },
        site: { code: site.code, name: site.name },
        room: { code: room.code, name: room.name },
        sessions: of.sessions.map((session) => ({
          ...packageSession(session, of.papers, seated.get(session.number) ?? []),
          codeKey: toBase64(roomCodeKey(codeKey, session.id, room.code)),
        })),
        centreSealingKey: node.keys.sealing.recipient,
      };
      const digest = sha256Hex(utf8(JSON.stringify(content)));
      if (published.get(room.code) === digest) unchanged++;
      else {
        const signed: RoomPackage = { ...content, publication: { number, at: publication.at } };
        const jws = signJws(roomPackageTyp, signed, node.keys.signing);
        kept.packages.push({ project_id: projectId, digest, bytes: jws.length, jws });
      }
      kept.rooms.push({ project_id: projectId, number, room_code: room.code, site_code: site.code, digest });
      digests.push([room.code, digest]);
      if (kept.rooms.length >= batch) await keep();
      progress.add(1);
      progress.show({ packages: { done: ++done, of: rooms.length, unchanged } });
    }
    await keep();
    await keepSite(db, publication, before, site.code, sha256Hex(utf8(JSON.stringify(digests))));
  }
  return { rooms: rooms.length, changed: rooms.length - unchanged };
}

interface Keeping {
  readonly packages: Tables['made_package'][];
  readonly rooms: Tables['publication_room'][];
}

async function keepMade(db: CentreDatabase, { packages, rooms }: Keeping): Promise<void> {
  if (rooms.length === 0) return;
  await db.transaction().execute(async (trx) => {
    if (packages.length > 0)
      await trx
        .insertInto('made_package')
        .values(packages)
        // Left over from one that was cancelled: its number may be older than what the room has.
        .onConflict((conflict) =>
          conflict
            .columns(['project_id', 'digest'])
            .doUpdateSet((eb) => ({ jws: eb.ref('excluded.jws'), bytes: eb.ref('excluded.bytes') })),
        )
        .execute();
    await trx.insertInto('publication_room').values(rooms).execute();
  });
}

/** A site for which nothing changed stays at the publication that it has. */
async function keepSite(
  db: CentreDatabase,
  { projectId, number, at }: Publication,
  before: number | null,
  siteCode: string,
  digest: string,
): Promise<void> {
  const last =
    before === null
      ? undefined
      : await db
          .selectFrom('publication_site')
          .selectAll()
          .where('project_id', '=', projectId)
          .where('site_code', '=', siteCode)
          .where('number', '=', before)
          .executeTakeFirst();
  const same = last?.digest === digest;
  await db
    .insertInto('publication_site')
    .values({
      project_id: projectId,
      site_code: siteCode,
      number,
      digest,
      since: same ? last.since : number,
      since_at: same ? last.since_at : at,
    })
    .execute();
}

/** What an earlier try of this number left. */
export async function clearNumber(db: CentreDatabase, projectId: string, number: number): Promise<void> {
  for (const table of ['publication_room', 'publication_site'] as const)
    await db.deleteFrom(table).where('project_id', '=', projectId).where('number', '=', number).execute();
}

async function digestsOf(
  db: CentreDatabase,
  projectId: string,
  number: number | null,
): Promise<ReadonlyMap<string, string>> {
  if (number === null) return new Map();
  const rows = await db
    .selectFrom('publication_room')
    .select(['room_code', 'digest'])
    .where('project_id', '=', projectId)
    .where('number', '=', number)
    .execute();
  return new Map(rows.map((row) => [row.room_code, row.digest]));
}

async function candidatesOf(db: CentreDatabase, projectId: string, roomCode: string) {
  const rows = await db
    .selectFrom('candidate')
    .leftJoin('photo', (join) =>
      join
        .onRef('photo.project_id', '=', 'candidate.project_id')
        .onRef('photo.admission_number', '=', 'candidate.admission_number'),
    )
    .selectAll('candidate')
    .select(['photo.digest', 'photo.size', 'photo.media_type'])
    .where('candidate.project_id', '=', projectId)
    .where('candidate.room_code', '=', roomCode)
    .orderBy('session_number')
    .orderBy('position')
    .execute();
  return Map.groupBy(rows, (row) => row.session_number);
}

type Seated = Awaited<ReturnType<typeof candidatesOf>> extends Map<number, infer Rows> ? Rows : never;

function packageSession(session: SessionView, papers: SealedPapers, candidates: Seated): PackageSession {
  return {
    id: session.id,
    number: session.number,
    name: session.name,
    startAt: session.startAt,
    subjects: session.subjects.map((subject) => {
      const paper = papers.get(paperPlace(session.id, subject.number));
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
