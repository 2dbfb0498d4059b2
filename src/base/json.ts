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

export type JsonObject = { readonly [key: string]: JsonValue };

/** Made unchangeable through and through: whoever asks next may get the same. @returns the value itself */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
