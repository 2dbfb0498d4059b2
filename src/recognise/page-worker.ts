/** A page in a thread of its own: what a decoder does with a damaged file touches nobody else. */
import { recognisePage, type RecogniseOptions } from './recognise-page.ts';
import type { RecognisedPage } from './recognised-page.ts';

export interface PageTask {
  readonly bytes: Uint8Array;
  readonly options: RecogniseOptions;
}

export default function recognise({ bytes, options }: PageTask): Promise<RecognisedPage> {
  return recognisePage(bytes, options);
}
