/**
 * A practical task (操作题): a question that gives files and expects files back, worked on in other programs. An upload interaction with
 * `data-invigil-file` expects one file; links in the item's body give the task's files. Browser-safe.
 */
import { answerFileLimit } from '../answer/answer-limits.ts';
import { descendants, type QtiElement } from '../paper/element.ts';
import type { PaperItem } from '../paper/model.ts';

/** Name or pattern of the file that is expected back. */
export const expectedAttribute = 'data-invigil-file';
/** Size limit of that file in MiB. */
export const sizeAttribute = 'data-invigil-max-mb';

const mib = 1024 ** 2;
export const usualSizeLimit = 50 * mib;
/** Bytes of one task file: every seat writes it at the start. */
export const taskFileLimit = 100 * mib;
export const mostExpected = 20;
export const mostGiven = 50;

export interface ExpectedFile {
  /** Response identifier. */
  readonly response: string;
  readonly pattern: string;
  /** Bytes. */
  readonly limit: number;
}

export interface GivenFile {
  readonly name: string;
  /** Among the files of the paper. */
  readonly path: string;
}

export interface PracticalTask {
  readonly expected: readonly ExpectedFile[];
  readonly given: readonly GivenFile[];
}

export function isPracticalInteraction({ name, attributes }: QtiElement): boolean {
  return name === 'qti-upload-interaction' && attributes[expectedAttribute] !== undefined;
}

export function isPractical(body: QtiElement): boolean {
  return descendants(body).some(isPracticalInteraction);
}

/** @returns null: not a practical task. */
export function practicalTask({ body }: Pick<PaperItem, 'body'>): PracticalTask | null {
  const elements = [...descendants(body)];
  const expected = elements.filter(isPracticalInteraction).map(({ attributes }) => ({
    response: attributes['response-identifier'] ?? '',
    pattern: attributes[expectedAttribute] ?? '',
    limit: sizeLimit(attributes[sizeAttribute]) ?? usualSizeLimit,
  }));
  if (expected.length === 0) return null;
  const given = new Map<string, GivenFile>();
  for (const { name, attributes } of elements) {
    const { data, download } = attributes;
    if (name === 'a' && data !== undefined && download !== undefined)
      given.set(data, { name: download, path: data });
  }
  return { expected, given: [...given.values()] };
}

/** @returns bytes; null: not a number of MiB that an answer may have. */
export function sizeLimit(megabytes: string | undefined): number | null {
  if (megabytes === undefined) return usualSizeLimit;
  const bytes = /^\d{1,3}$/.test(megabytes) ? Number(megabytes) * mib : 0;
  return bytes > 0 && bytes <= answerFileLimit ? bytes : null;
}
