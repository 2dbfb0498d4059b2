/** Proves entries whole that travel as lines (`entries.jsonl` of a room's result), without a database: the same rules as `verifyJournal`. */
import { ok, refuse, type Result } from '../base/result.ts';
import { sha256Hex } from '../trust/digest.ts';
import { payloadFits } from './chain.ts';
import { firstPrev, namedHeads, type Head, type Header, type StoredEntry } from './entry.ts';
import { verifySignedHead, type SignedBy } from './head.ts';
import { chainKey, readHeader } from './ledger.ts';
import { storedEntrySchema } from './segment.ts';
import { erasedSchema, notWhole, type WholeJournal } from './verify.ts';

export interface EntriesOptions {
  /** Heads that somebody trustworthy says were reached; entries behind them are welcome. */
  readonly heads?: readonly Head[];
  /** Signed heads, and by origin the keys (raw Ed25519, base64url) that must have signed them: the chain must end in one. */
  readonly signedHeads?: readonly string[];
  readonly signingKeys?: ReadonlyMap<string, SignedBy>;
}

/**
 * @param lines JSON objects `{header, salt, payload}`; every chain in its order, chains in any order.
 * @returns refusal `journal-not-whole` as from `verifyJournal`; `entries-unreadable` with the line.
 */
export function verifyEntries(lines: Iterable<string>, options: EntriesOptions = {}): Result<WholeJournal> {
  const chains = new Map<string, string[]>();
  const heads = new Map<string, Head>();
  const named: Head[] = [];
  const withoutPayload: Header[] = [];
  const erasures = new Set<string>();
  let entries = 0;
  for (const line of lines) {
    const stored = readLine(line);
    const header = stored && readHeader(stored);
    if (!header) return refuse({ type: 'entries-unreadable', line: entries + 1 });
    const before = heads.get(chainKey(header));
    const due = (before?.seq ?? 0) + 1;
    if (header.seq !== due)
      return notWhole({ ...header, seq: due }, header.seq > due ? 'missing' : 'misplaced');
    if (header.prev !== (before?.hash ?? firstPrev)) return notWhole(header, 'chain-broken');
    if (header.pay === null && stored.payload !== null) return notWhole(header, 'payload-added');
    if (!payloadFits(stored, header.pay)) return notWhole(header, 'payload-changed');
    if (header.pay !== null && stored.payload === null) withoutPayload.push(header);
    if (header.kind === 'erased')
      for (const one of erasedSchema.safeParse(header.data).data?.entries ?? [])
        erasures.add(`${chainKey(one)} ${one.seq}`);
    named.push(...namedHeads(header));
    const head = {
      origin: header.origin,
      epoch: header.epoch,
      seq: header.seq,
      hash: sha256Hex(stored.header),
    };
    heads.set(chainKey(head), head);
    if (before) chains.get(chainKey(head))?.push(head.hash);
    else chains.set(chainKey(head), [head.hash]);
    entries++;
  }
  const taken = withoutPayload.find((header) => !erasures.has(`${chainKey(header)} ${header.seq}`));
  if (taken) return notWhole(taken, 'payload-missing');
  const signed = readSignedHeads(options);
  if (!signed.ok) return signed;
  const reached = [
    ...signed.value.map((head) => ({
      head,
      missing: 'missing-below-signed-head',
      other: 'not-what-was-signed',
    })),
    ...[...named, ...(options.heads ?? [])].map((head) => ({
      head,
      missing: 'missing-below-named-head',
      other: 'not-what-was-named',
    })),
  ];
  for (const { head, missing, other } of reached) {
    const chain = chains.get(chainKey(head)) ?? [];
    const there = chain[head.seq - 1];
    if (there === undefined) return notWhole({ ...head, seq: chain.length + 1 }, missing);
    if (there !== head.hash) return notWhole(head, other);
  }
  for (const head of heads.values()) {
    if (!options.signingKeys?.has(head.origin)) continue;
    const newest = Math.max(
      0,
      ...signed.value.filter((one) => chainKey(one) === chainKey(head)).map(({ seq }) => seq),
    );
    if (newest < head.seq) return notWhole({ ...head, seq: newest + 1 }, 'added-after-signed-head');
  }
  return ok({
    entries,
    chains: heads.size,
    erased: withoutPayload.length,
    signedHeads: signed.value.length,
    heads: [...heads.values()],
  });
}

function readLine(line: string): StoredEntry | null {
  try {
    const parsed = storedEntrySchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** A head that no given key signed proves nothing, and is itself a sign that somebody tampered. */
function readSignedHeads({ signedHeads = [], signingKeys }: EntriesOptions): Result<Head[]> {
  const read: Head[] = [];
  for (const jws of signedHeads) {
    const said = [...(signingKeys ?? [])]
      .map(([origin, key]) => ({ origin, head: verifySignedHead(jws, key) }))
      .find(({ origin, head }) => head.ok && head.value.origin === origin)?.head;
    if (!said?.ok) return refuse({ type: 'head-signature-does-not-hold', number: read.length + 1 });
    read.push(said.value);
  }
  return ok(read);
}
