import { join } from 'node:path';

/** A started role. */
export interface Running {
  readonly port: number;
  readonly exchangePort: number;
  close(): Promise<void>;
}

/** Where the built screens lie. */
export function screensFolder(...parts: string[]): string {
  return join(import.meta.dirname, '..', '..', 'dist', ...parts);
}
