import { toReadable } from './bytes.ts';

/** 80 random bits as 16 readable letters and digits: unique without asking anybody. */
export function newId(): string {
  return toReadable(randomBytes(10)).toLowerCase();
}

export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}
