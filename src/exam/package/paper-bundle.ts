/** A paper with its files as one run of bytes: what is sealed to the session key. Layout: length of the JSON (4 bytes, big-endian), JSON of the paper, the files in its order. */
import { concatBytes, fromUtf8, utf8, type Bytes } from '../../base/bytes.ts';
import type { Paper } from '../paper/model.ts';

export function packPaper(paper: Paper, files: ReadonlyMap<string, Uint8Array>): Bytes {
  const json = utf8(JSON.stringify(paper));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, json.length);
  return concatBytes(length, json, ...paper.files.map((file) => files.get(file.path) ?? missing(file.path)));
}

/** @returns the paper and its files by digest. The bundle was authenticated when it was unsealed. */
export function unpackPaper(bundle: Uint8Array): { paper: Paper; files: ReadonlyMap<string, Uint8Array> } {
  const length = new DataView(bundle.buffer, bundle.byteOffset).getUint32(0);
  const paper = JSON.parse(fromUtf8(bundle.subarray(4, 4 + length))) as Paper;
  const files = new Map<string, Uint8Array>();
  let at = 4 + length;
  for (const file of paper.files) {
    files.set(file.digest, bundle.subarray(at, at + file.size));
    at += file.size;
  }
  return { paper, files };
}

function missing(path: string): never {
  throw new Error(`paper file missing: ${path}`);
}
