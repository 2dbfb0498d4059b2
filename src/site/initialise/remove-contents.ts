/** Taking an exam's contents from the disk: papers, packages, results and what rooms have begun to send. */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Site } from '../site.ts';

/** Of a site that is being initialised; gone when it is. */
export const initialisingSchema = z.object({ at: z.number().int(), rooms: z.array(z.string()) });
/** The rooms that were registered before, by the SHA-256 of their certificates: they are told why nobody knows them any more. */
const initialisedSchema = initialisingSchema;
const contentsGoSchema = z.literal(true);

export function beingInitialised({ node }: Pick<Site, 'node'>): boolean {
  return node.settings.read('initialising', initialisingSchema) !== null;
}

export function wasRoomBefore({ node }: Pick<Site, 'node'>, fingerprint: string): boolean {
  return ['initialising', 'initialised'].some((name) =>
    node.settings.read(name, initialisedSchema)?.rooms.includes(fingerprint),
  );
}

/** Inside the transaction in which what refers to the contents goes: a process that is killed after it removes them when it starts again. */
export function contentsShallGo({ node }: Pick<Site, 'node'>): void {
  node.settings.write('contents-go', true);
}

/** Does nothing where nothing is to go. */
export async function removeContents({ node }: Pick<Site, 'node'>): Promise<void> {
  if (node.settings.read('contents-go', contentsGoSchema) === null) return;
  const blobs = join(node.data, 'blobs');
  await rm(blobs, { recursive: true, force: true, maxRetries: 5 });
  await mkdir(blobs);
  await rm(join(node.data, 'paper-day'), { recursive: true, force: true, maxRetries: 5 });
  for (const name of await readdir(node.uploads)) await rm(join(node.uploads, name), { force: true });
  node.settings.remove('contents-go');
}
