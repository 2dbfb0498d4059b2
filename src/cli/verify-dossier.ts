/**
 * Proves a candidate's dossier: every entry stands unaltered in its chain, and of this candidate none is missing, as far as the room's signed word
 * goes. See `formats/parcel/`.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ok, refuse, type Result } from '../base/result.ts';
import { filePartName } from '../exam/answer/answer-files.ts';
import { decodeRequest } from '../exam/code/request.ts';
import { belongsTo, dossierParts, dossierSchema, type Dossier } from '../exam/package/dossier.ts';
import { receiptSchema, receiptTyp } from '../exam/package/room-result.ts';
import { payloadFits } from '../journal/chain.ts';
import { readEntries } from '../journal/entries-file.ts';
import type { Header } from '../journal/entry.ts';
import { prevIn, subjectLine, verifyHeld, type Held } from '../journal/held.ts';
import { chainKey, readHeader } from '../journal/ledger.ts';
import { openParcel, type Manifest, type Opened } from '../parcel/parcel.ts';
import { fileSha256Hex, sha256Hex } from '../trust/digest.ts';
import { verifyJws } from '../trust/jws.ts';

export interface WholeDossier {
  readonly dossier: Dossier;
  /** Entries that the room's signed word proves, and those for which the centre alone stands. */
  readonly proved: number;
  readonly byCentre: number;
  /** Whether a room says that these are all entries about the candidate. */
  readonly complete: boolean;
  readonly receipts: number;
  readonly files: number;
}

