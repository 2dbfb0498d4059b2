/** Files that candidates give as answers: which ones a response names, how they travel, and how a downloaded one may be called. */
import * as z from 'zod';
import { answerFileLimit } from './answer-limits.ts';
import type { FileReference, ItemResponses } from '../paper/response.ts';

export const fileReferenceSchema = z.object({
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string().max(300),
  mediaType: z.string().max(200),
  size: z.number().int().min(0).max(answerFileLimit),
  open: z.literal(true).exactOptional(),
});

export interface NamedFile {
  /** Response identifier. */
  readonly response: string;
  readonly file: FileReference;
}

/** The files that an item's responses name. */
export function filesIn(responses: ItemResponses): NamedFile[] {
  return Object.entries(responses).flatMap(([response, value]) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
    const file = fileReferenceSchema.safeParse((value as { file?: unknown }).file);
    return file.success ? [{ response, file: file.data }] : [];
  });
}

/** Name of the part that carries a file in a room's result. */
export function filePartName(digest: string): string {
  return `file-${digest}`;
}

/** Names that Windows keeps for devices, with any ending. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** Control characters, what a path or a shell would read into, and marks that turn the direction of writing (`gpj.exe`). */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\:*?"<>|]/gu;
const longest = 150;

/**
 * A file name for the one who downloads: legal on every system and impossible to mistake for a path. The candidate's name for the file stays
 * recognisable, its ending too.
 */
export function safeFileName(given: string, inFront = ''): string {
  const plain = given
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(unsafe, '_')
    .replaceAll(/^[.\s]+|[.\s]+$/gu, '');
  const whole = plain === '' || reserved.test(plain) ? `file_${plain}`.replace(/_$/, '') : plain;
  const ending = /\.[^.]{1,10}$/u.exec(whole)?.[0] ?? '';
  const letters = Array.from(whole.slice(0, whole.length - ending.length));
  return `${inFront}${letters.slice(0, longest - inFront.length).join('')}${ending}`;
}
