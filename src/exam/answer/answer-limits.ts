/** How long an answer may be. Screen and seat agree, so that a candidate is told before anything is typed in vain. */
import type { ItemResponses } from '../paper/response.ts';

/** UTF-16 code units of one text. */
export const textLimit = 500_000;
/** UTF-16 code units of all responses of an item, as JSON. */
export const answerLimit = 1_000_000;

export function answerFits(responses: ItemResponses): boolean {
  const texts = Object.values(responses).flatMap((value) =>
    typeof value === 'string' ? [value] : Array.isArray(value) ? (value as readonly string[]) : [],
  );
  return texts.every((text) => text.length <= textLimit) && JSON.stringify(responses).length <= answerLimit;
}