/** @returns refusals of `openParcel`; `dossier-…`, each with the place. */
export async function verifyDossier(
  file: string,
  manifest: Manifest,
  roots: string[],
): Promise<Result<WholeDossier>> {
  const scratch = await mkdtemp(join(tmpdir(), 'invigil-dossier-'));
  try {
    const opened = await openParcel(file, {
      trust: { roots, at: null },
      identities: [],
      recipient: '',
      staging: join(scratch, 'parts'),
      expect: { kind: 'dossier', to: manifest.to, project: null, mode: null },
    });
    return opened.ok ? await verifyParts(opened.value, roots) : opened;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function verifyParts(opened: Opened, roots: readonly string[]): Promise<Result<WholeDossier>> {
  const { parts, certificates } = opened;
  // Whatever another node says of a candidate is not what the centre holds.
  if (certificates.length > 0)
    return refuse({ type: 'untrusted-sender', code: certificates[0]?.subject.code ?? '' });
  const text = async (name: string): Promise<string | null> => {
    const part = parts.get(name);
    return part ? readFile(part.file, 'utf8') : null;
  };
  const parsed = dossierSchema.safeParse(jsonOf(await text(dossierParts.about)));
  if (!parsed.success) return refuse({ type: 'dossier-unreadable', part: dossierParts.about });
  const dossier = parsed.data;
  const named = namedParts(dossier);
  for (const name of named) if (!parts.has(name)) return refuse({ type: 'dossier-part-missing', part: name });
  for (const name of parts.keys())
    if (!named.has(name)) return refuse({ type: 'dossier-part-unknown', part: name });
  const helds = new Map<string, Held>();
  for (const { held } of dossier.results) {
    if (held === null) continue;
    const said = await heldOf(dossier, (await text(held)) ?? '', roots);
    if (!said.ok) return said;
    helds.set(held, said.value);
  }
  const chains = new Map<string, ChainProof>();
  for (const chain of dossier.chains) {
    const hashes = chain.hashes === null ? [] : ((await text(chain.hashes)) ?? '').split('\n').slice(0, -1);
    const held = chain.held === null ? null : helds.get(chain.held);
    if (held === undefined) return refuse({ type: 'dossier-part-missing', part: chain.held });
    if (held !== null && !headFits(held, chain, hashes))
      return refuse({ type: 'dossier-head-wrong', origin: chain.origin, epoch: chain.epoch });
    chains.set(chainKey(chain), { hashes, held: held !== null, last: null, mine: new Map() });
  }
  const entriesPart = parts.get(dossierParts.entries);
  if (!entriesPart) return refuse({ type: 'dossier-part-missing', part: dossierParts.entries });
  const entries = await verifyEntries(entriesPart.file, dossier, chains);
  if (!entries.ok) return entries;
  for (const held of helds.values()) {
    const whole = isComplete(held, dossier, chains);
    if (!whole.ok) return whole;
  }
  const receipts = verifyReceipts(dossier, roots);
  if (!receipts.ok) return receipts;
  const files = await verifyFiles(dossier, parts);
  if (!files.ok) return files;
  return ok({
    dossier,
    ...entries.value,
    complete: helds.size > 0,
    receipts: receipts.value,
    files: files.value,
  });
}

interface ChainProof {
  readonly hashes: readonly string[];
  readonly held: boolean;
  last: { readonly seq: number; readonly hash: string } | null;
  /** By `seq`: hashes of the entries whose subject is the candidate's sitting. */
  readonly mine: Map<number, string>;
}

function namedParts(dossier: Dossier): Set<string> {
  const { candidate, results, chains, files, differing } = dossier;
  return new Set([
    dossierParts.about,
    dossierParts.entries,
    ...(differing > 0 ? [dossierParts.differing] : []),
    ...(candidate.photo ? [dossierParts.photo] : []),
    ...results.flatMap(({ held }) => held ?? []),
    ...chains.flatMap(({ hashes, held }) => [hashes ?? [], held ?? []].flat()),
    ...files.filter(({ kept }) => kept).map(({ sha256 }) => filePartName(sha256)),
  ]);
}

/** The word of the candidate's room in this session, vouched for by its site. */
async function heldOf(dossier: Dossier, jws: string, roots: readonly string[]): Promise<Result<Held>> {
  const verified = verifyHeld(jws, roots);
  if (!verified.ok) return verified;
  const { held, by, site } = verified.value;
  const right =
    by.subject.role === 'room' &&
    by.subject.code === dossier.room.code &&
    (site === null || site.subject.code === dossier.site.code) &&
    held.project === dossier.project.id &&
    held.session === dossier.session.id;
  return right ? ok(held) : refuse({ type: 'dossier-proof-of-another', code: by.subject.code });
}

function headFits(held: Held, chain: { origin: string; epoch: string }, hashes: readonly string[]): boolean {
  const said = held.chains.find((one) => chainKey(one) === chainKey(chain));
  return (
    said !== undefined &&
    said.seq === hashes.length &&
    said.hash === hashes.at(-1) &&
    said.hashes === sha256Hex(hashes.map((hash) => `${hash}\n`).join(''))
  );
}

async function verifyEntries(
  file: string,
  dossier: Dossier,
  chains: ReadonlyMap<string, ChainProof>,
): Promise<Result<{ proved: number; byCentre: number }>> {
  const { candidate, session, room } = dossier;
  const about = { ...candidate, session: session.id, room: room.code };
  const subject = `sitting:${candidate.sitting}`;
  const count = { proved: 0, byCentre: 0 };
  const read = await readEntries(file, (stored) => {
    const header = readHeader(stored);
    if (!header) return refuse({ type: 'dossier-unreadable', part: dossierParts.entries });
    const wrong = (what: string): Result<void> =>
      refuse({
        type: 'dossier-entry-wrong',
        origin: header.origin,
        epoch: header.epoch,
        seq: header.seq,
        what,
      });
    const chain = chains.get(chainKey(header));
    if (!chain) return wrong('unknown-chain');
    if (!belongsTo(header, about, codePlace)) return wrong('of-another');
    if (!payloadFits(stored, header.pay)) return wrong('payload-changed');
    const hash = sha256Hex(stored.header);
    if (chain.last && header.seq <= chain.last.seq) return wrong('misplaced');
    const problem = placeProblem(header, hash, chain);
    if (problem !== null) return wrong(problem);
    if (chain.held && header.seq <= chain.hashes.length) count.proved++;
    else count.byCentre++;
    if (header.subject === subject) chain.mine.set(header.seq, hash);
    chain.last = { seq: header.seq, hash };
    return ok();
  });
  if (!read.ok) return read;
  const found = count.proved + count.byCentre;
  return found === dossier.entries
    ? ok(count)
    : refuse({ type: 'dossier-incomplete', expected: dossier.entries, found });
}

/** @returns null: it stands where the list of hashes has it, between those that stand beside it there. */
function placeProblem(header: Header, hash: string, { hashes, last }: ChainProof): string | null {
  if (header.seq <= hashes.length) {
    if (hashes[header.seq - 1] !== hash) return 'not-in-chain';
    return header.prev === prevIn(hashes, header.seq) ? null : 'chain-broken';
  }
  return last?.seq === header.seq - 1 && last.hash !== header.prev ? 'chain-broken' : null;
}

/** Are these all that the room held about this sitting? */
function isComplete(held: Held, dossier: Dossier, chains: ReadonlyMap<string, ChainProof>): Result<void> {
  const digest = createHash('sha256');
  let found = 0;
  for (const chain of held.chains)
    for (const [seq, hash] of chains.get(chainKey(chain))?.mine ?? []) {
      if (seq > chain.seq) continue;
      digest.update(subjectLine({ origin: chain.origin, epoch: chain.epoch, seq }, hash));
      found++;
    }
  const subject = sha256Hex(`sitting:${dossier.candidate.sitting}`);
  const said = held.subjects.find((one) => one.subject === subject);
  const expected = said?.entries ?? 0;
  if (found !== expected) return refuse({ type: 'dossier-incomplete', expected, found });
  return said === undefined || said.digest === digest.digest('hex')
    ? ok()
    : refuse({ type: 'dossier-incomplete', expected, found });
}

function verifyReceipts(dossier: Dossier, roots: readonly string[]): Result<number> {
  let receipts = 0;
  for (const { receipt, digest } of dossier.results) {
    if (receipt === null) continue;
    const verified = roots.map((root) => verifyJws(receipt, receiptTyp, root)).find(({ ok: good }) => good);
    const said = verified?.ok ? receiptSchema.safeParse(verified.value).data : undefined;
    if (said?.result !== digest || said.room !== dossier.room.code || said.session !== dossier.session.id)
      return refuse({ type: 'dossier-receipt-wrong', digest });
    receipts++;
  }
  return ok(receipts);
}

async function verifyFiles(dossier: Dossier, parts: Opened['parts']): Promise<Result<number>> {
  const { photo } = dossier.candidate;
  const wanted = [
    ...dossier.files
      .filter(({ kept }) => kept)
      .map(({ sha256, size }) => ({ part: filePartName(sha256), sha256, size: size as number | null })),
    ...(photo ? [{ part: dossierParts.photo as string, sha256: photo.sha256, size: null }] : []),
  ];
  for (const { part, sha256, size } of wanted) {
    const file = parts.get(part)?.file ?? '';
    if ((await fileSha256Hex(file)) !== sha256 || (size !== null && (await stat(file)).size !== size))
      return refuse({ type: 'dossier-file-wrong', part });
  }
  return ok(wanted.length);
}

function codePlace(challenge: string): number | null {
  const request = decodeRequest(challenge);
  return request.ok ? request.value.candidate : null;
}

function jsonOf(text: string | null): unknown {
  try {
    return text === null ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}
