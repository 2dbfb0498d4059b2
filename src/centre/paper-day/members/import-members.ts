/** Members as a table: name, serial number, public key, sites. All rows or none. */
import { readFile } from 'node:fs/promises';
import { asResult, unwrap } from '../../../base/refused.ts';
import { ok, refuse, type Refusal, type Result } from '../../../base/result.ts';
import { readTableFile } from '../../../exam/roster/table-file.ts';
import type { ReceivedFile } from '../../../node/files.ts';
import type { Centre } from '../../centre.ts';
import { memberProblem, membersOf, saveMembers, type Member, type MemberInput } from './members.ts';

/** Headings as people write them, in lower case. */
const headings = {
  name: ['name', 'member', 'фио', 'член гэк', '姓名', '成员'],
  serial: ['serial', 'serial number', 'token', 'серийный номер', 'номер токена', 'токен', '序列号', '令牌'],
  recipient: ['recipient', 'public key', 'key', 'открытый ключ', 'ключ', '公钥', '密钥'],
  sites: ['sites', 'site', 'ппэ', 'коды ппэ', 'код ппэ', '考点', '考点代码'],
} as const;
type Column = keyof typeof headings;

const mostRows = 20_000;
const shownErrors = 200;

export interface MemberError {
  readonly line: number;
  readonly value: string;
  readonly reason: Refusal;
}

/** Refusals: those of the table, `members-columns-missing`, `members-wrong` with the lines, `members-too-many`. */
export async function importMembers(
  centre: Centre,
  projectId: string,
  file: ReceivedFile,
  account: string,
): Promise<Result<{ members: number }>> {
  const table = await readTableFile(new Uint8Array(await readFile(file.path)));
  if (!table.ok) return table;
  const read = readMembers(table.value.rows);
  if (!read.ok) return read;
  const known = await membersOf(centre.db, projectId);
  const rows = await centre.db
    .selectFrom('site')
    .select('code')
    .where('project_id', '=', projectId)
    .execute();
  const sites = new Set(rows.map(({ code }) => code));
  const errors: MemberError[] = [];
  const seen: Member[] = [...known];
  for (const { line, member } of read.value) {
    const problem = wordsProblem(member);
    const fits = problem ? refuse(problem) : memberProblem(member, seen, sites);
    if (!fits.ok) errors.push({ line, value: member.serial || member.name, reason: fits.refusal });
    else seen.push({ ...member, id: '', addedAt: 0, addedBy: '', revoked: null });
  }
  if (errors.length > 0) {
    const lines = errors.slice(0, 10).map(({ line }) => line);
    return refuse({
      type: 'members-wrong',
      wrong: errors.length,
      lines: lines.join(', ') + (errors.length > lines.length ? ', …' : ''),
      errors: errors.slice(0, shownErrors),
    });
  }
  return asResult(async () => {
    unwrap(
      await saveMembers(
        centre,
        projectId,
        read.value.map(({ member }) => member),
        account,
      ),
    );
    return { members: read.value.length };
  });
}

function wordsProblem({ name, serial }: MemberInput): Refusal | null {
  if (name === '' || name.length > 200) return { type: 'member-name-missing' };
  return serial === '' || serial.length > 64 ? { type: 'member-serial-missing' } : null;
}

export function readMembers(
  rows: readonly (readonly string[])[],
): Result<{ line: number; member: MemberInput }[]> {
  const [first = []] = rows;
  const names = first.map((cell) => cell.trim().toLowerCase());
  const place = (column: Column): number =>
    names.findIndex((name) => (headings[column] as readonly string[]).includes(name));
  const missing = (['name', 'serial', 'recipient'] as const).filter((column) => place(column) === -1);
  if (missing.length > 0) return refuse({ type: 'members-columns-missing', columns: missing.join(', ') });
  const members = rows.slice(1).flatMap((row, i) => {
    const cell = (column: Column): string => (row[place(column)] ?? '').trim();
    if (row.every((one) => one.trim() === '')) return [];
    const sites = cell('sites')
      .split(/[\s,;]+/)
      .filter((code) => code !== '');
    const member = {
      name: cell('name'),
      serial: cell('serial'),
      recipient: cell('recipient'),
      sites: sites.length === 0 ? null : sites,
    };
    return [{ line: i + 2, member }];
  });
  if (members.length > mostRows)
    return refuse({ type: 'members-too-many', found: members.length, most: mostRows });
  return members.length === 0 ? refuse({ type: 'roster-empty' }) : ok(members);
}
