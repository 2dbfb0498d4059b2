/** What people do with rooms and their pages. Each is an entry before it is true. */
import { ok, refuse, type Result } from '../../base/result.ts';
import { malformed, withoutBlanks } from '../../exam/form/typed-number.ts';
import type { PageDecision } from '../../exam/paper-day/scan-decisions.ts';
import { siteFormsRoom } from '../../exam/paper-day/scan-room.ts';
import { undecided } from '../../exam/paper-day/scan-decisions.ts';
import type { RoomCounts } from '../../exam/paper-day/scan-rooms.ts';
import type { KnownSheets, ScanDesk } from './desk.ts';

/** Refusals: `materials-closed`, `scan-room-unknown`. A room that is there already stays as it is. */
export function openRoom(desk: ScanDesk, room: string): Promise<Result<void>> {
  return desk.inTurn(async ({ eventId, book }) => {
    const known = await desk.open();
    if (!known.ok) return known;
    if (room !== siteFormsRoom && !known.value.rooms.includes(room))
      return refuse({ type: 'scan-room-unknown', room });
    if (!book.rooms.has(room)) await desk.enter(eventId, [{ kind: 'scan-room-opened', data: { room } }]);
    return ok();
  });
}

/** Refusals: `scan-room-not-open`, `scan-counts-impossible`. */
export function declareCounts(desk: ScanDesk, room: string, counts: RoomCounts): Promise<Result<void>> {
  return desk.inTurn(async ({ eventId, book }) => {
    if (book.rooms.get(room)?.open !== true) return refuse({ type: 'scan-room-not-open', room });
    if (counts.unfinished > counts.kitsIssued) return refuse({ type: 'scan-counts-impossible' });
    await desk.enter(eventId, [{ kind: 'scan-counts-declared', data: { room, counts } }]);
    return ok();
  });
}

/**
 * @param seen how many decisions there were when somebody made this one
 * @returns refusals `materials-closed`, `scan-page-unknown`, `scan-room-not-open`, `scan-changed-meanwhile`, those of a number, `number-not-in-plan`,
 *          `sheet-has-one-side`, `number-of-bad-image`, `kit-unknown`.
 */
export function decideOnPage(
  desk: ScanDesk,
  {
    page: id,
    seen,
    decision,
  }: { readonly page: string; readonly seen: number; readonly decision: PageDecision },
): Promise<Result<void>> {
  return desk.inTurn(async ({ eventId, pages, book }) => {
    const known = await desk.open();
    if (!known.ok) return known;
    const page = pages.get(id);
    if (!page) return refuse({ type: 'scan-page-unknown' });
    const { room } = page;
    if (book.rooms.get(room)?.open !== true) return refuse({ type: 'scan-room-not-open', room });
    if ((book.decided.get(id) ?? undecided).seen !== seen) return refuse({ type: 'scan-changed-meanwhile' });
    if (decision.what === 'number' && page.reading?.class === 'bad-image')
      return refuse({ type: 'number-of-bad-image' });
    const made = sensible(known.value, room, decision);
    if (!made.ok) return made;
    await desk.enter(eventId, [
      { kind: 'scan-page-decided', data: { page: id, room, decision: made.value } },
    ]);
    return ok();
  });
}

/** Does it make sense, by what is known of the site's sheets? */
function sensible(known: KnownSheets, room: string, decision: PageDecision): Result<PageDecision> {
  if (decision.what === 'number') {
    const number = withoutBlanks(decision.number);
    const formed = malformed(number, known.rules);
    if (!formed.ok) return formed;
    const sheet = known.sheets.get(number);
    if (!sheet) return refuse({ type: 'number-not-in-plan', number });
    if (decision.side > sheet.sides) return refuse({ type: 'sheet-has-one-side', number });
    return ok({ ...decision, number });
  }
  if (decision.what === 'kit') {
    const kit = known.kits.get(decision.kit);
    if (!kit || (kit.room !== room && kit.room !== ''))
      return refuse({ type: 'kit-unknown', kit: decision.kit });
  }
  return ok(decision);
}

/** Refusals: `scan-room-not-closed`. */
export function reopenRoom(desk: ScanDesk, room: string, reason: string): Promise<Result<void>> {
  return desk.inTurn(async ({ eventId, pages, book }) => {
    if (book.rooms.get(room)?.open !== false) return refuse({ type: 'scan-room-not-closed', room });
    await desk.enter(eventId, [
      { kind: 'scan-room-reopened', data: { room, reason, rescan: [], after: pages.last } },
    ]);
    return ok();
  });
}
