/** Admission tickets of a site or of a whole project, from the roster as it is now: also before anything is published. */
import { ok, refuse, type Result } from '../../base/result.ts';
import { packagePhotoSchema } from '../../exam/package/room-package.ts';
import {
  admissionTickets,
  gatherTickets,
  type TicketEntry,
} from '../../node/printed-sheet/admission-tickets.ts';
import { mostInOneFile } from '../../node/printed-sheet/one-file.ts';
import { sheetText, type SheetText } from '../../node/printed-sheet/sheet-text.ts';
import type { Centre } from '../centre.ts';
import { sessionsOf } from '../project/projects.ts';

export interface TicketWish {
  readonly projectId: string;
  /** null: the whole project. */
  readonly siteCode: string | null;
  readonly language: SheetText['language'];
}

/** Refusals: `no-such-project`, `no-such-site`, `roster-without-sessions`, and those of `admissionTickets`. */
export async function printTickets(
  centre: Centre,
  wish: TicketWish,
): Promise<Result<{ fileName: string; content: Uint8Array }>> {
  const { db, blobs, node } = centre;
  const { projectId, siteCode, language } = wish;
  const project = await db.selectFrom('project').selectAll().where('id', '=', projectId).executeTakeFirst();
  if (!project) return refuse({ type: 'no-such-project' });
  if (siteCode !== null) {
    const site = await db
      .selectFrom('site')
      .select('code')
      .where('project_id', '=', projectId)
      .where('code', '=', siteCode)
      .executeTakeFirst();
    if (!site) return refuse({ type: 'no-such-site', site: siteCode });
  }
  // Before anything is read: a project may have a hundred thousand candidates.
  const count = await countCandidates(centre, wish);
  if (count > mostInOneFile) return refuse({ type: 'too-many-for-one-file', count, limit: mostInOneFile });
  const entries = await entriesOf(centre, wish);
  if (!entries.ok) return entries;
  const made = await admissionTickets(
    {
      code: project.code,
      name: project.name,
      mode: project.mode === 'mock' ? 'mock' : 'formal',
      supportPhone: project.support_phone,
    },
    gatherTickets(entries.value),
    { text: sheetText(language), at: node.clock.now(), readPhoto: (sha256) => blobs.read(sha256) },
  );
  if (!made.ok) return made;
  const fileName = `${['tickets', project.code, siteCode].filter(Boolean).join('_')}.pdf`;
  return ok({ fileName, content: made.value });
}

async function countCandidates({ db }: Centre, { projectId, siteCode }: TicketWish): Promise<number> {
  const { n } = await db
    .selectFrom('candidate')
    .select((eb) => eb.fn.count<number>('admission_number').distinct().as('n'))
    .where('project_id', '=', projectId)
    .$if(siteCode !== null, (query) => query.where('site_code', '=', siteCode))
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** All sessions of everybody who has one at the site, wherever they are. */
async function entriesOf(
  centre: Centre,
  { projectId, siteCode }: TicketWish,
): Promise<Result<TicketEntry[]>> {
  const rows = await centre.db
    .selectFrom('candidate')
    .innerJoin('room', (join) =>
      join
        .onRef('room.project_id', '=', 'candidate.project_id')
        .onRef('room.code', '=', 'candidate.room_code'),
    )
    .innerJoin('site', (join) =>
      join
        .onRef('site.project_id', '=', 'candidate.project_id')
        .onRef('site.code', '=', 'candidate.site_code'),
    )
    .leftJoin('photo', (join) =>
      join
        .onRef('photo.project_id', '=', 'candidate.project_id')
        .onRef('photo.admission_number', '=', 'candidate.admission_number'),
    )
    .select([
      'candidate.admission_number',
      'candidate.name',
      'candidate.seat_number',
      'candidate.session_number',
      'candidate.site_code',
      'candidate.room_code',
      'site.name as site_name',
      'room.name as room_name',
      'photo.digest',
      'photo.size',
      'photo.media_type',
    ])
    .where('candidate.project_id', '=', projectId)
    .$if(siteCode !== null, (query) =>
      query.where('candidate.admission_number', 'in', (eb) =>
        eb
          .selectFrom('candidate as here')
          .select('here.admission_number')
          .where('here.project_id', '=', projectId)
          .where('here.site_code', '=', siteCode),
      ),
    )
    .orderBy('candidate.site_code')
    .orderBy('candidate.room_code')
    .orderBy('candidate.session_number')
    .orderBy('candidate.position')
    .execute();
  const sessions = new Map((await sessionsOf(centre, projectId)).map((one) => [one.number, one]));
  const entries: TicketEntry[] = [];
  const lost = new Set<number>();
  for (const row of rows) {
    const session = sessions.get(row.session_number);
    if (!session) {
      lost.add(row.session_number);
      continue;
    }
    entries.push({
      admissionNumber: row.admission_number,
      name: row.name,
      photo:
        row.digest === null
          ? null
          : packagePhotoSchema.parse({ sha256: row.digest, size: row.size, mediaType: row.media_type }),
      here: siteCode === null || row.site_code === siteCode,
      sitting: {
        number: session.number,
        name: session.name,
        startAt: session.startAt,
        durationMin: session.subjects.reduce((sum, subject) => sum + subject.durationMin, 0),
        policy: session.policy,
        site: { code: row.site_code, name: row.site_name },
        room: { code: row.room_code, name: row.room_name },
        seatNumber: row.seat_number,
      },
    });
  }
  // A ticket that lacks a session would keep somebody away from it.
  return lost.size > 0 ? refuse({ type: 'roster-without-sessions', numbers: [...lost] }) : ok(entries);
}
