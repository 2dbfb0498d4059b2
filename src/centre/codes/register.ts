/** The list of a project's one-time codes, with each request in words, and as a table for spreadsheets. */
import type { DeskCode } from '../../exam/code/desk.ts';
import type { CodeAction } from '../../exam/code/request.ts';
import type { Centre } from '../centre.ts';
import type { Cell } from '../export/table-text.ts';
import { sessionsOf } from '../project/projects.ts';
import { packageOfRoom } from '../publish/published.ts';
import type { CodeFilter, CodeRow } from './contract.ts';

type Known = Pick<Centre, 'db' | 'codes'>;

export function standingOfCode({ asked, issued, used, accepted }: DeskCode): CodeRow['standing'] {
  if (used) return issued || accepted ? 'used' : 'unissued';
  return issued || !asked ? 'issued' : 'asked';
}

/** Newest first. */
export async function codeRegister(
  centre: Known,
  filter: CodeFilter & { readonly projectId: string; readonly offset: number; readonly limit: number },
): Promise<{ total: number; rows: CodeRow[] }> {
  const { db, codes } = centre;
  const { projectId, offset, limit } = filter;
  const sessions = new Map((await sessionsOf(centre, projectId)).map((one) => [one.id, one]));
  const rooms = new Map(
    (
      await db.selectFrom('room').select(['code', 'site_code']).where('project_id', '=', projectId).execute()
    ).map((row) => [row.code, row.site_code]),
  );
  const found = codes
    .list(new Set(sessions.keys()))
    .filter(
      (one) =>
        (filter.sessionId === null || one.session === filter.sessionId) &&
        (rooms.get(one.room) ?? '').startsWith(filter.siteCode) &&
        one.room.startsWith(filter.roomCode) &&
        (filter.kind === null || one.action === filter.kind) &&
        (filter.standing === null || standingOfCode(one) === filter.standing),
    );
  const candidates = await candidatesOf(centre, projectId);
  const rows: CodeRow[] = [];
  for (const one of found.slice(offset, offset + limit)) {
    const session = sessions.get(one.session);
    const candidate = await candidates(one);
    const { challenge, action, amount, asked, issued, used, accepted } = one;
    rows.push({
      challenge,
      action,
      amount,
      asked,
      issued,
      used,
      accepted,
      sessionNumber: session?.number ?? 0,
      sessionName: session?.name ?? '',
      siteCode: rooms.get(one.room) ?? '',
      roomCode: one.room,
      candidate: one.candidate,
      admissionNumber: candidate?.admissionNumber ?? null,
      name: candidate?.name ?? null,
      standing: standingOfCode(one),
    });
  }
  return { total: found.length, rows };
}

/** Who has that place in the room's list, by the newest publication; each room is read once. */
async function candidatesOf({ db }: Known, projectId: string) {
  const read = new Map<string, Awaited<ReturnType<typeof packageOfRoom>>>();
  return async ({ room, session, candidate }: DeskCode) => {
    if (candidate === 0) return null;
    if (!read.has(room)) read.set(room, await packageOfRoom(db, projectId, room));
    const of = read.get(room)?.sessions.find((one) => one.id === session);
    return of?.candidates.find((one) => one.index === candidate) ?? null;
  };
}

const words = {
  en: {
    head: [
      'session',
      'site',
      'room',
      'what',
      'for',
      'name',
      'request',
      'state',
      'asked at',
      'asked by',
      'why asked',
      'issued at',
      'issued by',
      'why issued',
      'used at',
      'used by',
      'answered for at',
      'answered for by',
      'why answered for',
    ],
    room: 'the whole room',
    'late-start': 'late start',
    'late-candidate': 'late candidate',
    'extra-time': 'extra time, min: ',
    reinitialise: 'begin anew',
    asked: 'asked',
    issued: 'issued',
    used: 'used',
    unissued: 'used, issued by nobody',
  },
  zh: {
    head: [
      '场次',
      '考点',
      '考场',
      '事项',
      '对象',
      '姓名',
      '申请码',
      '状态',
      '申请时间',
      '申请人',
      '申请原因',
      '授权时间',
      '授权人',
      '授权原因',
      '使用时间',
      '使用人',
      '负责时间',
      '负责人',
      '负责原因',
    ],
    room: '整个考场',
    'late-start': '延考',
    'late-candidate': '考生迟到延考',
    'extra-time': '补时（分钟）：',
    reinitialise: '考生初始化',
    asked: '已申请',
    issued: '已授权',
    used: '已使用',
    unissued: '已使用，无人授权',
  },
  ru: {
    head: [
      'экзамен',
      'ППЭ',
      'аудитория',
      'что',
      'для кого',
      'имя',
      'запрос',
      'состояние',
      'запрошен',
      'кем запрошен',
      'почему запрошен',
      'выдан',
      'кем выдан',
      'почему выдан',
      'использован',
      'кем использован',
      'принят под ответственность',
      'кем принят',
      'почему принят',
    ],
    room: 'вся аудитория',
    'late-start': 'поздний старт',
    'late-candidate': 'допуск опоздавшего',
    'extra-time': 'доп. время, мин: ',
    reinitialise: 'начать заново',
    asked: 'запрошен',
    issued: 'выдан',
    used: 'использован',
    unissued: 'использован, никем не выдан',
  },
} as const satisfies Record<
  string,
  Record<CodeAction | CodeRow['standing'] | 'room', string> & { head: readonly string[] }
>;

/** Times in ISO 8601, UTC. */
export async function codeTable(
  centre: Known,
  filter: CodeFilter & { readonly projectId: string },
  language: keyof typeof words,
): Promise<Cell[][]> {
  const t = words[language];
  const { rows } = await codeRegister(centre, { ...filter, offset: 0, limit: Infinity });
  const act = (said: { at: number; by: string; reason?: string } | null): Cell[] =>
    said ? [new Date(said.at).toISOString(), said.by, said.reason ?? null] : [null, null, null];
  return [
    [...t.head],
    ...rows.map((row): Cell[] => [
      row.sessionNumber,
      row.siteCode,
      row.roomCode,
      row.action === 'extra-time' ? `${t['extra-time']}${row.amount}` : t[row.action],
      row.candidate === 0 ? t.room : (row.admissionNumber ?? row.candidate),
      row.name,
      row.challenge,
      t[row.standing],
      ...act(row.asked),
      ...act(row.issued),
      ...act(row.used).slice(0, 2),
      ...act(row.accepted),
    ]),
  ];
}
