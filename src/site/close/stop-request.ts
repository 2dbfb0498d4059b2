/**
 * `invigil site stop` and the site that it stops speak by two files in the data folder: it works the same on every system and with every way of starting a site,
 * and whoever may write there could end the process anyway.
 */
import { existsSync, readFileSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { openDataFolder } from '../../node/data-folder.ts';
import type { Closing } from '../../node/running.ts';

const askedSchema = z.object({ id: z.string().max(64), code: z.string().max(64).nullable() });
const answeredSchema = z.object({ id: z.string(), refusal: z.looseObject({ type: z.string() }).nullable() });

const askedFile = (data: string): string => join(data, 'stop-asked.json');
const answeredFile = (data: string): string => join(data, 'stop-answered.json');
const lookEveryMs = 500;
/** A site looks twice a second; one that does not answer at all hangs. */
const answerWithinMs = 30_000;

/** Whole or not at all: the other side must not read a half. */
async function write(file: string, value: unknown): Promise<void> {
  await writeFile(`${file}.part`, JSON.stringify(value));
  await rename(`${file}.part`, file);
}

/** @param closing of the site in this folder. @returns stops looking. */
export function watchStopRequests(
  data: string,
  closing: Closing,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let looking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    if (!existsSync(askedFile(data))) return;
    const asked = askedSchema.safeParse(readJson(await readFile(askedFile(data), 'utf8')));
    await rm(askedFile(data), { force: true });
    if (!asked.success) return;
    const { id, code } = asked.data;
    const why = code === null ? closing.asked() : null;
    const done = why ? refuse(why) : await closing.force(code, 'invigil site stop');
    // It ends a moment later: afterwards there is nobody who could answer.
    await write(answeredFile(data), { id, refusal: done.ok ? null : done.refusal });
  };
  const timer = setInterval(() => {
    looking = looking.then(look).catch(onError);
  }, lookEveryMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await looking;
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Tells the site in this folder to end, and waits until it has.
 * @param code of the site; null: only when nothing is unreported.
 * @returns refusals `no-site-here`, `site-not-running`, `site-does-not-answer`, and the site's own.
 */
export async function askToStop(data: string, code: string | null): Promise<Result<void>> {
  if (!isSite(data)) return refuse({ type: 'no-site-here', path: data });
  if (isFree(data)) return refuse({ type: 'site-not-running', path: data });
  const id = newId();
  await rm(answeredFile(data), { force: true });
  await write(askedFile(data), { id, code });
  const refusal = await answerTo(data, id);
  if (refusal === undefined) {
    await rm(askedFile(data), { force: true });
    return refuse({ type: 'site-does-not-answer', path: data });
  }
  if (refusal !== null) return refuse(refusal);
  while (!isFree(data)) await pause(lookEveryMs / 5);
  return ok();
}

/** undefined: none came. */
async function answerTo(data: string, id: string): Promise<Refusal | null | undefined> {
  for (let waited = 0; waited < answerWithinMs; waited += lookEveryMs / 5) {
    await pause(lookEveryMs / 5);
    if (!existsSync(answeredFile(data))) continue;
    const answered = answeredSchema.safeParse(readJson(await readFile(answeredFile(data), 'utf8')));
    if (!answered.success || answered.data.id !== id) continue;
    await rm(answeredFile(data), { force: true });
    return answered.data.refusal;
  }
  return undefined;
}

function isSite(data: string): boolean {
  const file = join(data, 'node.json');
  if (!existsSync(file)) return false;
  return z.object({ role: z.literal('site') }).safeParse(readJson(readFileSync(file, 'utf8'))).success;
}

/** Nobody uses it now. */
function isFree(data: string): boolean {
  const folder = openDataFolder(data);
  if (folder.ok) folder.value.release();
  return folder.ok;
}
