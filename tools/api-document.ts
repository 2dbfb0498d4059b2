/** Writes `formats/integration-api/openapi.json`: what the centre says of its integration API. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiDocument } from '../src/centre/integration/document.ts';

const path = join(import.meta.dirname, '..', 'formats', 'integration-api', 'openapi.json');
writeFileSync(path, `${JSON.stringify(await apiDocument(), null, 2)}\n`);
