/** How long an answer may be. Screen and seat agree, so that a candidate is told before anything is typed in vain. */
import type { ItemResponses } from '../paper/response.ts';

/** UTF-16 code units of one text. */
export const textLimit = 500_000;
/** UTF-16 code units of all responses of an item, as JSON. */
export const answerLimit = 1_000_000;

/** Bytes of one file. The same from the candidate's screen up to the centre: what is taken at one place is taken at the next. */
export const answerFileLimit = 200 * 1024 ** 2;

export function answerFits(responses: ItemResponses): boolean {
  const texts = Object.values(responses).flatMap((value) =>
    typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : [],
  );
  return texts.every((text) => text.length <= textLimit) && JSON.stringify(responses).length <= answerLimit;
}
