/** Proves what the centre keeps of a room: every part as listed, every result a whole parcel of this room, every chain whole up to its head. */
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ok, refuse, type Result } from '../base/result.ts';
import {
  roomEvidenceContents,
  roomEvidenceSchema,
  type RoomEvidence,
} from '../exam/package/room-evidence.ts';
import { receiptSchema, receiptTyp, roomRecordSchema } from '../exam/package/room-result.ts';
import { link } from '../journal/chain.ts';
import { readEntries } from '../journal/entries-file.ts';
import type { Head } from '../journal/entry.ts';
import { HeldBuilder, verifyHeld } from '../journal/held.ts';
import { chainKey, readHeader } from '../journal/ledger.ts';
import { openParcel, verifyParcel, type Manifest, type Opened } from '../parcel/parcel.ts';
import { fileSha256Hex } from '../trust/digest.ts';
import { verifyJws } from '../trust/jws.ts';

export interface WholeEvidence {
  readonly contents: RoomEvidence;
  readonly entries: number;
  /** Results whose entries the room signed one by one. */
  readonly held: number;
  /** Chains of which the centre's journal has another copy than the results. */
  readonly differing: number;
}

export async function verifyRoomEvidence(
  file: string,
  manifest: Manifest,
  roots: readonly string[],
): Promise<Result<WholeEvidence>> {
  const scratch = await mkdtemp(join(tmpdir(), 'invigil-evidence-'));
  try {
    const opened = await openParcel(file, {
      trust: { roots, at: null },
      identities: [],
      recipient: '',
      staging: join(scratch, 'parts'),
      expect: { kind: 'room-evidence', to: manifest.to, project: null, mode: null },
    });
    return opened.ok ? await verifyParts(opened.value, roots) : opened;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function verifyParts(
  { parts, certificates }: Opened,
  roots: readonly string[],
): Promise<Result<WholeEvidence>> {
  if (certificates.length > 0)
    return refuse({ type: 'untrusted-sender', code: certificates[0]?.subject.code ?? '' });
  const fileOf = (part: string): string => parts.get(part)?.file ?? '';
  const missing = (part: string): Result<never> => refuse({ type: 'evidence-part-missing', part });
  if (!parts.has(roomEvidenceContents)) return missing(roomEvidenceContents);
  const parsed = roomEvidenceSchema.safeParse(jsonOf(await readFile(fileOf(roomEvidenceContents), 'utf8')));
  if (!parsed.success) return refuse({ type: 'evidence-unreadable', part: roomEvidenceContents });
  const contents = parsed.data;
  const listed = new Set(contents.digests.map(({ part }) => part));
  const unlisted = [...parts.keys()].find((part) => part !== roomEvidenceContents && !listed.has(part));
  if (unlisted !== undefined) return missing(unlisted);
  for (const { part, sha256, size } of contents.digests) {
    if (!parts.has(part)) return missing(part);
    if ((await fileSha256Hex(fileOf(part))) !== sha256 || (await stat(fileOf(part))).size !== size)
      return refuse({ type: 'evidence-altered', part });
  }
  let entries = 0;
  let held = 0;
  const ends = new Map<string, Head>();
  for (const result of contents.results) {
    const { parcel, record, entries: lines, held: word } = result;
    for (const part of [parcel, record, lines, ...(word === null ? [] : [word])])
      if (!listed.has(part)) return missing(part);
    const one = await verifyResult(contents, result, fileOf, roots);
    if (!one.ok) return one;
    entries += one.value.entries;
    if (result.held !== null) held++;
    for (const head of one.value.heads) {
      const before = ends.get(chainKey(head));
      if (!before || before.seq < head.seq) ends.set(chainKey(head), head);
    }
  }
  if (!listed.has(contents.journal.part)) return missing(contents.journal.part);
  const copies = await chainsIn(fileOf(contents.journal.part), contents.journal.part, (head) => {
    const end = ends.get(chainKey(head));
    return end?.seq === head.seq && end.hash !== head.hash;
  });
  if (!copies.ok) return copies;
  for (const head of contents.journal.heads) {
    const there = copies.value.heads.get(chainKey(head));
    if (there?.seq !== head.seq || there.hash !== head.hash)
      return refuse({ type: 'evidence-entries-wrong', part: contents.journal.part });
  }
  return ok({ contents, entries, held, differing: copies.value.noticed });
}

async function verifyResult(
  { session, room, project }: RoomEvidence,
  result: RoomEvidence['results'][number],
  fileOf: (part: string) => string,
  roots: readonly string[],
): Promise<Result<{ entries: number; heads: readonly Head[] }>> {
  const parcel = fileOf(result.parcel);
  if ((await fileSha256Hex(parcel)) !== result.digest)
    return refuse({ type: 'evidence-altered', part: result.parcel });
  const inner = await verifyParcel(parcel, { roots, at: null });
  if (!inner.ok) return inner;
  const { manifest } = inner.value;
  const ofRoom = manifest.kind === 'room-result' && manifest.from.code === room;
  if (!ofRoom || manifest.session !== session || manifest.project !== project)
    return refuse({ type: 'evidence-of-another', part: result.parcel });
  const record = roomRecordSchema.safeParse(jsonOf(await readFile(fileOf(result.record), 'utf8')));
  if (!record.success) return refuse({ type: 'evidence-unreadable', part: result.record });
  if (record.data.room !== room || record.data.session !== session)
    return refuse({ type: 'evidence-of-another', part: result.record });
  const builder = new HeldBuilder();
  const chains = await chainsIn(fileOf(result.entries), result.entries, () => false, builder);
  if (!chains.ok) return chains;
  for (const head of record.data.heads) {
    const there = chains.value.heads.get(chainKey(head));
    if (there?.seq !== head.seq || there.hash !== head.hash)
      return refuse({ type: 'evidence-entries-wrong', part: result.entries });
  }
  if (result.held !== null) {
    const said = verifyHeld(await readFile(fileOf(result.held), 'utf8'), roots);
    if (!said.ok) return said;
    if (said.value.by.subject.id !== manifest.from.id || said.value.held.session !== session)
      return refuse({ type: 'evidence-of-another', part: result.held });
    const found = builder.finish();
    if (
      JSON.stringify(found.chains) !== JSON.stringify(said.value.held.chains) ||
      JSON.stringify(found.subjects) !== JSON.stringify(said.value.held.subjects)
    )
      return refuse({ type: 'evidence-entries-wrong', part: result.entries });
  }
  if (result.receipt !== null) {
    const { receipt } = result;
    const verified = roots.map((root) => verifyJws(receipt, receiptTyp, root)).find(({ ok: good }) => good);
    const said = verified?.ok ? receiptSchema.safeParse(verified.value).data : undefined;
    if (said?.result !== result.digest || said.room !== room)
      return refuse({ type: 'dossier-receipt-wrong', digest: result.digest });
  }
  return ok({ entries: chains.value.entries, heads: record.data.heads });
}

/** Follows every chain from its first entry on. @param notice counts the entries for which it says yes */
async function chainsIn(
  file: string,
  part: string,
  notice: (head: Head) => boolean,
  builder?: HeldBuilder,
): Promise<Result<{ entries: number; heads: ReadonlyMap<string, Head>; noticed: number }>> {
  const heads = new Map<string, Head>();
  let [entries, noticed] = [0, 0];
  const read = await readEntries(file, (stored) => {
    const header = readHeader(stored);
    if (!header) return refuse({ type: 'evidence-unreadable', part });
    const fits = link(stored, header, heads.get(chainKey(header)) ?? null, () => null);
    if (!fits.ok || fits.value === 'known') return refuse({ type: 'evidence-entries-wrong', part });
    const { origin, epoch, seq, subject } = header;
    const head = { origin, epoch, seq, hash: fits.value.hash };
    heads.set(chainKey(header), head);
    builder?.take(head, subject, head.hash);
    entries++;
    if (notice(head)) noticed++;
    return ok();
  });
  return read.ok ? ok({ entries, heads, noticed }) : read;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
