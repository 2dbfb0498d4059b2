/** What became of an order, as its seat says it. */
import type { Hono } from 'hono';
import * as z from 'zod';
import { refuse } from '../../base/result.ts';
import { answer, childOf, parse, type ParentRole } from '../../courier/https/parent.ts';
import { remoteAnswerSchema } from '../../exam/remote-control/order.ts';
import type { Room } from '../room.ts';

/** An answer is a line. */
const answerLimit = 16 * 1024;

export function remoteControlRoutes(room: Room, role: Pick<ParentRole, 'childWith'>): (app: Hono) => void {
  return (app) => {
    app.post('/remote-control/answer', async (c) => {
      const child = childOf(c, role);
      if (!child.ok) return answer(c, child, 403);
      if (!room.seats.seat(child.value.id)?.approved)
        return answer(c, refuse({ type: 'seat-not-approved' }), 403);
      const size = z.coerce.number().max(answerLimit).safeParse(c.req.header('content-length'));
      if (!size.success) return answer(c, refuse({ type: 'answer-too-large' }));
      const said = await parse(c, remoteAnswerSchema);
      return answer(c, said.ok ? await room.remoteControl.remote.take(child.value.id, said.value) : said);
    });
  };
}
