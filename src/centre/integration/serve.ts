/**
 * Serves the integration API below `/api/v1`. It knows keys and no cookies, the console's operations know cookies and no keys. No page of another
 * site gets an answer: there is no CORS, and what a browser says of a page that asks is a reason to refuse.
 */
import { OpenAPIHandler } from '@orpc/openapi/fetch';
import { BodyLimitPlugin } from '@orpc/server/fetch';
import type { Context, Hono } from 'hono';
import * as z from 'zod';
import type { Refusal } from '../../base/result.ts';
import { refusalSchema } from '../../node/contract.ts';
import { whenceOf } from '../../node/sign-ins/whence.ts';
import type { Centre } from '../centre.ts';
import { apiDocument } from './document.ts';
import { KeyDesk } from './key-desk.ts';
import { guardApi, integrationOperations, type ApiContext } from './operations.ts';
import { problemOf, problemType } from './problem.ts';
import { rosterLimit } from './rosters.ts';

export const apiPrefix = '/api/v1';
const jsonType = 'application/json';
const jsonLimit = 1024 * 1024;

export function serveIntegration(centre: Centre): (app: Hono) => void {
  const { node } = centre;
  const desk = new KeyDesk(centre);
  const onError = (error: unknown): void => node.log.error({ err: error }, 'integration API failed');
  const handler = new OpenAPIHandler<ApiContext>(integrationOperations(centre, node.files, onError), {
    plugins: [new BodyLimitPlugin<ApiContext>({ maxBodySize: jsonLimit })],
    clientInterceptors: [guardApi(onError)],
  });

  const answer = async (c: Context): Promise<Response> => {
    const asking = await desk.admit({
      url: c.req.url,
      authorization: c.req.header('authorization'),
      address: whenceOf(c).address,
      fromPage: c.req.header('origin') !== undefined || isOfPage(c.req.header('sec-fetch-site')),
    });
    if (!asking.ok) return problem(c, asking.refusal);
    const type = contentTypeOf(c);
    // Before a byte of it is taken: a body that somebody has begun to read is in the way of the answer.
    const limit = type === null || type === jsonType ? jsonLimit : rosterLimit;
    if (Number(c.req.header('content-length') ?? 0) > limit)
      return problem(c, { type: type === jsonType ? 'api-body-too-large' : 'file-too-large', limit });
    const body = type === null || type === jsonType ? null : c.req.raw.body;
    const content = type === null || body === null ? null : { type, body };
    const context: ApiContext = {
      key: asking.value,
      content,
      idempotencyKey: idempotencyKeyOf(c),
      answer: new Headers(),
    };
    const request = content === null ? c.req.raw : withoutBody(c.req.raw);
    const handled = await handler.handle(request, { prefix: apiPrefix, context });
    if (!handled.matched) return problem(c, { type: 'api-no-such-operation' });
    const { response } = handled;
    if (response.status >= 400) return problem(c, refusalIn(await response.json()));
    for (const [name, value] of context.answer) response.headers.set(name, value);
    return response;
  };

  return (app) => {
    app.get(`${apiPrefix}/openapi.json`, async (c) => c.json(await apiDocument()));
    for (const path of [apiPrefix, `${apiPrefix}/*`])
      app.all(path, async (c) => {
        try {
          return await answer(c);
        } catch (error) {
          onError(error);
          return problem(c, { type: 'internal-error' });
        }
      });
  };
}

function isOfPage(site: string | undefined): boolean {
  return site !== undefined && site !== 'none';
}

/** JSON is read into the input; anything else is handed over as it is, and streamed. Null: nothing came. */
function contentTypeOf(c: Context): string | null {
  const { 'content-length': length = '0', 'transfer-encoding': coded } = c.req.header();
  if (length === '0' && coded === undefined) return null;
  return (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}

function withoutBody(request: Request): Request {
  const headers = new Headers(request.headers);
  for (const name of ['content-type', 'content-length']) headers.delete(name);
  return new Request(request.url, { method: request.method, headers, signal: request.signal });
}

/** Letters that can be seen: what could be cut or folded on the way tells nothing apart. */
function idempotencyKeyOf(c: Context): string | null {
  const key = c.req.header('idempotency-key') ?? '';
  return /^[\x21-\x7e]{1,200}$/.test(key) ? key : null;
}

/** What the library writes of an error: a refusal of ours as data, or its own words about the input. */
const errorSchema = z.object({
  code: z.string(),
  message: z.string(),
  data: z
    .looseObject({
      issues: z
        .array(z.looseObject({ message: z.string(), path: z.array(z.unknown()).optional() }))
        .optional(),
    })
    .nullish(),
});

function refusalIn(body: unknown): Refusal {
  const error = errorSchema.safeParse(body).data;
  const refusal = error?.code === 'REFUSED' ? refusalSchema.safeParse(error.data).data : undefined;
  if (refusal) return refusal;
  if (error?.code === 'PAYLOAD_TOO_LARGE') return { type: 'api-body-too-large', limit: jsonLimit };
  if (error?.code !== 'BAD_REQUEST') return { type: 'internal-error' };
  const [issue] = error.data?.issues ?? [];
  return {
    type: 'api-bad-input',
    at: (issue?.path ?? []).join('.'),
    problem: issue?.message ?? error.message,
  };
}

function problem(c: Context, refusal: Refusal): Response {
  const made = problemOf(refusal, c.req.header('accept-language'));
  const headers = new Headers({ 'content-type': problemType, 'content-language': made.language });
  const { status } = made.problem;
  if (status === 401) headers.set('www-authenticate', 'Bearer realm="invigil"');
  const { waitMs } = refusal;
  if (status === 429 && typeof waitMs === 'number')
    headers.set('retry-after', String(Math.ceil(waitMs / 1_000)));
  return new Response(JSON.stringify(made.problem), { status, headers });
}
