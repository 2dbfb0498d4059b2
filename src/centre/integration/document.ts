/** The API as an OpenAPI 3.1 document, made from its contract. */
import { OpenAPIGenerator } from '@orpc/openapi';
import { isContractProcedure, type OpenAPI } from '@orpc/contract';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import * as z from 'zod';
import { integrationContract, linesType, type ApiMeta } from './contract.ts';
import { answerLineSchema } from './contract.ts';
import { problemSchema, problemType } from './problem.ts';

const description = `What other programs may ask of an Invigil centre and hand to it.

**Key.** An administrator makes one at the centre's console (System, Keys of other programs). It is sent as \`Authorization: Bearer ivk_…\`, never in the address. What it may do is listed with each operation.

**Errors** are RFC 9457 problems (\`application/problem+json\`), in the language of \`Accept-Language\` (en, zh, ru): \`title\` says what happened, \`detail\` what to do about it, \`refusal\` is the same as data.

**Pages.** A list of many rows comes in pages: give the \`cursor\` of one as \`after\` for the next. What only ever grows (results, receipts, scores, answers) is followed the same way: ask again with the last cursor.

**Rate.** 120 requests at once and 10 a second for each key; then 429 with \`Retry-After\`.

**Times** are milliseconds since 1970-01-01 UTC.`;

const errors: Readonly<Record<string, string>> = {
  '401': 'No key, or one that is wrong, expired or revoked',
  '403': 'The key may not do this',
  '404': 'There is no such thing, or the key does not reach it',
  '422': 'The input is wrong, or what was asked for is not possible; `refusal` says why',
  '429': 'Too many requests; `Retry-After` says when to try again',
  '503': 'The centre’s database or object store is away',
};
const errorsOfRosters: Readonly<Record<string, string>> = {
  '409': 'Another roster of this key is being worked on: one at a time',
  '413': 'The content is too large',
  '415': 'Content of this type is not taken',
};

let made: Promise<OpenAPI.Document> | null = null;

export function apiDocument(): Promise<OpenAPI.Document> {
  return (made ??= makeDocument());
}

async function makeDocument(): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  const document = await generator.generate(integrationContract, {
    info: { title: 'Invigil integration API', version: '1', description, license: { name: 'Apache-2.0' } },
    servers: [{ url: '/api/v1' }],
    security: [{ key: [] }],
    tags: [
      { name: 'projects', description: 'Projects and their sessions' },
      { name: 'status', description: 'How things stand; right `read-status`' },
      { name: 'rosters', description: 'Candidates in; right `write-rosters`' },
      { name: 'results', description: 'Results out; right `read-results`' },
    ],
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: jsonSchema(problemSchema), AnswerLine: jsonSchema(answerLineSchema) },
    },
  });
  for (const { path, method, meta } of operations()) {
    const operation = document.paths?.[path]?.[method];
    if (!operation) throw new Error(`the document lacks ${method} ${path}`);
    complete(operation, meta);
  }
  contentAsItIs(document);
  return document;
}

function jsonSchema(schema: z.ZodType): OpenAPI.SchemaObject {
  const { $schema: _, ...json } = z.toJSONSchema(schema);
  return json as OpenAPI.SchemaObject;
}

interface Operation {
  readonly path: string;
  readonly method: 'get' | 'post';
  readonly meta: ApiMeta;
}

function operations(of: object = integrationContract): Operation[] {
  return Object.values(of).flatMap((part: object) => {
    if (!isContractProcedure(part)) return operations(part);
    const { route, meta } = part['~orpc'];
    return [
      {
        path: route.path ?? '',
        method: route.method === 'POST' ? ('post' as const) : ('get' as const),
        meta: meta as ApiMeta,
      },
    ];
  });
}

/** Rights and errors, which every operation has. */
function complete(operation: OpenAPI.OperationObject, { rights, takes }: ApiMeta): void {
  const needs = `Key with ${rights.map((right) => `\`${right}\``).join(' or ')}.`;
  operation.description = [operation.description, needs].filter((part) => part !== undefined).join('\n\n');
  const possible =
    rights.includes('write-rosters') && rights.length === 1 ? { ...errors, ...errorsOfRosters } : errors;
  for (const [status, said] of Object.entries(possible))
    operation.responses = {
      ...operation.responses,
      [status]: {
        description: said,
        content: { [problemType]: { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    };
  if (takes)
    operation.requestBody = {
      required: true,
      content: Object.fromEntries(
        takes.map((type) => [type, { schema: { type: 'string', format: 'binary' } }] as const),
      ),
    };
}

function contentAsItIs(document: OpenAPI.Document): void {
  const of = (path: string): OpenAPI.PathItemObject => document.paths?.[path] ?? {};
  const answers = of('/projects/{projectId}/answers').get;
  if (answers?.responses)
    answers.responses['200'] = {
      description: 'One JSON object a line, see `AnswerLine`',
      content: { [linesType]: { schema: { $ref: '#/components/schemas/AnswerLine' } } },
    };
  const file = of('/projects/{projectId}/answer-files/{sha256}').get;
  if (file?.responses)
    file.responses['200'] = {
      description: 'The file’s bytes',
      content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
    };
  const apply = of('/projects/{projectId}/rosters/{rosterId}/apply').post;
  apply?.parameters?.push({
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: 'Chosen by the client, 1 to 200 visible characters; the same again answers as before',
    schema: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[!-~]+$' },
  });
}
