/** What a seat asks for its candidate: look up, sign in, read the rules, unlock, hand in; earlier answers and the sealed paper. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { Hono } from 'hono';
import * as z from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';
import { answer, childOf, parse, type Child, type ParentRole } from '../../courier/https/parent.ts';
import { forScreen } from '../../exam/accommodation/accommodations.ts';
import { accommodationsOf } from '../../exam/accommodation/of-sitting.ts';
import {
  handInSchema,
  lookUpSchema,
  sittingClaimSchema,
  type foundSchema,
  type SeatOrder,
} from '../../exam/session/seat-order.ts';
import type { SittingCommand } from '../../exam/sitting/sitting.ts';
import { filesOf, missingFiles } from '../answer-files/answer-files.ts';
import { openedPaper } from '../authorise/authorise.ts';
import type { Room } from '../room.ts';
import { photoOf } from '../state/photo.ts';
import { orderFor } from './seat-order.ts';

export function sittingRoutes(room: Room, role: Pick<ParentRole, 'childWith'>): (app: Hono) => void {
  const { node, state } = room;
  const approved = (child: Child): boolean => room.seats.seat(child.id)?.approved ?? false;
  const holds = (seatId: string, sittingId: string): boolean => state.sitting(sittingId).seat === seatId;

  /** Runs a sitting's command for the seat that asks. @returns what then holds for that seat. */
  const command = async (
    child: Child,
    sittingId: string,
    act: SittingCommand,
  ): Promise<Result<SeatOrder>> => {
    if (!approved(child)) return refuse({ type: 'seat-not-approved' });
    const done = await state.commandSitting(sittingId, act);
    room.changed.notify();
    return done.ok ? ok(orderFor(room, child.id, sittingId)) : done;
  };

  return (app) => {
    const act = <S extends z.ZodType>(
      path: string,
      schema: S,
      run: (child: Child, asked: z.infer<S>) => Promise<Result<unknown>> | Result<unknown>,
    ): void => {
      app.post(path, async (c) => {
        const child = childOf(c, role);
        if (!child.ok) return answer(c, child, 403);
        const asked = await parse(c, schema);
        return answer(c, asked.ok ? await run(child.value, asked.value) : asked);
      });
    };

    act('/sitting/look-up', lookUpSchema, (child, { admissionNumber }) =>
      approved(child)
        ? lookUp(room, admissionNumber)
        : Promise.resolve(refuse({ type: 'seat-not-approved' })),
    );
    act('/sitting/sign-in', sittingClaimSchema, (child, { sittingId }) =>
      command(child, sittingId, { type: 'sign-in', seat: child.id }),
    );
    act('/sitting/rules-read', sittingClaimSchema, async (child, { sittingId, lease }) => {
      const read = await command(child, sittingId, { type: 'read-rules', seat: child.id, lease });
      return read.ok ? command(child, sittingId, { type: 'begin' }) : read;
    });
    act('/sitting/unlock', sittingClaimSchema, (child, { sittingId }) =>
      holds(child.id, sittingId)
        ? command(child, sittingId, { type: 'unlock' })
        : refuse({ type: 'moved-elsewhere' }),
    );
    act('/sitting/hand-in', handInSchema, async (child, { sittingId, lease, head }) => {
      const held = node.journal.head(head.origin, head.epoch);
      if (head.origin !== child.id || !held || held.seq < head.seq)
        return refuse({ type: 'answers-still-on-their-way' });
      // The receipt names this entry: it must be the one that the room holds.
      if (node.journal.hashAt(head.origin, head.epoch, head.seq) !== head.hash)
        return refuse({ type: 'journal-forked', origin: head.origin, seq: head.seq });
      const missing = missingFiles(room, sittingId).map((one) => one.digest);
      if (missing.length > 0) return refuse({ type: 'answer-files-missing', files: missing });
      // Who finishes within the first moments is in the exam, even if the clockwork has not come round yet.
      await state.commandSitting(sittingId, { type: 'begin' });
      return command(child, sittingId, { type: 'hand-in', seat: child.id, lease, seatHead: { ...head } });
    });

    /** A candidate who goes on at another seat finds there what the room has kept. */
    app.get('/sitting/:id/answers', (c) => {
      const child = childOf(c, role);
      if (!child.ok) return answer(c, child, 403);
      if (!holds(child.value.id, c.req.param('id'))) return answer(c, refuse({ type: 'moved-elsewhere' }));
      const kept = state.answers(c.req.param('id'));
      return answer(
        c,
        ok({
          answers: [...(kept?.byItem.values() ?? [])].map(({ item, responses, lease, epoch, seq }) => ({
            item,
            responses,
            lease,
            epoch,
            seq,
          })),
        }),
      );
    });
    /** A file that the answers in force name, for the seat at which the candidate works now. */
    app.get('/sitting/:id/files/:digest', (c) => {
      const child = childOf(c, role);
      if (!child.ok) return answer(c, child, 403);
      const { id, digest } = c.req.param();
      if (!holds(child.value.id, id)) return answer(c, refuse({ type: 'moved-elsewhere' }));
      const named = filesOf(room, id).find((file) => file.digest === digest);
      if (!named) return answer(c, refuse({ type: 'no-such-file' }));
      if (!node.blobs.holds(digest)) return answer(c, refuse({ type: 'file-missing', name: named.name }));
      c.header('content-type', 'application/octet-stream');
      return c.body(Readable.toWeb(createReadStream(node.blobs.path(digest))) as ReadableStream);
    });
    app.get('/paper/:session', (c) => {
      const child = childOf(c, role);
      if (!child.ok) return answer(c, child, 403);
      const paper = openedPaper(room, c.req.param('session'));
      if (!paper || !approved(child.value)) return answer(c, refuse({ type: 'not-authorised' }));
      c.header('content-type', 'application/octet-stream');
      return c.body(Readable.toWeb(createReadStream(node.blobs.path(paper.digest))) as ReadableStream);
    });
  };
}

async function lookUp(room: Room, admissionNumber: string): Promise<Result<z.infer<typeof foundSchema>>> {
  const chosen = room.chosen();
  const session = chosen === null ? null : room.state.packageSession(chosen);
  if (!session || !chosen || room.state.session(chosen).signInOpenedAt === null)
    return refuse({ type: 'sign-in-not-open' });
  const candidate = session.candidates.find((one) => one.admissionNumber === admissionNumber);
  if (!candidate) return refuse({ type: 'no-such-number' });
  const { id, name } = candidate;
  return ok({
    sittingId: id,
    name,
    admissionNumber: candidate.admissionNumber,
    photo: await photoOf(room, id),
    accommodations: forScreen(accommodationsOf(room.state.sitting(id), candidate)),
  });
}
