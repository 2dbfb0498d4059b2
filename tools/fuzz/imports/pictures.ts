/** Candidates' photos as they are put into printed sheets: PNG, JPEG and WebP, decoded. */
import type { FuzzedReader } from '../import.ts';
import { openReader } from '../reader.ts';
import { jpeg, png, webp } from '../samples.ts';

export const pictures: FuzzedReader = {
  name: 'pictures',
  stage: null,
  open: async () => ({ samples: [png, jpeg, webp], ...openReader('pictures') }),
};
