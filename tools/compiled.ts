/** Where Node keeps what it has compiled, as `bin/invigil.mjs` says it: whoever starts the program in another way does the same. */
import { join } from 'node:path';

export const compileCache = {
  NODE_COMPILE_CACHE: join(import.meta.dirname, '..', 'node_modules', '.cache', 'compiled'),
};
