/** Cursors: where a page ended, by the values that its rows are ordered by. Whoever is given one gives it back and reads nothing in it. */
import * as z from 'zod';
import { fromBase64Url, fromUtf8, toBase64Url, utf8 } from '../../base/bytes.ts';
import { refuse, ok, type Result } from '../../base/result.ts';

export type Place = readonly (string | number)[];

export function cursorOf(place: Place): string {
  return toBase64Url(utf8(JSON.stringify(place)));
}

/** @returns null where there is none: from the beginning. */
export function placeOf<S extends z.ZodType<Place>>(
  cursor: string | undefined,
  schema: S,
): Result<z.output<S> | null> {
  if (cursor === undefined) return ok(null);
  const read = schema.safeParse(jsonIn(cursor));
  return read.success ? ok(read.data) : refuse({ type: 'api-bad-cursor' });
}

function jsonIn(cursor: string): unknown {
  try {
    return JSON.parse(fromUtf8(fromBase64Url(cursor)));
  } catch {
    return null;
  }
}

export interface Paged<T> {
  readonly rows: T[];
  readonly cursor: string | null;
  readonly more: boolean;
}

/** @param found one more than the page has, where there are more. @param from cursor that was given: where nothing was found, it stays. */
export function pageOf<R, T>(
  found: readonly R[],
  wanted: { readonly limit: number; readonly after?: string | undefined },
  placed: (row: R) => Place,
  view: (row: R) => T,
): Paged<T> {
  const shown = found.slice(0, wanted.limit);
  const last = shown.at(-1);
  return {
    rows: shown.map(view),
    cursor: last === undefined ? (wanted.after ?? null) : cursorOf(placed(last)),
    more: found.length > wanted.limit,
  };
}
