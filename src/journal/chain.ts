/** The hash chain: making the next entry, and judging whether a given one is it. Pure. */
import { fromHex, utf8, concatBytes } from '../base/bytes.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { ok, refuse, type Result } from '../base/result.ts';
import { sha256Hex } from '../trust/digest.ts';
import {
  firstPrev,
  type Draft,
  type Entry,
  type Head,
  type Header,
  type Place,
  type StoredEntry,
} from './entry.ts';

export interface Linked {
  readonly header: Header;
  readonly stored: StoredEntry;
  readonly hash: string;
}

/** @param salt 32 hexadecimal digits, random: without it a short payload could be guessed from its digest. */
export function nextEntry(draft: Draft, place: Place, prev: string | null, at: number, salt: string): Linked {
  // An entry that nobody could read again must not come into being.
  if (!Number.isSafeInteger(at)) throw new RangeError(`not whole milliseconds: ${at}`);
  const payload = draft.payload === undefined ? null : JSON.stringify(draft.payload);
  const header: Header = {
    v: 1,
    ...place,
    kind: draft.kind,
    subject: draft.subject,
    at,
    prev: prev ?? firstPrev,
    pay: payload === null ? null : payloadDigest(salt, payload),
    ...(draft.again === undefined ? {} : { again: draft.again }),
    data: draft.data as Header['data'],
  };
  const text = JSON.stringify(header);
  return {
    header,
    stored: { header: text, salt: payload === null ? null : salt, payload },
    hash: sha256Hex(text),
  };
}

export function payloadDigest(salt: string, payload: string): string {
  return sha256Hex(concatBytes(fromHex(salt), utf8(payload)));
}

export type Misfit = 'gap' | 'fork' | 'broken';

/**
 * Does this entry come next after `head`? An entry that is there already is `known`.
 * `gap`: something before it is missing. `fork`: another entry claims the same place. `broken`: its own hashes do not hold, or what must come with it was left out.
 */
export function link(
  stored: StoredEntry,
  header: Header,
  head: Head | null,
  hashAt: (seq: number) => string | null,
): Result<Linked | 'known', { type: Misfit }> {
  const hash = sha256Hex(stored.header);
  const seq = head?.seq ?? 0;
  if (header.seq <= seq) return hashAt(header.seq) === hash ? ok('known') : refuse({ type: 'fork' });
  if (header.seq > seq + 1) return refuse({ type: 'gap' });
  if (header.prev !== (head?.hash ?? firstPrev)) return refuse({ type: 'fork' });
  return payloadFits(stored, header.pay) ? ok({ header, stored, hash }) : refuse({ type: 'broken' });
}

/** A payload may be missing (erased, or sealed for somebody else), but never another than the header says, and always JSON. */
export function payloadFits({ salt, payload }: StoredEntry, pay: string | null): boolean {
  if (payload === null) return salt === null || pay !== null;
  if (pay === null || salt === null || !/^[0-9a-f]{32}$/.test(salt)) return false;
  return payloadDigest(salt, payload) === pay && isJson(payload);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The entry as rules and screens see it. */
export function toEntry({ header, stored, hash }: Linked): Entry {
  return {
    place: { origin: header.origin, epoch: header.epoch, seq: header.seq },
    kind: header.kind,
    subject: header.subject,
    at: header.at,
    data: header.data as JsonObject,
    hash,
    ...(header.again === undefined ? {} : { again: header.again }),
    ...(stored.payload === null ? {} : { payload: JSON.parse(stored.payload) as JsonValue }),
  };
}
