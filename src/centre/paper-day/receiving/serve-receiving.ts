/** What sites hand up of exams on paper, and hear of it; the paths: `exam/paper-day/hand-up.ts`. */
import { readFile, rm } from 'node:fs/promises';
import type { Context, Hono } from 'hono';
import { ok, refuse, type Result } from '../../../base/result.ts';
import { answer } from '../../../courier/https/parent.ts';
import type { Delivery } from '../../../courier/https/wire.ts';
import type { handedUpSchema } from '../../../exam/paper-day/hand-up.ts';
import type * as z from 'zod';
import type { Centre } from '../../centre.ts';
import { makeWordsParcel } from '../packages/words.ts';
import { receiveOfDay } from './receive.ts';

interface AskingSite {
  readonly projectId: string;
  readonly siteCode: string;
}

/** Refusals: `wrong-kind` when the file is another than it was said to be; those of receiving. */
export async function receiveDelivery(
  centre: Centre,
  site: AskingSite,
  delivery: Delivery,
  file: string,
): Promise<Result<z.infer<typeof handedUpSchema>>> {
  const taken = await receiveOfDay(centre, file, { ...site, way: 'online', by: site.siteCode });
  if (!taken.ok) return taken;
  return taken.value.kind === delivery.kind
    ? ok({ word: taken.value.word })
    : refuse({ type: 'wrong-kind', found: taken.value.kind, expected: delivery.kind });
}

/** @param siteOf whoever asks, when it is a site of this centre */
export function wordRoutes(centre: Centre, siteOf: (c: Context) => Result<AskingSite>): (app: Hono) => void {
  return (app) => {
    app.get('/paper-day/words/:event', async (c) => {
      const site = siteOf(c);
      if (!site.ok) return answer(c, site, 403);
      const made = await makeWordsParcel(centre, { ...site.value, eventId: c.req.param('event') });
      if (!made.ok) return answer(c, made);
      const content = await readFile(made.value.file);
      await rm(made.value.file, { force: true });
      return c.body(new Uint8Array(content), 200, { 'content-type': 'application/octet-stream' });
    });
  };
}
