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
