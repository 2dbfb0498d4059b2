import { fromUtf8 } from './bytes.ts';

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** @returns undefined, which no JSON is, when this is none. Bytes that are not UTF-8 are none, either. */
export function jsonIn(text: string | Uint8Array): unknown {
  try {
    return JSON.parse(typeof text === 'string' ? text : fromUtf8(text));
  } catch {
    return undefined;
  }
}

/** Deeper than anything that is said here. */
const deepest = 100;

/** What is nested without end lets whoever follows it by calling himself run out of stack: asked before that. */
export function isShallow(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return false;
    level = level.flatMap((one) =>
      typeof one === 'object' && one !== null ? Object.values(one as object) : [],
    );
  }
  return true;
}

export type JsonObject = { readonly [key: string]: JsonValue };

/** Made unchangeable through and through: whoever asks next may get the same. @returns the value itself */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
