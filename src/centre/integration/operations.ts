/** The API's operations: each hands its input to a feature and nothing more. */
import { implement, ORPCError } from '@orpc/server';
import { refuse, type Result } from '../../base/result.ts';
import { failureRefusal } from '../../journal/journal.ts';
import type { FileExchange } from '../../node/files.ts';
import { Refused, unwrap } from '../../node/refused.ts';
import type { ApiKeyView } from '../api-keys/contract.ts';
import type { Centre } from '../centre.ts';
import { projectSummaries, sessionsOf } from '../project/projects.ts';
import { integrationContract, linesType, type ApiMeta } from './contract.ts';
import { statusOf } from './problem.ts';
import {
  answerFile,
  answerLines,
  completenessPage,
  examRecord,
  receiptsPage,
  resultsPage,
  scoresPage,
} from './results.ts';
import { accountOf, Rosters } from './rosters.ts';
import {
  authorisationsPage,
  candidatesPage,
  progressPage,
  publicationOf,
  sessionIn,
  sessionOf,
  sitesPage,
} from './status.ts';
import { toStream } from './stream.ts';

/** What every operation gets besides its input. */
export interface ApiContext {
  readonly key: ApiKeyView;
  /** What was handed over as it is; null: nothing, or JSON, which is in the input. */
  readonly content: { readonly type: string; readonly body: ReadableStream<Uint8Array> } | null;
  readonly idempotencyKey: string | null;
  /** Headers of the answer. */
  readonly answer: Headers;
}

interface Call<T> {
  readonly context: ApiContext;
  readonly procedure: { readonly '~orpc': { readonly meta: object } };
  next(): Promise<T>;
}

/** What comes before every operation – does the key reach so far, is the content of a kind that is taken? – and makes errors of refusals. */
export function guardApi(onError: (error: unknown) => void) {
  return async <T>(call: Call<T>): Promise<T> => {
    try {
      check(call);
      return await call.next();
    } catch (error) {
      const refusal = error instanceof Refused ? error.refusal : failureRefusal(error);
      if (refusal) throw new ORPCError('REFUSED', { status: statusOf(refusal), data: refusal });
      if (!(error instanceof ORPCError) || error.status >= 500) onError(error);
      throw error;
    }
  };
}

function check({ context: { key, content }, procedure }: Call<unknown>): void {
  const { rights = [], takes } = procedure['~orpc'].meta as Partial<ApiMeta>;
  if (!rights.some((right) => key.rights.includes(right)))
    throw new Refused({ type: 'api-key-may-not', rights });
  const fits = takes === undefined ? content === null : content !== null && takes.includes(content.type);
  if (!fits) throw new Refused({ type: 'api-content-type', taken: takes ?? ['application/json'] });
}

