/** Admission tickets (准考证): one for each candidate, with everything that the candidate has to know. */
import type { RoomPackage } from '../../exam/package/room-package.ts';
import type { Policy } from '../../exam/project/policy.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { clockTime, dateTime } from '../../ui/format.ts';
import {
  beside,
  framed,
  paragraph,
  photoFrame,
  space,
  stack,
  table,
  type Block,
  type Column,
} from './blocks.ts';
import { Flow } from './flow.ts';
import { fitsOneFile } from './one-file.ts';
import { contentWidth, SheetDocument, type Printing } from './sheet-document.ts';
import { zonesOf, type SheetText } from './sheet-text.ts';

export interface TicketSitting {
  readonly number: number;
  readonly name: string;
  readonly startAt: number;
  readonly durationMin: number;
  readonly policy: Pick<Policy, 'signInOpensBeforeMin' | 'lateLimitMin'>;
  readonly site: { readonly code: string; readonly name: string };
  readonly room: { readonly code: string; readonly name: string };
  readonly seatNumber: number | null;
}

export interface Ticket {
  readonly admissionNumber: string;
  readonly name: string;
  readonly photo: { readonly sha256: string; readonly size: number; readonly mediaType: string } | null;
  /** In the order of their starts. */
  readonly sittings: readonly TicketSitting[];
}

export interface TicketProject {
  readonly code: string;
  readonly name: string;
  readonly mode: 'formal' | 'mock';
  readonly supportPhone: string;
}

/** A candidate in one session. */
export interface TicketEntry extends Omit<Ticket, 'sittings'> {
  readonly sitting: TicketSitting;
  /** Whether tickets are wanted for the place where this session is; the others only complete them. */
  readonly here: boolean;
}

/**
 * One ticket for each candidate who has a session here, in the order of the entries here. Who has the same number and the same name in
 * several sessions is one person; another name is another person.
 */
export function gatherTickets(entries: readonly TicketEntry[]): Ticket[] {
  const personOf = ({ admissionNumber, name }: TicketEntry): string => `${admissionNumber} ${name}`;
  const people = Map.groupBy(entries, personOf);
  const wanted = new Set(entries.filter(({ here }) => here).map(personOf));
  return [...wanted].flatMap((key) => {
    const own = people.get(key) ?? [];
    return own.slice(0, 1).map(({ admissionNumber, name }) => ({
      admissionNumber,
      name,
      photo: own.find(({ photo }) => photo !== null)?.photo ?? null,
      sittings: own
        .map(({ sitting }) => sitting)
        .toSorted((a, b) => a.startAt - b.startAt || a.number - b.number),
    }));
  });
}

/** @param roomCode only of those who sit in this room, with their sessions elsewhere at the site; null: of all */
export function ticketsOf(packages: readonly RoomPackage[], roomCode: string | null): Ticket[] {
  return gatherTickets(
    packages.flatMap(({ site, room, sessions }) =>
      sessions.flatMap((session) =>
        session.candidates.map(({ admissionNumber, name, photo, seatNumber }) => ({
          admissionNumber,
          name,
          photo,
          here: roomCode === null || room.code === roomCode,
          sitting: {
            number: session.number,
            name: session.name,
            startAt: session.startAt,
            durationMin: session.subjects.reduce((sum, subject) => sum + subject.durationMin, 0),
            policy: session.policy,
            site,
            room,
            seatNumber,
          },
        })),
      ),
    ),
  );
}

/** Refusals: `no-tickets`, and see `fitsOneFile`. */
export async function admissionTickets(
  project: TicketProject,
  tickets: readonly Ticket[],
  printing: Printing,
): Promise<Result<Uint8Array>> {
  if (tickets.length === 0) return refuse({ type: 'no-tickets' });
  const fits = fitsOneFile(tickets);
  if (!fits.ok) return fits;
  const { text } = printing;
  const document = await SheetDocument.open({ ...printing, title: text('sheet.tickets') });
  const flow = new Flow(document, { foot: `${project.code} · ${text('sheet.tickets')}` });
  const cut = cutHere();
  let onPage = 0;
  for (const [i, ticket] of tickets.entries()) {
    const parts = await ticketParts(document, project, ticket, text);
    const whole = framed(stack(parts.top, ...parts.table, parts.rules), contentWidth, padding, 'grey');
    if (whole.height > flow.capacity) {
      // More sessions than a page has lines: it gets pages of its own, without a frame.
      flow.breakPage();
      flow.add(parts.top);
      const [head, ...rows] = parts.table;
      if (head) flow.table({ head, rows });
      flow.add(parts.rules);
      onPage = mostOnPage;
    } else {
      if (onPage === mostOnPage || !flow.fits(cut.height + whole.height)) {
        flow.breakPage();
        onPage = 0;
      }
      if (onPage > 0) flow.add(cut);
      flow.add(whole);
      onPage++;
    }
    // Others want their answers, too.
    if (i % 20 === 19) await new Promise(setImmediate);
  }
  return ok(await document.save());
}

