/**
 * Questions and answers of multicast DNS (RFC 1035, 6762), as far as a search for printers and scanners needs them. Anybody in the network may
 * answer: whatever is not quite right is no message at all.
 */

/** RFC 6762, 17: the largest that may be sent. */
export const datagramLimit = 9_000;
const mostRecords = 200;
/** RFC 1035, 2.3.4: with its lengths. */
const mostNameBytes = 255;
const mostLabelBytes = 63;
/** Strings of one TXT record; printers have some twenty. */
const mostTexts = 100;

export const recordTypes = { a: 1, ptr: 12, txt: 16, srv: 33 } as const;
const internet = 1;

/** Labels of a name; they may hold dots and blanks themselves. */
export type Name = readonly string[];

export type DnsRecord =
  | { readonly is: 'a'; readonly name: Name; readonly address: string }
  | { readonly is: 'ptr'; readonly name: Name; readonly to: Name }
  | { readonly is: 'txt'; readonly name: Name; readonly texts: readonly Uint8Array[] }
  | { readonly is: 'srv'; readonly name: Name; readonly host: Name; readonly port: number };

export interface DnsQuestion {
  readonly name: Name;
  readonly type: (typeof recordTypes)[keyof typeof recordTypes];
}

/** @param id 16 bits, by which an answer to this question is known */
export function dnsQuestion(id: number, questions: readonly DnsQuestion[]): Uint8Array {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(id, 0);
  head.writeUInt16BE(questions.length, 4);
  return Buffer.concat([
    head,
    ...questions.flatMap(({ name, type }) => [nameBytes(name), shorts(type, internet)]),
  ]);
}

export function nameBytes(name: Name): Uint8Array {
  return Buffer.concat([
    ...name.flatMap((label) => {
      const bytes = Buffer.from(label);
      return [Buffer.of(bytes.length), bytes];
    }),
    Buffer.of(0),
  ]);
}

function shorts(...values: readonly number[]): Uint8Array {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [i, value] of values.entries()) bytes.writeUInt16BE(value, i * 2);
  return bytes;
}

class Malformed extends Error {}

/** Records of an answer to the question of this id. @returns null: it is none, or not well-formed. */
export function readAnswer(said: Uint8Array, id: number): readonly DnsRecord[] | null {
  if (said.length < 12 || said.length > datagramLimit) return null;
  const bytes = Buffer.from(said.buffer, said.byteOffset, said.length);
  const flags = bytes.readUInt16BE(2);
  // An answer (QR) to a plain question (opcode 0) that went well (rcode 0) and is whole (TC). Some answer with 0 for the id, as multicast does.
  const own = bytes.readUInt16BE(0);
  if ((own !== id && own !== 0) || (flags & 0xf80f) !== 0x8000 || (flags & 0x0200) !== 0) return null;
  const questions = bytes.readUInt16BE(4);
  const count = bytes.readUInt16BE(6) + bytes.readUInt16BE(8) + bytes.readUInt16BE(10);
  if (questions + count > mostRecords) return null;
  try {
    return records(bytes, questions, count);
  } catch (error) {
    if (error instanceof Malformed) return null;
    throw error;
  }
}

function records(bytes: Buffer, questions: number, count: number): DnsRecord[] {
  let at = 12;
  for (let i = 0; i < questions; i++) at = readName(bytes, at).end + 4;
  const found: DnsRecord[] = [];
  for (let i = 0; i < count; i++) {
    const { name, end } = readName(bytes, at);
    need(bytes, end, 10);
    const [type, kind, length] = [
      bytes.readUInt16BE(end),
      // The highest bit says that it is the only one of its name.
      bytes.readUInt16BE(end + 2) & 0x7fff,
      bytes.readUInt16BE(end + 8),
    ];
    const from = end + 10;
    need(bytes, from, length);
    at = from + length;
    const record = kind === internet ? readRecord(bytes, name, type, from, at) : null;
    if (record) found.push(record);
  }
  return found;
}

/** @returns null: of a kind that is not asked for */
function readRecord(bytes: Buffer, name: Name, type: number, from: number, end: number): DnsRecord | null {
  switch (type) {
    case recordTypes.a:
      if (end - from !== 4) throw new Malformed('address');
      return { is: 'a', name, address: [...bytes.subarray(from, end)].join('.') };
    case recordTypes.ptr:
      return { is: 'ptr', name, to: nameUpTo(bytes, from, end) };
    case recordTypes.srv:
      if (end - from < 7) throw new Malformed('service');
      return {
        is: 'srv',
        name,
        port: bytes.readUInt16BE(from + 4),
        host: nameUpTo(bytes, from + 6, end),
      };
    case recordTypes.txt:
      return { is: 'txt', name, texts: readTexts(bytes, from, end) };
    default:
      return null;
  }
}

function nameUpTo(bytes: Buffer, from: number, end: number): Name {
  const read = readName(bytes, from);
  if (read.end !== end) throw new Malformed('name');
  return read.name;
}

function readTexts(bytes: Buffer, from: number, end: number): Uint8Array[] {
  const texts: Uint8Array[] = [];
  for (let at = from; at < end;) {
    const length = bytes[at] as number;
    if (at + 1 + length > end || texts.length >= mostTexts) throw new Malformed('text');
    texts.push(bytes.subarray(at + 1, at + 1 + length));
    at += 1 + length;
  }
  return texts;
}

/**
 * A name may go on at a place that was read before (RFC 1035, 4.1.4). Each of its parts lies before the one that points to it, so it comes to an end.
 * @returns `end`: behind it, where it stands
 */
function readName(bytes: Buffer, from: number): { name: Name; end: number } {
  const name: string[] = [];
  let [at, before, size] = [from, from, 1];
  let end: number | null = null;
  for (;;) {
    need(bytes, at, 1);
    const length = bytes[at] as number;
    if ((length & 0xc0) === 0xc0) {
      need(bytes, at, 2);
      const to = bytes.readUInt16BE(at) & 0x3fff;
      end ??= at + 2;
      if (to >= before) throw new Malformed('pointer');
      [at, before] = [to, to];
      continue;
    }
    if (length > mostLabelBytes) throw new Malformed('label');
    if (length === 0) return { name, end: end ?? at + 1 };
    need(bytes, at + 1, length);
    size += length + 1;
    if (size > mostNameBytes) throw new Malformed('name');
    name.push(bytes.toString('utf8', at + 1, at + 1 + length));
    at += 1 + length;
  }
}

function need(bytes: Buffer, at: number, length: number): void {
  if (at + length > bytes.length) throw new Malformed('cut short');
}
