/** What becomes of a job, as its printer tells when it is asked again and again. */
import { setTimeout as wait } from 'node:timers/promises';
import { ok, refuse, type Result } from '../../base/result.ts';
import { isOver, type PrintJob, type Printer } from './port.ts';

const everyMs = 1000;

/**
 * Yields what changed, and ends when the job is over. A printer that does not answer is yielded as its refusal, once, and asked on: it may come
 * back. One that answers and knows of no such job any more has forgotten it (switched off, or long over): `print-job-unknown` ends it.
 */
export async function* followJob(
  printer: Pick<Printer, 'findJob'>,
  id: string,
  options: { readonly signal?: AbortSignal; readonly everyMs?: number } = {},
): AsyncGenerator<Result<PrintJob>, void, undefined> {
  let before = '';
  while (!options.signal?.aborted) {
    const found = await printer.findJob(id);
    const now = !found.ok ? found : found.value ? ok(found.value) : refuse({ type: 'print-job-unknown', id });
    const told = JSON.stringify(now);
    if (told !== before) yield now;
    before = told;
    if (now.ok ? isOver(now.value) : now.refusal.type === 'print-job-unknown') return;
    try {
      await wait(options.everyMs ?? everyMs, undefined, options.signal && { signal: options.signal });
    } catch {
      return;
    }
  }
}
