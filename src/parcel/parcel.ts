/**
 * Making, checking and opening parcels. The manifest comes last in the file and covers every sealed part by its digest: a file that
 * was cut short has no manifest, and one flipped bit is named with its part.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { concatBytes } from '../base/bytes.ts';
import { isShallow } from '../base/json.ts';
import { ok, refuse, type Result } from '../base/result.ts';
import { nodeNameSchema, verifyChain, type Certificate, type NodeName } from '../trust/certificate.ts';
import { peekJws, signJws, verifyJws } from '../trust/jws.ts';
import type { SigningKey } from '../trust/signing-key.ts';
import { openBytes, openStream, SealBroken, sealStream } from '../trust/seal.ts';
import { padding, readTar, tarEnd, tarHeader, type TarEntry } from './tar.ts';

const manifestLimit = 8 * 1024 * 1024;

export const parcelTyp = 'invigil-parcel+jws';
export const parcelKinds = [
  'site-package',
  'room-package',
  'authorisation',
  'release',
  'room-authorisation',
  'room-result',
  'site-results',
  'receipt',
  'answer-package',
  'site-backup',
  'registration',
  'dossier',
  'room-evidence',
  'paper-materials',
  'access-key',
  'station-readiness',
  'station-admission',
  'station-key',
  'station-journal',
  'answer-sheets',
  'voice-answers',
  'package-words',
  'site-day',
] as const;
export type ParcelKind = (typeof parcelKinds)[number];

/** Made for people who check them without a key, or saying nothing but public keys: their parts may lie in the clear. Every other kind is sealed. */
const inClearKinds: ReadonlySet<ParcelKind> = new Set(['dossier', 'room-evidence', 'station-readiness']);

/** A part that is sealed to nobody lies in the clear, and its name in the archive says so. */
export function archiveName({
  name,
  sealedTo,
}: {
  readonly name: string;
  readonly sealedTo: readonly string[];
}): string {
  return sealedTo.length === 0 ? `parts/${name}` : `parts/${name}.age`;
}

export const manifestSchema = z.object({
  v: z.literal(1),
  kind: z.enum(parcelKinds),
  /** Identity by content: importing the same one twice changes nothing. */
  id: z.string().min(1).max(300),
  from: nodeNameSchema,
  to: z.object({ role: z.enum(['centre', 'site', 'room', 'seat', 'station']), code: z.string() }),
  project: z.string(),
  session: z.string().nullable(),
  mode: z.enum(['formal', 'mock']),
  createdAt: z.number().int(),
  /** What every holder may see: counts, publication. */
  about: z.unknown().refine(isShallow).pipe(z.record(z.string(), z.json())),
  parts: z
    .array(
      z.object({
        name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,80}$/),
        size: z.number().int(),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        sealedTo: z.array(z.string()),
      }),
    )
    .max(10_000),
});
export type Manifest = z.infer<typeof manifestSchema>;

export interface PartSource {
  readonly name: string;
  /** `sealed`: the bytes are an age file already and travel as they are. */
  readonly content: Uint8Array | { readonly file: string };
  /** None: it lies in the clear, in a parcel of a kind that may. */
  readonly recipients: readonly string[];
  readonly sealed?: boolean;
}

export type ParcelSender = {
  readonly name: NodeName;
  readonly key: SigningKey;
  readonly chain: readonly string[];
};
export type ParcelHeading = Pick<
  Manifest,
  'kind' | 'id' | 'to' | 'project' | 'session' | 'mode' | 'createdAt' | 'about'
>;

/** Writes to a temporary name and renames when it is whole and on the disk. */
export async function makeParcel(
  file: string,
  heading: ParcelHeading,
  parts: readonly PartSource[],
  sender: ParcelSender,
): Promise<Result<Manifest>> {
  const partial = `${file}.part`;
  const out = await open(partial, 'w');
  try {
    const listed: Manifest['parts'] = [];
    for (const part of parts) {
      if (part.recipients.length === 0 && !inClearKinds.has(heading.kind))
        throw new Error('sealing needs a receiver');
      listed.push(await writePart(out, part));
    }
    const manifest: Manifest = { v: 1, ...heading, from: sender.name, parts: listed };
    const jws = Buffer.from(signJws(parcelTyp, manifest, sender.key, { chain: sender.chain }));
    const end = Buffer.concat([tarHeader('manifest.jws', jws.length), jws, padding(jws.length), tarEnd]);
    // Positions are always given: a positional write does not move the file's own.
    await out.write(end, 0, end.length, (await out.stat()).size);
    await out.sync();
    await out.close();
    await rename(partial, file);
    return ok(manifest);
  } catch (error) {
    await out.close().catch(() => undefined);
    await rm(partial, { force: true });
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return refuse({ type: 'disk-full', path: file });
    throw error;
  }
}

