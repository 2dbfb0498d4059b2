/** The site's desk for one-time codes (授权码): lists what its rooms ask, and issues where the policy lets it. */
import { ok, refuse, type Result } from '../../base/result.ts';
import type { CodeCall, CodeReading, DeskCode } from '../../exam/code/desk.ts';
import { readRequest } from '../../exam/code/permit.ts';
import type { RoomPackage } from '../../exam/package/room-package.ts';
import { packageOf, roomRows, type Site } from '../site.ts';

/** Newest first. */
export function codesOf(site: Site): DeskCode[] {
  const sessions = roomRows(site).flatMap((row) => packageOf(site, row).sessions.map(({ id }) => id));
  return site.codes.list(new Set(sessions));
}

export function readCode(site: Site, call: CodeCall): Result<CodeReading> {
  const content = contentOf(site, call.roomCode);
  if (!content.ok) return content;
  const read = readRequest(content.value, call, 'site');
  if (!read.ok) return read;
  const { codeKey: _, ...reading } = read.value;
  return ok(reading);
}

export async function issueCode(
  site: Site,
  call: CodeCall,
  why: { readonly reason: string; readonly by: string },
): Promise<Result<{ answer: string }>> {
  const content = contentOf(site, call.roomCode);
  return content.ok ? site.codes.issue(content.value, call, 'site', why) : content;
}

function contentOf(site: Site, roomCode: string): Result<RoomPackage> {
  const row = roomRows(site).find(({ code }) => code === roomCode);
  return row ? ok(packageOf(site, row)) : refuse({ type: 'no-such-room', room: roomCode });
}
