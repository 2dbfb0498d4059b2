/** What a screen sends must be answers to what the item asks: declared variables, values of their shape, nothing oversized. */
import * as z from 'zod';
import { ok, refuse, type Result } from '../../base/result.ts';
import { fileReferenceSchema, filesIn } from '../../exam/answer/answer-files.ts';
import { answerFits, answerLimit } from '../../exam/answer/answer-limits.ts';
import { impossibleResponse } from '../../exam/answer/response-shape.ts';
import type { PaperItem } from '../../exam/paper/model.ts';
import type { FileReference, ItemResponses } from '../../exam/paper/response.ts';

// Its length is judged below, with a refusal of its own.
const text = z.string();
const value = z.union([
  z.null(),
  text,
  z.array(text).max(1_000),
  z.object({ file: fileReferenceSchema }),
  z.record(z.string().max(256), text.nullable()),
]);
const responsesSchema = z.record(z.string().max(256), value);

/** @returns the files that the responses name. */
export function checkResponses(item: PaperItem, responses: ItemResponses): Result<FileReference[]> {
  const parsed = responsesSchema.safeParse(responses);
  if (!parsed.success)
    return refuse({
      type: 'bad-response',
      item: item.identifier,
      problem: parsed.error.issues[0]?.message ?? '',
    });
  if (!answerFits(responses))
    return refuse({ type: 'answer-too-long', item: item.identifier, limit: answerLimit });
  const declared = new Set(item.responses.map((one) => one.identifier));
  const unknown = Object.keys(parsed.data).find((identifier) => !declared.has(identifier));
  if (unknown !== undefined)
    return refuse({ type: 'bad-response', item: item.identifier, problem: `${unknown} is not asked for` });
  const impossible = impossibleResponse(item, responses);
  if (impossible !== null)
    return refuse({
      type: 'bad-response',
      item: item.identifier,
      problem: `${impossible} cannot have this value`,
    });
  return ok(filesIn(parsed.data).map(({ file }) => file));
}
