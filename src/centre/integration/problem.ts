/** Refusals as RFC 9457 problems: what happened in the caller's language, what to do about it, and the refusal itself as data. */
import * as z from 'zod';
import type { Refusal } from '../../base/result.ts';
import { refusalSchema } from '../../node/contract.ts';
import { languageOf, refusalText } from './refusal-text.ts';

export const problemType = 'application/problem+json';

export const problemSchema = z.object({
  type: z.string().describe('`urn:invigil:refusal:` and the type of the refusal'),
  title: z.string().describe('What happened, in the language of `Accept-Language` (en, zh, ru)'),
  status: z.number().int(),
  detail: z.string().optional().describe('What to do about it'),
  refusal: refusalSchema.describe('The same as data: its type, and the values in the text'),
});
export type Problem = z.infer<typeof problemSchema>;

const statuses: Readonly<Record<string, number>> = {
  'api-key-missing': 401,
  'api-key-wrong': 401,
  'api-key-expired': 401,
  'api-key-revoked': 401,
  'api-key-in-url': 401,
  'api-key-may-not': 403,
  'api-not-for-pages': 403,
  'api-no-such-operation': 404,
  'no-such-project': 404,
  'no-such-session-here': 404,
  'no-such-site': 404,
  'no-such-result': 404,
  'no-such-file': 404,
  'upload-gone': 404,
  'api-request-under-way': 409,
  'file-too-large': 413,
  'api-body-too-large': 413,
  'package-too-large': 413,
  'package-too-many-files': 413,
  'table-too-large': 413,
  'api-content-type': 415,
  'too-many-tries': 429,
  'api-too-many-requests': 429,
  'internal-error': 500,
  'database-unreachable': 503,
  'blob-store-unreachable': 503,
  'disk-full': 507,
};

export function statusOf({ type }: Refusal): number {
  return statuses[type] ?? 422;
}

export function problemOf(
  refusal: Refusal,
  acceptLanguage: string | undefined,
): { problem: Problem; language: string } {
  const language = languageOf(acceptLanguage);
  const { what, remedy } = refusalText(language, refusal);
  return {
    language,
    problem: {
      type: `urn:invigil:refusal:${refusal.type}`,
      title: what,
      status: statusOf(refusal),
      ...(remedy === null ? {} : { detail: remedy }),
      refusal,
    },
  };
}
