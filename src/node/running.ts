import { join } from 'node:path';
import type { Refusal, Result } from '../base/result.ts';

/** Of a role that does not end unasked while it is needed. */
export interface Closing {
  /** Told to end: why not now, and it goes on; null: it may. */
  asked(): Refusal | null;
  /** Ends it all the same, once this is proven. @param by whoever did it, for the journal. */
  force(code: string | null, by: string): Promise<Result<void>>;
}

/** A started role. */
export interface Running {
  readonly port: number;
  readonly exchangePort: number;
  /** Not given: it ends whenever it is told. */
  readonly closing?: Closing;
  close(): Promise<void>;
}

/** Where the program lies, as it was installed: with `dist` and `node_modules`. */
export const programRoot = join(import.meta.dirname, '..', '..');

/** Where the built screens lie. */
export function screensFolder(...parts: string[]): string {
  return join(programRoot, 'dist', ...parts);
}
