/** The browser's way for archives: tus, in pieces, going on where it was cut off. What is expected was said by an operation before. */
import { Server as TusServer } from '@tus/server';
import type { Context, Hono } from 'hono';
import { asResult, Refused } from '../../../base/refused.ts';
import type { OperationContext } from '../../../node/operations.ts';
import { archiveLimits } from '../../../recognise/archive.ts';
import type { Centre } from '../../centre.ts';
import { editors } from '../../roles.ts';
import { diskRefusal } from '../../../store/disk-refusal.ts';
import { archiveCame } from './uploads.ts';

const path = '/scan-uploads';

export function scanUploadRoutes(centre: Centre) {
  let server: Promise<TusServer> | null = null;
  const tus = (): Promise<TusServer> =>
    (server ??= centre.scanReader.archives.store().then(
      (datastore) =>
        new TusServer({
          path,
          datastore,
          maxSize: archiveLimits.archive,
          relativeLocation: true,
          allowedOrigins: [],
          onUploadFinish: async (_, { id }) => {
            await archiveCame(centre, id);
            return {};
          },
          onResponseError: (_, error) => refusedOn(error),
        }),
    ));

  return (app: Hono, contextOf: (c: Context) => OperationContext): void => {
    app.all(`${path}/*`, async (c) => {
      const { user } = contextOf(c);
      if (!user || user.mustChangePassword) return c.json({ type: 'sign-in-needed' }, 401);
      if (!(editors as readonly string[]).includes(user.role)) return c.json({ type: 'not-allowed' }, 403);
      // Exactly what the store will look for, whatever else an address may be made to say.
      const [, id] = /^https?:\/\/[^/]+\/scan-uploads\/([0-9a-z]{16})$/.exec(c.req.url) ?? [];
      const { method } = c.req;
      if (id === undefined || (method !== 'HEAD' && method !== 'PATCH'))
        return c.json({ type: 'not-allowed' }, 403);
      const row = await asResult(() =>
        centre.db.selectFrom('scan_upload').selectAll().where('id', '=', id).executeTakeFirst(),
      );
      if (!row.ok) return c.json(row.refusal, 503);
      // Whose it is not learns not even that it is there.
      if (!row.value || row.value.by_account !== user.account || row.value.way !== 'browser')
        return c.json({ type: 'no-such-upload' }, 404);
      const { state, size } = row.value;
      if (state === 'cancelled') return c.json({ type: 'no-such-upload' }, 410);
      if (state !== 'coming')
        return method === 'HEAD' ? wholeAlready(c, size) : c.json({ type: 'upload-whole' }, 409);
      const answer = await (await tus()).handleWeb(c.req.raw);
      // Its last byte came, and the centre could not say so then.
      if (method === 'HEAD' && answer.headers.get('upload-offset') === String(size)) {
        const said = await asResult(() => archiveCame(centre, id));
        if (!said.ok) return c.json(said.refusal, 503);
      }
      centre.scanReader.changed.notify();
      return answer;
    });
  };
}

/** The browser did not hear it, or asks again. */
function wholeAlready(c: Context, size: number): Response {
  return c.body(null, 200, {
    'tus-resumable': '1.0.0',
    'upload-offset': String(size),
    'upload-length': String(size),
  });
}

/** What is full or away for a while: the browser keeps what it has, and tries again. */
function refusedOn(error: unknown): { status_code: number; body: string } | undefined {
  const refusal = error instanceof Refused ? error.refusal : diskRefusal(error);
  if (refusal === null) return undefined;
  return { status_code: error instanceof Refused ? 503 : 507, body: JSON.stringify(refusal) };
}
