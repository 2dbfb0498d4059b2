/** Every kind of question in a browser by itself; the kinds share the pages, which costs half of what pages of their own would. */
import { afterAll, beforeAll, describe } from 'vitest';
import { layOut, putAway } from './question.ts';

beforeAll(layOut);
afterAll(putAway);

describe('pairs', async () => {
  await import('./pairs.ts');
});
describe('places of a picture', async () => {
  await import('./pictures.ts');
});
describe('pairs on a picture', async () => {
  await import('./picture-pairs.ts');
});
describe('drawing', async () => {
  await import('./drawing.ts');
});
