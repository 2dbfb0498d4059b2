/**
 * Messages of the Internet Printing Protocol (RFC 8010), as far as a client needs them. What comes from a printer is read strictly: lengths that
 * lead out of the message, or values of a wrong length, make it unreadable.
 */
import { ok, refuse, type Result } from '../../../base/result.ts';

export const groupTags = { operation: 1, job: 2, end: 3, printer: 4, unsupported: 5 } as const;

const valueTags = {
  integer: 0x21,
  boolean: 0x22,
  enum: 0x23,
  range: 0x33,
  textWithLanguage: 0x35,
  nameWithLanguage: 0x36,
  text: 0x41,
  name: 0x42,
  keyword: 0x44,
  uri: 0x45,
  charset: 0x47,
  naturalLanguage: 0x48,
  mimeMediaType: 0x49,
} as const;

type Syntax =
  | 'integer'
  | 'boolean'
  | 'text'
  | 'name'
  | 'keyword'
  | 'uri'
  | 'charset'
  | 'naturalLanguage'
  | 'mimeMediaType';
export type Attribute = readonly [
  syntax: Syntax,
  name: string,
  value: string | number | boolean | readonly string[],
];

/** A collection, a date or anything else that no caller asks for stands as null, in its place. */
export type IppValue = string | number | boolean | { readonly from: number; readonly to: number } | null;
export type Attributes = ReadonlyMap<string, readonly IppValue[]>;

export interface IppAnswer {
  readonly status: number;
  readonly requestId: number;
  readonly groups: readonly { readonly tag: number; readonly attributes: Attributes }[];
}

export function encodeRequest(
  operation: number,
  requestId: number,
  groups: readonly { readonly tag: number; readonly attributes: readonly Attribute[] }[],
): Uint8Array {
  const parts: Uint8Array[] = [bytes(2, 0), u16(operation), i32(requestId)];
  for (const { tag, attributes } of groups) {
    parts.push(bytes(tag));
    for (const [syntax, name, value] of attributes)
      (Array.isArray(value) ? value : [value]).forEach((one: string | number | boolean, i) => {
        // A further value of the same attribute has an empty name.
        parts.push(bytes(valueTags[syntax]), sized(Buffer.from(i === 0 ? name : '')), sized(encoded(one)));
      });
  }
  parts.push(bytes(groupTags.end));
  return new Uint8Array(Buffer.concat(parts));
}

/** The whole message, without anything after it. Refusal: `printer-unusable`. */
export function decodeAnswer(message: Uint8Array): Result<IppAnswer> {
  try {
    return ok(read(Buffer.from(message.buffer, message.byteOffset, message.length)));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refuse({ type: 'printer-unusable', problem: 'IPP' });
  }
}

function read(message: Buffer): IppAnswer {
  const status = message.readUInt16BE(2);
  const requestId = message.readInt32BE(4);
  const groups: { tag: number; attributes: Map<string, IppValue[]> }[] = [];
  let at = 8;
  let values: IppValue[] | null = null;
  /** Inside a collection (RFC 8010, 3.1.6) everything belongs to it. */
  let depth = 0;
  for (;;) {
    const tag = message.readUInt8(at++);
    if (tag === groupTags.end) return { status, requestId, groups };
    if (tag < 0x10) {
      groups.push({ tag, attributes: new Map() });
      values = null;
      depth = 0;
      continue;
    }
    const name = slice(message, at);
    at += 2 + name.length;
    const value = slice(message, at);
    at += 2 + value.length;
    if (tag === 0x37) depth--;
    if (depth === 0 && tag !== 0x37) {
      const group = groups.at(-1);
      if (!group) throw new RangeError('a value outside of every group');
      if (name.length > 0) {
        values = [];
        group.attributes.set(name.toString(), values);
      }
      if (!values) throw new RangeError('a further value of nothing');
      values.push(decoded(tag, value));
    }
    if (tag === 0x34) depth++;
  }
}

function slice(message: Buffer, at: number): Buffer {
  const length = message.readUInt16BE(at);
  if (at + 2 + length > message.length) throw new RangeError('cut short');
  return message.subarray(at + 2, at + 2 + length);
}

function decoded(tag: number, value: Buffer): IppValue {
  switch (tag) {
    case valueTags.integer:
    case valueTags.enum:
      return value.readInt32BE(0);
    case valueTags.boolean:
      return value.readUInt8(0) !== 0;
    case valueTags.range:
      return { from: value.readInt32BE(0), to: value.readInt32BE(4) };
    case valueTags.textWithLanguage:
    case valueTags.nameWithLanguage:
      return slice(value, 2 + value.readUInt16BE(0)).toString();
    default:
      return tag >= 0x40 && tag < 0x50 ? value.toString() : null;
  }
}

function encoded(value: string | number | boolean): Uint8Array {
  if (typeof value === 'number') return i32(value);
  return typeof value === 'boolean' ? bytes(value ? 1 : 0) : Buffer.from(value);
}

function sized(value: Uint8Array): Uint8Array {
  return Buffer.concat([u16(value.length), value]);
}

function bytes(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values);
}

function u16(value: number): Uint8Array {
  return bytes(value >> 8, value & 0xff);
}

function i32(value: number): Uint8Array {
  const made = Buffer.alloc(4);
  made.writeInt32BE(value);
  return made;
}
