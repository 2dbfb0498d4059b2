/**
 * The integration API: what other programs may ask of the centre and hand to it, `/api/v1/…`. A field never changes its meaning and is never
 * taken away within a version; new ones may come. Everything here is in `formats/integration-api/openapi.json`, which a test compares.
 *
 * Rosters go `uploaded → checked → applied`: applying replaces the project's roster as a whole, by the same rules as at the console.
 */
import { oc } from '@orpc/contract';
import * as z from 'zod';
import { boardRoomSchema } from '../board/contract.ts';
import { apiRights, type ApiRight } from '../api-keys/contract.ts';
import { publicationWorkSchema } from '../publish/contract.ts';
import { rosterComparisonSchema, rosterErrorSchema } from '../roster/contract.ts';
import { alarmKinds } from '../../exam/board/alarms.ts';
import { siteFactsSchema } from '../../exam/board/site-facts.ts';
import { roomRecordSchema } from '../../exam/package/room-result.ts';
import { rosterFieldSchema, rosterMappingSchema } from '../../exam/roster/columns.ts';
import { oneRosterChoiceSchema, oneRosterSchema } from '../../exam/roster/one-roster/choice.ts';
import { modeSchema, refusalSchema } from '../../node/contract.ts';

export interface ApiMeta {
  /** One of them is enough. */
  readonly rights: readonly ApiRight[];
  /** Types of the content that is handed over as it is; absent: JSON, or nothing. */
  readonly takes?: readonly string[];
}

const base = oc.$meta<ApiMeta>({ rights: [] });

const count = z.number().int();
const time = z.number().int().describe('Milliseconds since 1970-01-01 UTC');
const id = z.string().min(1).max(64);
const code = z.string().min(1).max(64);

const inProject = z.object({ projectId: id });
const inSession = inProject.extend({ sessionId: id });
const after = z
  .string()
  .max(400)
  .optional()
  .describe('`cursor` of the page before; absent: from the beginning');
const page = {
  after,
  limit: z.coerce.number().int().min(1).max(500).default(100).describe('Rows of a page'),
};

function paged<T extends z.ZodType>(row: T) {
  return z.object({
    rows: z.array(row),
    cursor: z
      .string()
      .nullable()
      .describe('Where this page ends: give it as `after`. Null: nothing has been read yet'),
    more: z.boolean().describe('There are further rows behind the cursor now'),
  });
}

export const apiProjectSchema = z.object({
  id,
  code: z.string(),
  name: z.string(),
  mode: modeSchema,
  sessions: count,
  sites: count,
  rooms: count,
  candidates: count,
  publishedAt: time.nullable(),
});

export const apiSessionSchema = z.object({
  id,
  number: count,
  name: z.string(),
  startAt: time,
  durationMin: count,
  subjects: z.array(z.object({ number: count, name: z.string(), durationMin: count })),
});

export const apiSiteSchema = z.object({
  code: z.string(),
  name: z.string(),
  rooms: count,
  candidates: count,
  registeredAt: time.nullable(),
  lastContact: time.nullable(),
  loadedAt: time.nullable().describe('When the site last loaded a publication'),
});

export const siteProgressSchema = siteFactsSchema.extend({
  alarms: z.array(z.object({ kind: z.enum(alarmKinds), since: time, acknowledged: z.boolean() })),
});

export const candidateStatusSchema = z.object({
  admissionNumber: z.string(),
  siteCode: z.string(),
  roomCode: z.string(),
  seatNumber: count.nullable(),
  state: z
    .string()
    .nullable()
    .describe('As the room’s result says it (`handed-in`, `absent` …); null: no result has come yet'),
});

export const apiPublicationSchema = z.object({
  newest: z
    .object({
      number: count,
      publishedAt: time,
      rooms: count,
      changedRooms: count.describe('Rooms whose package is another one than before'),
      bytes: count,
    })
    .nullable(),
  changedSince: z.boolean().describe('Something has changed that is not published yet'),
  missing: z.array(refusalSchema).describe('What keeps the project from being published'),
  work: publicationWorkSchema.omit({ by: true }).nullable().describe('The one that is being made'),
});