async function writePart(out: FileHandle, part: PartSource): Promise<Manifest['parts'][number]> {
  const source =
    part.content instanceof Uint8Array
      ? [part.content]
      : createReadStream(part.content.file, { highWaterMark: 1 << 20 });
  const { size: before } = await out.stat();
  await out.write(Buffer.alloc(512), 0, 512, before);
  const digest = createHash('sha256');
  const asItIs = part.sealed === true || part.recipients.length === 0;
  const sealed = asItIs ? source : sealStream(source, { recipients: part.recipients });
  const size = await writeStream(out, before + 512, sealed, (chunk) => digest.update(chunk));
  await out.write(padding(size), 0, padding(size).length, before + 512 + size);
  const listed = { name: part.name, size, sha256: digest.digest('hex'), sealedTo: [...part.recipients] };
  const header = tarHeader(archiveName(listed), size);
  await out.write(header, 0, 512, before);
  return listed;
}

/** Many chunks in one call: each by itself would wait for the disk longer than it takes to seal. @returns bytes written. */
async function writeStream(
  out: FileHandle,
  position: number,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  onChunk: (chunk: Uint8Array) => void = () => undefined,
): Promise<number> {
  let at = position;
  let pending: Uint8Array[] = [];
  let pendingSize = 0;
  const flush = async (): Promise<void> => {
    if (pendingSize > 0) await out.writev(pending, at);
    at += pendingSize;
    pending = [];
    pendingSize = 0;
  };
  for await (const chunk of source) {
    onChunk(chunk);
    pending.push(chunk);
    pendingSize += chunk.length;
    if (pendingSize >= 1 << 21) await flush();
  }
  await flush();
  return at - position;
}

export interface Inspected {
  readonly manifest: Manifest;
  readonly chain: readonly string[];
  readonly jws: string;
  readonly entries: readonly TarEntry[];
}

/** Reads the manifest without believing it. */
export async function inspectParcel(path: string): Promise<Result<Inspected>> {
  const file = await open(path, 'r');
  try {
    const entries = await readTar(file);
    if (!entries.ok) return entries;
    const last = entries.value.at(-1);
    if (last?.name !== 'manifest.jws') return refuse({ type: 'cut-short' });
    if (last.size > manifestLimit) return refuse({ type: 'not-a-parcel' });
    const jws = await readAt(file, last);
    const peeked = peekJws(jws);
    const parsed = peeked.ok ? manifestSchema.safeParse(peeked.value.payload) : null;
    if (!peeked.ok || !parsed?.success) return refuse({ type: 'not-a-parcel' });
    return ok({ manifest: parsed.data, chain: peeked.value.header.chain ?? [], jws, entries: entries.value });
  } finally {
    await file.close();
  }
}

async function readAt(file: FileHandle, entry: TarEntry): Promise<string> {
  const bytes = Buffer.alloc(entry.size);
  await file.read(bytes, 0, entry.size, entry.offset);
  return bytes.toString('latin1');
}

/** Raw public keys, base64url, of those who need nobody to vouch for them: the centre. */
export interface ParcelTrust {
  readonly roots: readonly string[];
  readonly at: number | null;
}

export interface Verified extends Inspected {
  /** Who vouches for the sender, its own first; none when the sender is a root. */
  readonly certificates: readonly Certificate[];
}

/** Signature, chain up to a root, and the digest of every part; opens nothing. */
export async function verifyParcel(path: string, trust: ParcelTrust): Promise<Result<Verified>> {
  const inspected = await inspectParcel(path);
  if (!inspected.ok) return inspected;
  const { manifest, chain, jws, entries } = inspected.value;
  const certificates = verifyChain(chain, trust);
  if (!certificates.ok) return certificates;
  const [leaf] = certificates.value;
  const keys = leaf ? [leaf.signingKey] : trust.roots;
  if (
    leaf &&
    (leaf.subject.id !== manifest.from.id ||
      leaf.subject.role !== manifest.from.role ||
      leaf.subject.code !== manifest.from.code)
  )
    return refuse({ type: 'untrusted-sender', code: manifest.from.code });
  if (!keys.some((key) => verifyJws(jws, parcelTyp, key).ok)) return refuse({ type: 'bad-signature' });
  if (entries.length !== manifest.parts.length + 1) return refuse({ type: 'altered' });
  const file = await open(path, 'r');
  try {
    for (const [i, part] of manifest.parts.entries()) {
      const entry = entries[i];
      if (part.sealedTo.length === 0 && !inClearKinds.has(manifest.kind))
        return refuse({ type: 'not-a-parcel' });
      if (entry?.name !== archiveName(part) || entry.size !== part.size)
        return refuse({ type: 'altered', part: part.name });
      if ((await digestOf(file, entry)) !== part.sha256) return refuse({ type: 'altered', part: part.name });
    }
  } finally {
    await file.close();
  }
  return ok({ ...inspected.value, certificates: certificates.value });
}

/** Through one buffer: a fresh one for every piece of a big part would keep the garbage collector busier than the digest does the processor. */
async function digestOf(file: FileHandle, { offset, size }: TarEntry): Promise<string> {
  const digest = createHash('sha256');
  const buffer = Buffer.allocUnsafe(Math.min(size, 1 << 20));
  for (let done = 0; done < size;) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, size - done), offset + done);
    if (bytesRead === 0) break;
    digest.update(buffer.subarray(0, bytesRead));
    done += bytesRead;
  }
  return digest.digest('hex');
}

