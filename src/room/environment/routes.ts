/** What a seat asks of its room while its environment is checked: results to be kept, the time, and bytes to measure the network with. */
import { Readable } from 'node:stream';
import type { Context, Hono } from 'hono';
import * as z from 'zod';
import { randomBytes } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { answer, childOf, parse, type Child, type ParentRole } from '../../courier/https/parent.ts';
import { echoSchema, environmentReportSchema, probeBytes } from '../../exam/environment/measured.ts';
import type { Room } from '../room.ts';

/** A report is a few kilobytes. */
const reportLimit = 64 * 1024;
const chunkBytes = 50_000;

export function environmentRoutes(room: Room, role: Pick<ParentRole, 'childWith'>): (app: Hono) => void {
  const { environment, node } = room;
  const admitted = (c: Context): Result<Child> => {
    const child = childOf(c, role);
    if (!child.ok) return child;
    return room.seats.seat(child.value.id)?.approved ? child : refuse({ type: 'seat-not-approved' });
  };
  return (app) => {
    app.post('/environment/report', async (c) => {
      const child = admitted(c);
      if (!child.ok) return answer(c, child, 403);
      const size = z.coerce.number().max(reportLimit).safeParse(c.req.header('content-length'));
      if (!size.success) return answer(c, refuse({ type: 'answer-too-large' }));
      const report = await parse(c, environmentReportSchema);
      return answer(c, report.ok ? await environment.take(child.value.id, report.value) : report);
    });
    app.post('/environment/echo', async (c) => {
      const child = admitted(c);
      if (!child.ok) return answer(c, child, 403);
      const asked = await parse(c, echoSchema);
      if (!asked.ok) return answer(c, asked);
      const heard = environment.heard(child.value.id, asked.value.run);
      return answer(c, heard.ok ? ok({ at: node.clock.now() }) : heard);
    });
    app.get('/environment/probe/:run', (c) => {
      const child = admitted(c);
      if (!child.ok) return answer(c, child, 403);
      const probe = environment.openProbe(child.value.id, c.req.param('run'));
      if (!probe.ok) return answer(c, probe);
      const body = Readable.from(noise());
      body.once('close', probe.value);
      c.header('content-type', 'application/octet-stream');
      c.header('content-length', String(probeBytes));
      return c.body(Readable.toWeb(body) as ReadableStream);
    });
  };
}

/** Nothing on the way can make random bytes fewer. */
function* noise(): Generator<Uint8Array> {
  for (let sent = 0; sent < probeBytes; sent += chunkBytes)
    yield randomBytes(Math.min(chunkBytes, probeBytes - sent));
}
