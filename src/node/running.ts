import { join } from 'node:path';

/** A started role. */
export interface Running {
  readonly port: number;
  readonly exchangePort: number;
  close(): Promise<void>;
}

/** Where the program lies, as it was installed: with `dist` and `node_modules`. */
export const programRoot = join(import.meta.dirname, '..', '..');

/** Where the built screens lie. */
export function screensFolder(...parts: string[]): string {
  return join(programRoot, 'dist', ...parts);
}
