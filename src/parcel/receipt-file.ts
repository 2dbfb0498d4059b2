/** Receipts as they are carried on a stick: a JSON array of the centre's signed receipts. */
import { readFile, stat } from 'node:fs/promises';
import * as z from 'zod';
import { ok, refuse, type Result } from '../base/result.ts';

/** Some 10,000 rooms. */
const limit = 16 * 1024 * 1024;
const schema = z.array(z.string()).min(1);

/** @returns the receipts as they stand there, not yet believed; refusal `receipt-unreadable`. */
export async function readReceiptFile(path: string): Promise<Result<string[]>> {
  const unreadable = refuse({ type: 'receipt-unreadable' });
  if ((await stat(path)).size > limit) return unreadable;
  try {
    const parsed = schema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? ok(parsed.data) : unreadable;
  } catch (error) {
    if (error instanceof SyntaxError) return unreadable;
    throw error;
  }
}
