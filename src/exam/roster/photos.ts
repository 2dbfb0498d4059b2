/** Candidates' photos: pictures named by the admission number, in whatever folders. */
import { toBase64 } from '../../base/bytes.ts';
import type { RowError } from './roster.ts';

export const photoTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;

export interface Photo {
  readonly content: Uint8Array;
  readonly mediaType: (typeof photoTypes)[number];
}

/** Bytes: a passport photo of 600 × 800 points takes a third of it. A room's thousand photos travel with its exam. */
export const photoLimit = 200 * 1024;

/** @param files by name. @returns photos by admission number; `line` of an error is 0: it is none of a table. */
export function readPhotos(
  files: ReadonlyMap<string, Uint8Array>,
  numbers: ReadonlySet<string>,
): { readonly photos: ReadonlyMap<string, Photo>; readonly errors: readonly RowError[] } {
  const photos = new Map<string, Photo>();
  const errors: RowError[] = [];
  for (const [name, content] of files) {
    const wrong = (reason: RowError['reason']): void => {
      errors.push({ line: 0, column: '', value: name, reason });
    };
    const number = photoNumber(name);
    const mediaType = typeOf(content);
    if (mediaType === null) wrong({ type: 'photo-not-a-picture' });
    else if (content.length > photoLimit) wrong({ type: 'photo-too-large', limit: photoLimit });
    else if (!numbers.has(number)) wrong({ type: 'photo-of-nobody' });
    else if (photos.has(number)) wrong({ type: 'photo-twice' });
    else photos.set(number, { content, mediaType });
  }
  return { photos, errors };
}

/** The admission number that a file's name says. */
export function photoNumber(name: string): string {
  return (name.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '');
}

/** For a screen: small enough to go with the text. */
export function photoUrl(mediaType: string, content: Uint8Array): string {
  return `data:${mediaType};base64,${toBase64(content)}`;
}

/** By its first bytes: a name says nothing. */
function typeOf(content: Uint8Array): Photo['mediaType'] | null {
  const start = Buffer.from(content.subarray(0, 12)).toString('latin1');
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (start.startsWith('RIFF') && start.slice(8) === 'WEBP') return 'image/webp';
  return null;
}