const padding = 14;
const innerWidth = contentWidth - 2 * padding;
const photoSize = { width: 85, height: 113 };
/** Whoever cuts them apart wants to cut all pages in the same way. */
const mostOnPage = 2;

async function ticketParts(
  document: SheetDocument,
  project: TicketProject,
  ticket: Ticket,
  text: SheetText,
): Promise<{ top: Block; table: readonly Block[]; rules: Block }> {
  const { lettering } = document;
  const { photo, sittings } = ticket;
  const picture = photo && (await document.photo(photo));
  const left = innerWidth - photoSize.width - 14;
  const labelled = (label: string, words: string, size: number): Block =>
    stack(
      paragraph(lettering, label, left, { size: 8, ink: 'grey' }),
      paragraph(lettering, words, left, { size, weight: 'bold' }),
      space(3),
    );
  const mock = project.mode === 'mock' ? ` · ${text('mode.mock')}` : '';
  const sites = [...new Map(sittings.map(({ site }) => [site.code, site])).values()];
  const top = beside(
    {
      x: 0,
      block: stack(
        paragraph(lettering, `${text('sheet.ticket')}${mock}`, left, { size: 15, weight: 'bold' }),
        paragraph(lettering, project.name, left, { size: 10.5 }),
        space(6),
        labelled(text('column.name'), ticket.name, 14),
        labelled(text('column.admissionNumber'), ticket.admissionNumber, 14),
        labelled(text('sheet.site'), sites.map(({ code, name }) => `${code} · ${name}`).join('; '), 10),
      ),
    },
    {
      x: left + 14,
      block: photoFrame(
        lettering,
        picture,
        text(photo === null ? 'sheet.photo' : 'sheet.photoUnprintable'),
        photoSize,
      ),
    },
  );
  const several = sites.length > 1;
  const columns: readonly Column<TicketSitting>[] = [
    {
      title: text('column.session'),
      width: 108,
      cell: ({ number, name }) => `${number} · ${name}`,
    },
    { title: text('column.startAt'), width: 92, weight: 'bold', cell: ({ startAt }) => dateTime(startAt) },
    {
      title: text('sheet.minutes'),
      width: 50,
      align: 'right',
      cell: ({ durationMin }) => String(durationMin),
    },
    {
      title: text('sheet.signIn'),
      width: 78,
      cell: ({ startAt, policy }) =>
        `${clock(startAt - policy.signInOpensBeforeMin * 60_000)} – ${clock(startAt + policy.lateLimitMin * 60_000)}`,
    },
    {
      title: text('sheet.room'),
      width: innerWidth - 378,
      weight: 'bold',
      cell: ({ site, room }) =>
        [...(several ? [site.code] : []), room.code, ...(room.name === room.code ? [] : [room.name])].join(
          ' · ',
        ),
    },
    {
      title: text('column.seat'),
      width: 50,
      align: 'right',
      weight: 'bold',
      cell: ({ seatNumber }) => (seatNumber === null ? text('sheet.anySeat') : String(seatNumber)),
    },
  ];
  const { head, rows } = table(lettering, columns, sittings, { size: 9.5, padding: 3.5 });
  const rule = (words: string): Block => paragraph(lettering, words, innerWidth, { size: 8.5 });
  return {
    top: stack(top, space(6)),
    table: [head, ...rows],
    rules: stack(
      space(6),
      rule(text('sheet.signInRule')),
      rule(text('sheet.lateRule')),
      rule(text('sheet.zone', { zone: zonesOf(sittings.map(({ startAt }) => startAt)) })),
      ...(project.supportPhone === ''
        ? []
        : [rule(`${text('system.supportPhone')}: ${project.supportPhone}`)]),
    ),
  };
}

/** Without seconds: rules are in minutes. */
function clock(time: number): string {
  return clockTime(time).slice(0, 5);
}

function cutHere(): Block {
  return {
    height: 24,
    draw: (page, x, y) => page.rule(x, y + 12, contentWidth, { dashed: true }),
  };
}
