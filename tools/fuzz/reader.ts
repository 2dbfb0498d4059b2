/**
 * A reader of the program that needs no exam, in a thread of its own with little memory: one that hangs or needs more is seen from outside
 * and replaced.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Refusal } from '../../src/base/result.ts';
import { Broken } from './attempt.ts';
import type { Take } from './import.ts';

export type ReadOutcome = { readonly refusal: Refusal | null } | { readonly problem: string };

const memoryMb = 400;

export interface Reader {
  readonly take: Take;
  close(): Promise<void>;
}

/** @param name of a reader in `readers.ts` @param more what it needs beside the file */
export function openReader(name: string, more: unknown = null): Reader {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-reader-'));
  let worker: Worker | null = null;
  const start = (): Worker =>
    new Worker(new URL('readers.ts', import.meta.url), {
      workerData: { name, folder, more },
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
  return {
    async take(file) {
      const here = (worker ??= start());
      const outcome = await new Promise<ReadOutcome>((resolve) => {
        const onMessage = (said: ReadOutcome): void => done(said);
        const onError = (error: Error): void => {
          worker = null;
          done({ problem: `it ended: ${error.message}` });
        };
        const done = (said: ReadOutcome): void => {
          here.off('message', onMessage);
          here.off('error', onError);
          resolve(said);
        };
        here.on('message', onMessage);
        here.on('error', onError);
        here.postMessage(file);
      });
      if ('problem' in outcome) throw new Broken(outcome.problem);
      const left = readdirSync(folder).filter((one) => one !== 'file');
      if (left.length > 0) throw new Broken(`it left ${left.join(', ')}`);
      return outcome.refusal;
    },
    async close() {
      await worker?.terminate();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
