/** Files between the candidate's screen and the agent: pictures and recordings of the open paper, and what the candidate uploads; an answer package for the invigilator. */
import { Readable } from 'node:stream';
import type { Hono } from 'hono';
import { recordingType } from '../exam/recording/recording-limits.ts';
import type { SeatAgent } from './agent/seat-agent.ts';

export function screenFiles(app: Hono, agent: SeatAgent): void {
  packageDownload(app, agent);
  app.get('/paper/:digest', (c) => {
    const found = agent.paper.file(c.req.param('digest'));
    if (!found) return c.json({ type: 'no-such-file' }, 404);
    c.header('content-type', found.mediaType);
    c.header('accept-ranges', 'bytes');
    const range = /^bytes=(\d+)-(\d*)$/.exec(c.req.header('range') ?? '');
    if (!range) return c.body(copy(found.content));
    const size = found.content.length;
    const from = Number(range[1]);
    const to = range[2] ? Math.min(Number(range[2]), size - 1) : size - 1;
    if (from >= size || to < from) {
      c.header('content-range', `bytes */${size}`);
      return c.body(null, 416);
    }
    c.header('content-range', `bytes ${from}-${to}/${size}`);
    return c.body(copy(found.content.subarray(from, to + 1)), 206);
  });

  app.get('/files/:digest', async (c) => {
    const found = await agent.answering.keptFile(c.req.param('digest'));
    // What a candidate uploaded could be a page: only drawings and recordings are shown.
    if (!found || !['image/png', recordingType].includes(found.mediaType))
      return c.json({ type: 'no-such-file' }, 404);
    c.header('content-type', found.mediaType);
    c.header('x-content-type-options', 'nosniff');
    return c.body(copy(found.content));
  });

  app.post('/files', async (c) => {
    const { body } = c.req.raw;
    if (!body) return c.json({ type: 'file-missing' }, 422);
    const kept = await agent.answering.keepFile(
      Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]) as AsyncIterable<Uint8Array>,
      {
        size: sizeOf(c.req.header('x-file-size')),
        digest: c.req.header('x-file-digest') ?? null,
      },
    );
    return kept.ok ? c.json(kept.value) : c.json(kept.refusal, 422);
  });
}

/** A package that was exported a moment ago, once: whoever finds the address later finds nothing. */
function packageDownload(app: Hono, agent: SeatAgent): void {
  app.get('/files/answer-package/:ticket', (c) => {
    const taken = agent.packages.take(c.req.param('ticket'));
    if (!taken) return c.json({ type: 'download-gone' }, 404);
    c.header('content-type', 'application/octet-stream');
    c.header('content-length', String(taken.size));
    c.header('content-disposition', `attachment; filename="${taken.fileName}"`);
    return c.body(taken.body);
  });
}

function sizeOf(header: string | undefined): number | null {
  return header !== undefined && /^\d{1,15}$/.test(header) ? Number(header) : null;
}

function copy(content: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(content);
}
