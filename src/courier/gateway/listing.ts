/** How an entry reads in the two forms that clients know. */
import type { Entry } from './tree.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** As `ls` does it: an older file shows its year instead of its time. */
const recentMs = 180 * 24 * 60 * 60 * 1000;

const two = (value: number): string => String(value).padStart(2, '0');

/** As `ls -l` writes it, in UTC. */
export function unixLine(entry: Entry, now: number): string {
  const date = new Date(entry.changedAt);
  const age = now - entry.changedAt;
  const when =
    age >= 0 && age < recentMs
      ? `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`
      : ` ${date.getUTCFullYear()}`;
  const day = `${months[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)}`;
  const rights = entry.kind === 'folder' ? 'dr-xr-xr-x' : '-r--r--r--';
  return `${rights}   1 invigil  invigil  ${String(entry.size).padStart(12)} ${day} ${when} ${entry.name}`;
}

/** As MLSD and MLST want it (RFC 3659): the only form of a listing that is one. */
export function facts(entry: Entry): string {
  const type = entry.kind === 'folder' ? 'type=dir;' : `type=file;size=${entry.size};`;
  return `${type}modify=${stamp(entry.changedAt)}; ${entry.name}`;
}

/** As MDTM and MLSD want it: `20261127202434`, UTC. */
export function stamp(at: number): string {
  const date = new Date(at);
  return [
    String(date.getUTCFullYear()).padStart(4, '0'),
    ...[
      date.getUTCMonth() + 1,
      date.getUTCDate(),
      date.getUTCHours(),
      date.getUTCMinutes(),
      date.getUTCSeconds(),
    ].map(two),
  ].join('');
}
