/**
 * Joins recordings that a browser made one after the other into one that plays as one. A browser writes WebM as a live stream: header, tracks, clusters
 * of blocks, each cluster with its time (EBML: RFC 8794; Matroska: RFC 9559). Clusters of later parts get later times; the sound itself is not touched.
 */
import { concatBytes } from '../../base/bytes.ts';

const ids = {
  header: 0x1a45dfa3,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
} as const;
/** Of what may follow a cluster whose size is not written: SeekHead, Info, Tracks, Cluster, Cues, Attachments, Chapters, Tags. */
const inSegment = new Set([
  0x114d9b74,
  ids.info,
  ids.tracks,
  ids.cluster,
  0x1c53bb6b,
  0x1941a469,
  0x1043a770,
  0x1254c367,
]);
const unknownSize = Uint8Array.of(0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
/** Nanoseconds in which browsers count: milliseconds. */
const millisecond = 1_000_000;
/** Of a block with none before it to compare it with, ms: the longest that browsers make. */
const usualBlockMs = 60;

/** A week. */
const longestMs = 7 * 86_400_000;

/** `start` of its identifier, `data` and `end` of what is inside; offsets in the file. */
interface Element {
  readonly id: number;
  readonly start: number;
  readonly data: number;
  readonly end: number;
}

interface Cluster {
  readonly at: number;
  readonly blocks: Uint8Array[];
}

interface Part {
  readonly head: Uint8Array;
  readonly track: number;
  readonly clusters: readonly Cluster[];
  /** When its sound is over, ms. */
  readonly ms: number;
}

export function startsAsWebm(content: Uint8Array): boolean {
  return headAt(content, 0)?.id === ids.header;
}

/**
 * @param parts each from its recorder's first byte on; a last element that was cut off is left out. One part stays as it is, byte for byte. Parts that
 * are not what a browser writes are put one behind the other as they are: whoever marks may still get at them.
 */
export function joinWebm(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const read = parts.map(readPart);
  const [first] = read;
  if (!first || read.includes(null)) return concatBytes(...parts);
  const joined: Uint8Array[] = [first.head];
  let offset = 0;
  for (const { track, clusters, ms } of read.filter((part) => part !== null)) {
    for (const { at, blocks } of clusters)
      joined.push(
        Uint8Array.of(0x1f, 0x43, 0xb6, 0x75),
        unknownSize,
        timestamp(at + offset),
        ...(track === first.track ? blocks : blocks.map((block) => onTrack(block, first.track))),
      );
    offset += ms;
  }
  return concatBytes(...joined);
}

function readPart(bytes: Uint8Array): Part | null {
  const [header, segment] = childrenOf(bytes, 0, bytes.length);
  if (header?.id !== ids.header || segment?.id !== ids.segment) return null;
  const children = childrenOf(bytes, segment.data, segment.end);
  const inside = (parent: Element | undefined, id: number): Element[] =>
    parent ? childrenOf(bytes, parent.data, parent.end).filter((child) => child.id === id) : [];
  const info = children.find(({ id }) => id === ids.info);
  const tracks = children.find(({ id }) => id === ids.tracks);
  const [scale] = inside(info, ids.timestampScale);
  const [entry, second] = inside(tracks, ids.trackEntry);
  const [track] = inside(entry, ids.trackNumber);
  if (!info || !tracks || !track || second || (scale && uint(bytes, scale) !== millisecond)) return null;
  const times: number[] = [];
  const clusters = children
    .filter(({ id }) => id === ids.cluster)
    .map((cluster) => readCluster(bytes, cluster, times));
  // No recording lasts so long: whoever wrote it did not count.
  if (clusters.some(({ at }) => at > longestMs)) return null;
  const [last = 0, before] = times.toSorted((a, b) => b - a);
  const block = before === undefined || before === last ? usualBlockMs : last - before;
  return {
    head: concatBytes(
      bytes.subarray(0, header.end),
      Uint8Array.of(0x18, 0x53, 0x80, 0x67),
      unknownSize,
      bytes.subarray(info.start, info.end),
      bytes.subarray(tracks.start, tracks.end),
    ),
    track: uint(bytes, track),
    clusters,
    ms: times.length === 0 ? 0 : Math.max(0, last + block),
  };
}

/** @param times takes the time of each block, ms. */
function readCluster(bytes: Uint8Array, cluster: Element, times: number[]): Cluster {
  const children = childrenOf(bytes, cluster.data, cluster.end);
  const stamp = children.find(({ id }) => id === ids.timestamp);
  const at = stamp ? uint(bytes, stamp) : 0;
  const blocks: Uint8Array[] = [];
  for (const child of children) {
    const block = blockIn(bytes, child);
    if (!block || block.end - block.data < 4) continue;
    // The track's number, one byte in a file of one track, and then a signed time within the cluster.
    times.push(at + new DataView(bytes.buffer, bytes.byteOffset + block.data + 1, 2).getInt16(0));
    blocks.push(bytes.subarray(child.start, child.end));
  }
  return { at, blocks };
}

function blockIn(bytes: Uint8Array, element: Element): Element | undefined {
  if (element.id === ids.simpleBlock) return element;
  if (element.id !== ids.blockGroup) return undefined;
  return childrenOf(bytes, element.data, element.end).find(({ id }) => id === ids.block);
}

function onTrack(given: Uint8Array, track: number): Uint8Array {
  const element = given.slice();
  const [outer] = childrenOf(element, 0, element.length);
  const block = outer && blockIn(element, outer);
  if (block) element[block.data] = 0x80 | track;
  return element;
}

function timestamp(ms: number): Uint8Array {
  const element = new Uint8Array(10);
  element.set([ids.timestamp, 0x88]);
  new DataView(element.buffer).setBigUint64(2, BigInt(ms));
  return element;
}

/** Whole ones; of a segment or a cluster that is cut off, what there is. */
function childrenOf(bytes: Uint8Array, from: number, to: number): Element[] {
  const found: Element[] = [];
  for (let at = from; at < to;) {
    const head = headAt(bytes, at);
    if (!head) break;
    const { id, data, size } = head;
    const open = id === ids.segment || id === ids.cluster;
    if (size === null && !open) break;
    let end = size === null ? (id === ids.cluster ? endOfCluster(bytes, data, to) : to) : data + size;
    if (end > to) {
      if (!open) break;
      end = to;
    }
    found.push({ id, start: at, data, end });
    at = end;
  }
  return found;
}

/** Of a cluster whose size is not written: where the next part of the segment begins. */
function endOfCluster(bytes: Uint8Array, data: number, to: number): number {
  let at = data;
  while (at < to) {
    const head = headAt(bytes, at);
    if (!head || head.size === null || inSegment.has(head.id)) return at;
    at = head.data + head.size;
  }
  return to;
}

/** `size` null: unknown. @returns null when the bytes end before its contents begin. */
function headAt(bytes: Uint8Array, at: number): { id: number; data: number; size: number | null } | null {
  const idLength = lengthOf(bytes, at);
  const sizeAt = at + idLength;
  const sizeLength = lengthOf(bytes, sizeAt);
  const data = sizeAt + sizeLength;
  if (idLength > 4 || sizeLength > 8 || data > bytes.length) return null;
  const digits = bytes.slice(sizeAt, data);
  const mask = 0xff >> sizeLength;
  digits[0] = (digits[0] ?? 0) & mask;
  const unknown = digits.every((digit, i) => digit === (i === 0 ? mask : 0xff));
  return { id: number(bytes.subarray(at, sizeAt)), data, size: unknown ? null : number(digits) };
}

/** Bytes of a number whose first byte tells it by its leading zeros. */
function lengthOf(bytes: Uint8Array, at: number): number {
  return Math.clz32(bytes[at] ?? 0) - 23;
}

function uint(bytes: Uint8Array, { data, end }: Element): number {
  return number(bytes.subarray(data, end));
}

function number(digits: Uint8Array): number {
  return digits.reduce((value, digit) => value * 256 + digit, 0);
}
