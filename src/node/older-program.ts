/** Is this program older than what the centre gives out? Said where somebody looks anyway, never in the middle of a session, and nothing is replaced by itself. */
import { compareVersions } from '../base/version.ts';
import type { Refusal } from '../base/result.ts';
import { programVersion } from './indicators.ts';

/**
 * @param newest of this role; null: not known, or none is given out
 * @returns why it is told; null: there is nothing newer
 */
export function olderProgram(newest: string | null, own: string = programVersion): Refusal | null {
  return newest !== null && compareVersions(own, newest) < 0 ? { type: 'program-older', own, newest } : null;
}
