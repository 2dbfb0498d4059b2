/**
 * A parcel whose parts lie sealed somewhere already: nothing is copied to give it out. The same heading and parts come to the same bytes, so
 * that whoever was cut off goes on where that was, also after a restart.
 */
import { Readable } from 'node:stream';
import { signJws } from '../trust/jws.ts';
import { archiveName, parcelTyp, type Manifest, type ParcelHeading, type ParcelSender } from './parcel.ts';
import { padding, tarEnd, tarHeader } from './tar.ts';

export interface SealedPart {
  readonly name: string;
  /** Of the sealed bytes. */
  readonly size: number;
  readonly sha256: string;
  readonly sealedTo: readonly string[];
  content(): Promise<AsyncIterable<Uint8Array>>;
}

export interface SealedParcel {
  readonly manifest: Manifest;
  readonly size: number;
  /** @param start of its first byte; until the end. */
  from(start: number): Promise<Readable>;
}

interface Piece {
  readonly size: number;
  content(): Promise<AsyncIterable<Uint8Array>>;
}

export function sealedParcel(
  heading: ParcelHeading,
  parts: readonly SealedPart[],
  sender: ParcelSender,
): SealedParcel {
  const listed = parts.map(({ name, size, sha256, sealedTo }) => ({
    name,
    size,
    sha256,
    sealedTo: [...sealedTo],
  }));
  const manifest: Manifest = { v: 1, ...heading, from: sender.name, parts: listed };
  const jws = Buffer.from(signJws(parcelTyp, manifest, sender.key, { chain: sender.chain }));
  const pieces: Piece[] = [
    ...parts.flatMap((part) => [
      bytes(tarHeader(archiveName(part), part.size)),
      part,
      bytes(padding(part.size)),
    ]),
    bytes(Buffer.concat([tarHeader('manifest.jws', jws.length), jws, padding(jws.length), tarEnd])),
  ];
  return {
    manifest,
    size: pieces.reduce((sum, { size }) => sum + size, 0),
    from: (start) => Promise.resolve(Readable.from(bytesFrom(pieces, start), { objectMode: false })),
  };
}

function bytes(content: Buffer): Piece {
  return { size: content.length, content: () => Promise.resolve(only(content)) };
}

async function* only(content: Uint8Array): AsyncGenerator<Uint8Array> {
  if (content.length > 0) yield content;
}

/** Pieces before the place are not opened; the one in which it lies is read from its beginning, as stores give out whole contents. */
async function* bytesFrom(pieces: readonly Piece[], start: number): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const piece of pieces) {
    const end = at + piece.size;
    if (end > start) {
      let here = at;
      for await (const chunk of await piece.content()) {
        if (here + chunk.length > start) yield chunk.subarray(Math.max(0, start - here));
        here += chunk.length;
      }
      if (here !== end) throw new Error('a part of a parcel is not as long as its manifest says');
    }
    at = end;
  }
}