export const authorisationStateSchema = z.object({
  siteCode: z.string(),
  state: z.enum(['site-not-registered', 'not-prepared', 'prepared', 'released']),
  releaseAt: time,
  preparedAt: time.nullable(),
  fetchedAt: time.nullable(),
  releasedAt: time.nullable(),
});

export const uploadedRosterSchema = z.object({
  rosterId: z.string(),
  name: z.string(),
  size: count,
  sha256: z.string(),
});

export const rosterCheckSchema = z.object({
  fileName: z.string(),
  encoding: z.string().nullable(),
  columns: z
    .array(z.object({ header: z.string(), field: rosterFieldSchema.nullable() }))
    .describe('Of a table: what each column was taken for'),
  missing: z
    .array(rosterFieldSchema)
    .describe('Fields that no column has; while there is one, no row is read'),
  oneRoster: oneRosterSchema
    .nullable()
    .describe('Of a OneRoster package; while its `choice` names no session, no row is read'),
  rows: count,
  sites: count,
  rooms: count,
  candidates: count,
  photos: count,
  accommodated: count,
  wrong: count.describe('How many errors there are; while there is one, nothing can be applied'),
  errors: z.array(rosterErrorSchema).describe('The first 500'),
  comparison: rosterComparisonSchema
    .nullable()
    .describe('Against the roster that is there; its first 500 changes. Null: none is, or nothing was read'),
});

const said = {
  mapping: rosterMappingSchema
    .nullable()
    .default(null)
    .describe('What columns mean, by heading; null: as for the last roster, and by the headings'),
  choice: oneRosterChoiceSchema
    .nullable()
    .default(null)
    .describe('Of a OneRoster package: who sits what; null: everybody sits the only session'),
};

const ofRoom = { sessionId: id, sessionNumber: count, siteCode: z.string(), roomCode: z.string() };
const resultId = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('SHA-256 of the result’s parcel; the receipt names it, too');

export const completenessSchema = z.object({
  siteCode: z.string(),
  roomCode: z.string(),
  expected: count,
  sat: count.nullable(),
  absent: count.nullable(),
  receivedAt: time.nullable(),
  receiptAt: time.nullable(),
  files: count.nullable(),
  filesMissing: count.nullable(),
  problem: refusalSchema.nullable(),
});

export const apiResultSchema = z.object({
  resultId,
  ...ofRoom,
  receivedAt: time,
  expected: count,
  sat: count,
  absent: count,
  entries: count,
  files: count,
  filesMissing: count,
  inForce: z
    .boolean()
    .describe('Its answers count: false when the room’s later or larger result took its place'),
});

export const apiReceiptSchema = z.object({
  resultId,
  ...ofRoom,
  receiptAt: time,
  receipt: z.string().describe('Compact JWS, typ `invigil-receipt+jws`, signed by the centre'),
});

export const apiScoreSchema = z.object({
  sessionId: id,
  sessionNumber: count,
  admissionNumber: z.string(),
  name: z.string().nullable().describe('Null: the roster does not name the candidate any more'),
  siteCode: z.string(),
  roomCode: z.string(),
  state: z.string(),
  score: z.number().nullable(),
  maxScore: z.number().nullable(),
  needsMarking: count,
  items: z.array(
    z.object({
      item: z.string(),
      score: z.number().nullable(),
      maxScore: z.number().nullable(),
      needsMarking: z.boolean(),
    }),
  ),
});

/** One line of `results/answers`. */
export const answerLineSchema = z.object({
  resultId,
  ...ofRoom,
  admissionNumber: z.string(),
  item: z.string(),
  changes: count.describe('How often the answer was changed'),
  at: time.describe('When it was given, by the clock of the seat'),
  responses: z.record(z.string(), z.json()),
  files: z.array(
    z.object({
      response: z.string(),
      name: z.string(),
      mediaType: z.string(),
      size: count,
      sha256: z.string(),
      kept: z.boolean().describe('false: the room could not give it'),
    }),
  ),
  cursor: z.string().describe('Give it as `after` to go on behind this line'),
});

export const rosterContent = [
  'text/csv',
  'application/zip',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/octet-stream',
] as const;
export const linesType = 'application/x-ndjson';

const [status, results, rosters] = apiRights;

