/** Which sides of a sheet are expected back. Browser-safe. */
import { comesBack } from './composition.ts';
import type { SheetKind } from './sheet-code.ts';

/**
 * Of a sheet that belongs to a kit and is written on. An additional sheet is expected once it was given to somebody: until then nobody
 * misses it.
 */
export function isExpected({
  kind,
  kit,
}: {
  readonly kind: SheetKind;
  readonly kit: string | null;
}): boolean {
  return kit !== null && comesBack(kind);
}