export function integrationOperations(
  centre: Centre,
  files: FileExchange,
  onError: (error: unknown) => void,
) {
  const os = implement(integrationContract).$context<ApiContext>();
  const rosters = new Rosters(centre, files);
  /** A project that the key does not reach is none, for it. */
  const project = async ({ key }: ApiContext, projectId: string) => {
    const found = (await visibleProjects(centre, key)).find((one) => one.id === projectId);
    return found ?? unwrap(refuse({ type: 'no-such-project' }));
  };
  const reached = async (context: ApiContext, projectId: string): Promise<void> => {
    const reaches = context.key.projectId === null || context.key.projectId === projectId;
    const row = reaches && (await knownProject(centre, projectId));
    if (!row) unwrap(refuse({ type: 'no-such-project' }));
  };
  const session = async (context: ApiContext, input: { projectId: string; sessionId: string }) => {
    await reached(context, input.projectId);
    return unwrap(await sessionIn(centre, input.projectId, input.sessionId));
  };
  /** Of a project that is there. */
  const within = async <T>(
    context: ApiContext,
    { projectId }: { projectId: string },
    work: () => Promise<Result<T>>,
  ): Promise<T> => {
    await reached(context, projectId);
    return unwrap(await work());
  };
  return os.router({
    health: os.health.handler(({ context: { key } }) => ({
      ok: true as const,
      at: centre.node.clock.now(),
      code: centre.name.code,
      key: { name: key.name, rights: key.rights, projectId: key.projectId, expiresAt: key.expiresAt },
    })),
    projects: {
      list: os.projects.list.handler(({ context }) => visibleProjects(centre, context.key)),
      get: os.projects.get.handler(({ input, context }) => project(context, input.projectId)),
      sessions: os.projects.sessions.handler(async ({ input, context }) => {
        await reached(context, input.projectId);
        return (await sessionsOf(centre, input.projectId)).map(sessionOf);
      }),
      session: os.projects.session.handler(async ({ input, context }) =>
        sessionOf(await session(context, input)),
      ),
    },
    status: {
      sites: os.status.sites.handler(({ input, context }) =>
        within(context, input, () => sitesPage(centre, input)),
      ),
      progress: os.status.progress.handler(async ({ input, context }) => {
        await session(context, input);
        return unwrap(progressPage(centre, input));
      }),
      rooms: os.status.rooms.handler(async ({ input, context }) => {
        await session(context, input);
        const site = await centre.board.site(input.projectId, input.sessionId, input.siteCode);
        return unwrap(site).rooms;
      }),
      candidates: os.status.candidates.handler(async ({ input, context }) =>
        unwrap(await candidatesPage(centre, input, await session(context, input))),
      ),
      publication: os.status.publication.handler(({ input, context }) =>
        within(context, input, () => publicationOf(centre, input.projectId)),
      ),
      authorisations: os.status.authorisations.handler(async ({ input, context }) =>
        unwrap(await authorisationsPage(centre, input, await session(context, input))),
      ),
    },
    rosters: {
      upload: os.rosters.upload.handler(async ({ input: { params, query }, context }) =>
        within(context, params, async () => {
          // The guard lets nobody through without.
          const body = context.content?.body ?? new ReadableStream<Uint8Array>();
          return rosters.upload(context.key, params.projectId, body, query.fileName);
        }),
      ),
      check: os.rosters.check.handler(({ input, context }) =>
        within(context, input, () => rosters.check(context.key, input)),
      ),
      apply: os.rosters.apply.handler(async ({ input, context }) => {
        const { applied, replayed } = await within(context, input, () =>
          rosters.apply(context.key, input, context.idempotencyKey),
        );
        if (replayed) context.answer.set('idempotency-replayed', 'true');
        return applied;
      }),
    },
    results: {
      completeness: os.results.completeness.handler(async ({ input, context }) =>
        unwrap(await completenessPage(centre, input, await session(context, input))),
      ),
      list: os.results.list.handler(({ input, context }) =>
        within(context, input, () => resultsPage(centre, input)),
      ),
      examRecord: os.results.examRecord.handler(({ input, context }) =>
        within(context, input, () => examRecord(centre, input.projectId, input.resultId)),
      ),
      answers: os.results.answers.handler(async ({ input, context }) => {
        await reached(context, input.projectId);
        const lines = unwrap(answerLines(centre, input.projectId, input.after));
        context.answer.set('content-type', linesType);
        return toStream(lines, onError);
      }),
      file: os.results.file.handler(async ({ input, context }) => {
        const content = await within(context, input, () =>
          answerFile(centre, input.projectId, input.sha256, accountOf(context.key)),
        );
        context.answer.set('content-type', 'application/octet-stream');
        return toStream(content, onError);
      }),
      receipts: os.results.receipts.handler(({ input, context }) =>
        within(context, input, () => receiptsPage(centre, input)),
      ),
      scores: os.results.scores.handler(({ input, context }) =>
        within(context, input, () => scoresPage(centre, input)),
      ),
    },
  });
}

async function visibleProjects(centre: Centre, { projectId }: ApiKeyView) {
  const all = await projectSummaries(centre, null);
  return projectId === null ? all : all.filter((one) => one.id === projectId);
}

async function knownProject({ db }: Centre, projectId: string): Promise<boolean> {
  const row = await db.selectFrom('project').select('id').where('id', '=', projectId).executeTakeFirst();
  return row !== undefined;
}