export const integrationContract = {
  health: base
    .meta({ rights: apiRights })
    .route({
      method: 'GET',
      path: '/health',
      tags: ['status'],
      summary: 'Is the centre at work?',
      description: 'Answers 503 while its database is away. `key` says what the asking key may do.',
    })
    .output(
      z.object({
        ok: z.literal(true),
        at: time,
        code: z.string(),
        key: z.object({
          name: z.string(),
          rights: z.array(z.enum(apiRights)),
          projectId: id.nullable(),
          expiresAt: time.nullable(),
        }),
      }),
    ),
  projects: {
    list: base
      .meta({ rights: apiRights })
      .route({ method: 'GET', path: '/projects', tags: ['projects'], summary: 'Projects that the key sees' })
      .output(z.array(apiProjectSchema)),
    get: base
      .meta({ rights: apiRights })
      .route({ method: 'GET', path: '/projects/{projectId}', tags: ['projects'], summary: 'One project' })
      .input(inProject)
      .output(apiProjectSchema),
    sessions: base
      .meta({ rights: apiRights })
      .route({
        method: 'GET',
        path: '/projects/{projectId}/sessions',
        tags: ['projects'],
        summary: 'Sessions of a project',
      })
      .input(inProject)
      .output(z.array(apiSessionSchema)),
    session: base
      .meta({ rights: apiRights })
      .route({
        method: 'GET',
        path: '/projects/{projectId}/sessions/{sessionId}',
        tags: ['projects'],
        summary: 'One session',
      })
      .input(inSession)
      .output(apiSessionSchema),
  },
  status: {
    sites: base
      .meta({ rights: [status] })
      .route({
        method: 'GET',
        path: '/projects/{projectId}/sites',
        tags: ['status'],
        summary: 'Sites of a project: registered, heard, loaded',
      })
      .input(inProject.extend(page))
      .output(paged(apiSiteSchema)),
    progress: base
      .meta({ rights: [status] })
      .route({
        method: 'GET',
        path: '/projects/{projectId}/sessions/{sessionId}/sites',
        tags: ['status'],
        summary: 'How far the sites of a session are',
        description: 'Stages, counts and alarms, as the board shows them. At most about two seconds old.',
      })
      .input(inSession.extend(page))
      .output(paged(siteProgressSchema)),
    rooms: base
      .meta({ rights: [status] })
      .route({
        method: 'GET',
        path: '/projects/{projectId}/sessions/{sessionId}/sites/{siteCode}/rooms',
        tags: ['status'],
        summary: 'How far the rooms of a site are',
        description: '`stages` and `counts` are null while the site has said nothing of the room.',
      })
      .input(inSession.extend({ siteCode: code }))
      .output(z.array(boardRoomSchema)),
    candidates: base
      .meta({ rights: [status] })
      .route({
        method: 'GET',
        path: '/projects/{projectId}/sessions/{sessionId}/candidates',
        tags: ['status'],
        summary: 'Candidates of a session: where they sit, and what became of it',
        description: 'Without names: whoever needs them reads scores.',
      })
      .input(inSession.extend({ ...page, siteCode: code.optional() }))
      .output(paged(candidateStatusSchema)),
    publication: base
      .meta({ rights: [status] })
      .route({
        method: 'GET',
        path: '/projects/{projectId}/publication',
        tags: ['status'],
        summary: 'What is published, and how far the publication that is being made is',
      })
      .input(inProject)
      .output(apiPublicationSchema),
    authorisations: base
      .meta({ rights: [status] })
      .route({
        method: 'GET',
        path: '/projects/{projectId}/sessions/{sessionId}/authorisations',
        tags: ['status'],
        summary: 'Authorisations of a session, by site',
      })
      .input(inSession.extend(page))
      .output(paged(authorisationStateSchema)),
  },
  rosters: {
    upload: base
      .meta({ rights: [rosters], takes: rosterContent })
      .route({
        method: 'POST',
        path: '/projects/{projectId}/rosters',
        inputStructure: 'detailed',
        successStatus: 201,
        tags: ['rosters'],
        summary: 'Hand a roster over',
        description:
          'CSV, XLSX, a ZIP of one of these with photos and PNP files, or a OneRoster package (CSV 1.1 or 1.2, bulk, as ZIP); at most 600 MiB. ' +
          'It changes nothing yet. It is kept for an hour, the newest five of a key.',
      })
      .input(
        z.object({
          params: inProject,
          query: z.object({ fileName: z.string().max(200).default('roster') }),
        }),
      )
      .output(uploadedRosterSchema),
    check: base
      .meta({ rights: [rosters] })
      .route({
        method: 'POST',
        path: '/projects/{projectId}/rosters/{rosterId}/check',
        tags: ['rosters'],
        summary: 'What applying it would do',
        description:
          'Errors by file, line and column, and the differences to the roster that is there. Changes nothing.',
      })
      .input(inProject.extend({ rosterId: id, ...said }))
      .output(rosterCheckSchema),
    apply: base
      .meta({ rights: [rosters] })
      .route({
        method: 'POST',
        path: '/projects/{projectId}/rosters/{rosterId}/apply',
        tags: ['rosters'],
        summary: 'Put it in the place of the project’s roster',
        description:
          'All rows or, when one is wrong, none. Needs the header `Idempotency-Key`: asked again with the same key, file and mapping within ' +
          'a day, also after another upload of the file, it answers as it did and changes nothing; `Idempotency-Replayed: true` says so.',
      })
      .input(inProject.extend({ rosterId: id, ...said }))
      .output(rosterCheckSchema.omit({ errors: true, wrong: true, missing: true })),
  },
  results: {
    completeness: base
      .meta({ rights: [results] })
      .route({
        method: 'GET',
        path: '/projects/{projectId}/sessions/{sessionId}/completeness',
        tags: ['results'],
        summary: 'Whose result is here, by room',
        description: 'Every room of the session, by its code; `receivedAt` null: its result has not come.',
      })
      .input(inSession.extend({ ...page, siteCode: code.optional() }))
      .output(paged(completenessSchema)),
    list: base
      .meta({ rights: [results] })
      .route({
        method: 'GET',
        path: '/projects/{projectId}/results',
        tags: ['results'],
        summary: 'Results in the order in which they came',
        description: 'Ask again with the last cursor to follow: what comes later is behind it.',
      })
      .input(inProject.extend(page))
      .output(paged(apiResultSchema)),
    examRecord: base
      .meta({ rights: [results] })
      .route({
        method: 'GET',
        path: '/projects/{projectId}/results/{resultId}/exam-record',
        tags: ['results'],
        summary: 'The exam record of a result',
        description:
          'Who sat, was absent, got extra time; violations, one-time codes, and the heads that prove the journal whole.',
      })
      .input(inProject.extend({ resultId }))
      .output(roomRecordSchema),
    answers: base
      .meta({ rights: [results] })
      .route({
        method: 'GET',
        path: '/projects/{projectId}/answers',
        tags: ['results'],
        summary: 'Answers as JSON lines',
        description:
          'One line for each candidate and item, result by result in the order in which they came, as a stream. Each line carries its cursor: ' +
          'whoever was cut off, or follows, goes on behind the last line that was read. A room’s later result brings all answers of the room again; ' +
          'its lines take the place of those of its earlier `resultId`.',
      })
      .input(inProject.extend({ after }))
      .output(z.instanceof(ReadableStream)),
    file: base
      .meta({ rights: [results] })
      .route({
        method: 'GET',
        path: '/projects/{projectId}/answer-files/{sha256}',
        tags: ['results'],
        summary: 'The content of a file that a candidate gave as an answer',
        description:
          'By the `sha256` that the answer’s line names. Every fetch is entered in the centre’s journal.',
      })
      .input(inProject.extend({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
      .output(z.instanceof(ReadableStream)),
    receipts: base
      .meta({ rights: [results] })
      .route({
        method: 'GET',
        path: '/projects/{projectId}/receipts',
        tags: ['results'],
        summary: 'Receipts in the order in which they were given',
      })
      .input(inProject.extend(page))
      .output(paged(apiReceiptSchema)),
    scores: base
      .meta({ rights: [results] })
      .route({
        method: 'GET',
        path: '/projects/{projectId}/scores',
        tags: ['results'],
        summary: 'Scores in the order in which they last changed',
        description:
          'A candidate whose score changes comes again, behind every cursor that was given before.',
      })
      .input(inProject.extend(page))
      .output(paged(apiScoreSchema)),
  },
};
