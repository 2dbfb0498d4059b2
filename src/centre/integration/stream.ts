import { Readable } from 'node:stream';
import { utf8 } from '../../base/bytes.ts';

/**
 * As an answer's body: nothing is read before somebody takes it, and what reads stops when nobody does any more.
 * @param onError what goes wrong behind the beginning can only break the answer off
 */
export function toStream(
  parts: AsyncIterable<Uint8Array | string>,
  onError: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  return Readable.toWeb(Readable.from(bytesOf(parts, onError))) as ReadableStream<Uint8Array>;
}

async function* bytesOf(
  parts: AsyncIterable<Uint8Array | string>,
  onError: (error: unknown) => void,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const part of parts) yield typeof part === 'string' ? utf8(part) : part;
  } catch (error) {
    onError(error);
    throw error;
  }
}

/** What comes in, until nothing has come for so long: a connection that is dead and does not say so holds nobody up. */
export function untilSilent(body: ReadableStream<Uint8Array>, ms: number): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let silent = false;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const timer = setTimeout(() => {
        silent = true;
        void reader.cancel().catch(() => undefined);
      }, ms);
      try {
        const { done, value } = await reader.read();
        // What was broken off must not look like a file that ends here.
        if (silent) controller.error(new Error('nothing came any more'));
        else if (done) controller.close();
        else controller.enqueue(value);
      } finally {
        clearTimeout(timer);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