function contentOf(path: string, entry: TarEntry): AsyncIterable<Uint8Array> {
  if (entry.size === 0) return noBytes();
  return createReadStream(path, {
    start: entry.offset,
    end: entry.offset + entry.size - 1,
    highWaterMark: 1 << 20,
  });
}

async function* noBytes(): AsyncGenerator<Uint8Array> {}

export interface Expected {
  readonly kind: ParcelKind;
  readonly to: { readonly role: string; readonly code: string };
  /** null: not known yet. */
  readonly project: string | null;
  readonly mode: 'formal' | 'mock' | null;
}

export interface Opened {
  readonly manifest: Manifest;
  readonly certificates: readonly Certificate[];
  /** Files in staging by part name: unsealed, or still sealed where we hold no key for it. */
  readonly parts: ReadonlyMap<string, { readonly file: string; readonly sealed: boolean }>;
  dispose(): Promise<void>;
}

/** Verifies, checks that it is meant for us, and unseals into a staging folder, which is gone again when anything is wrong. */
export async function openParcel(
  path: string,
  options: {
    trust: ParcelTrust;
    identities: readonly string[];
    recipient: string;
    staging: string;
    expect: Expected;
    /** Parts that are wanted; the others stay in the parcel. */
    only?: (name: string) => boolean;
  },
): Promise<Result<Opened>> {
  const verified = await verifyParcel(path, options.trust);
  if (!verified.ok) return verified;
  const { manifest, entries, certificates } = verified.value;
  const { expect } = options;
  if (manifest.kind !== expect.kind)
    return refuse({ type: 'wrong-kind', found: manifest.kind, expected: expect.kind });
  if (manifest.to.role !== expect.to.role || manifest.to.code !== expect.to.code)
    return refuse({ type: 'wrong-receiver', to: `${manifest.to.role} ${manifest.to.code}` });
  if (expect.project !== null && manifest.project !== expect.project)
    return refuse({ type: 'wrong-project' });
  if (expect.mode !== null && manifest.mode !== expect.mode)
    return refuse({ type: 'wrong-mode', found: manifest.mode });
  await mkdir(options.staging, { recursive: true });
  const dispose = (): Promise<void> => rm(options.staging, { recursive: true, force: true });
  const parts = new Map<string, { file: string; sealed: boolean }>();
  try {
    for (const [i, part] of manifest.parts.entries()) {
      if (options.only?.(part.name) === false) continue;
      const ours = part.sealedTo.includes(options.recipient);
      const file = join(options.staging, part.name);
      const content = contentOf(path, entries[i] as TarEntry);
      const out = await open(file, 'w');
      try {
        await writeStream(out, 0, ours ? openStream(content, { identities: options.identities }) : content);
      } finally {
        await out.close();
      }
      parts.set(part.name, { file, sealed: !ours && part.sealedTo.length > 0 });
    }
  } catch (error) {
    await dispose();
    if (error instanceof SealBroken) return refuse(error.refusal);
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      return refuse({ type: 'disk-full', path: options.staging });
    throw error;
  }
  return ok({ manifest, certificates, parts, dispose });
}

/** Of a part that is read whole: more than a question paper or an hour of speech. */
const partInMemory = 512 * 1024 * 1024;

/**
 * One part in memory, as long as its parcel is the one that was verified. For what must not lie open on a disk.
 *
 * @param limit bytes, as it lies in the parcel
 * @returns refusals `altered`, `file-too-large`, those of unsealing
 */
export async function readPart(
  path: string,
  inspected: Pick<Inspected, 'manifest' | 'entries'>,
  name: string,
  identities: readonly string[],
  limit: number = partInMemory,
): Promise<Result<Uint8Array>> {
  const at = inspected.manifest.parts.findIndex((part) => part.name === name);
  const [part, entry] = [inspected.manifest.parts[at], inspected.entries[at]];
  if (!part || !entry) return refuse({ type: 'altered', part: name });
  if (entry.size > limit) return refuse({ type: 'file-too-large', limit });
  const sealed = await collect(contentOf(path, entry));
  if (createHash('sha256').update(sealed).digest('hex') !== part.sha256)
    return refuse({ type: 'altered', part: name });
  return openBytes(sealed, { identities });
}

async function collect(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return concatBytes(...chunks);
}

const endings: Partial<Record<ParcelKind, string>> = { authorisation: 'ptq', registration: 'KDINFO' };

/** A file name that every system accepts: `room-package_1999999001_1_3f2a….parcel`; some end as people know them. */
export function parcelFileName(manifest: Pick<Manifest, 'kind' | 'to' | 'session' | 'id'>): string {
  const safe = (text: string): string =>
    text
      .normalize('NFC')
      .replaceAll(/[^\p{L}\p{M}\p{N}-]/gu, '-')
      .slice(0, 40);
  const tag = createHash('sha256').update(manifest.id).digest('hex').slice(0, 8);
  return `${manifest.kind}_${safe(manifest.to.code)}_${tag}.${endings[manifest.kind] ?? 'parcel'}`;
}
