/** A page that does to its thread what a decoder with a fault could: by its first letter. */
import type { PageTask } from './page-worker.ts';
import { badImage } from './recognised-page.ts';

export default async function misbehave({ bytes }: PageTask): Promise<unknown> {
  const what = String.fromCharCode(bytes[0] ?? 0);
  if (what === 'd') process.exit(7);
  if (what === 'h') for (;;) Math.sqrt(2);
  if (what === 't') throw new Error('a fault of the decoder');
  if (what === 'm') for (const all: unknown[] = []; ;) all.push(Array.from({ length: 100_000 }, () => ({})));
  return badImage({ type: 'image-empty' });
}
