/**
 * What is in a package: every part there and as its station named it, opened page by page, and nothing of it in the clear on the disk but the
 * archive that the collection reads. Nothing is kept before all of it was seen.
 */
import { createWriteStream, type WriteStream } from 'node:fs';
import { Writable } from 'node:stream';
import * as z from 'zod';
import { fromUtf8 } from '../../../base/bytes.ts';
import { jsonIn } from '../../../base/json.ts';
import { ok, refuse, type Result } from '../../../base/result.ts';
import {
  answerSheetsContentsSchema,
  contentsPart,
  voiceAnswersContentsSchema,
} from '../../../exam/paper-day/parcels.ts';
import { readPart, verifyParcel, type Inspected } from '../../../parcel/parcel.ts';
import { sha256Hex } from '../../../trust/digest.ts';
import type { Centre } from '../../centre.ts';
import type { PackageRow } from './words.ts';

export type Contents = z.infer<typeof answerSheetsContentsSchema>;

interface NamedPart {
  readonly part: string;
  readonly digest: string;
}

export interface OpenedPackage {
  /** As it was in the parcel, for the books. */
  readonly contents: string;
  readonly pages: number;
}

/** Bytes of a part, sealed: each is in memory as a whole. */
const partLimits = {
  /** Thousands of pages, or of takes, by name. */
  contents: 32 * 1024 * 1024,
  page: 100 * 1024 * 1024,
  /** An hour of one voice. */
  take: 400 * 1024 * 1024,
} as const;

/** Free Lossless Audio Codec: `fLaC`. */
const flac = [0x66, 0x4c, 0x61, 0x43] as const;

/**
 * @param file of the parcel
 * @param archive where its pages go, as a ZIP; not written when it has none
 * @returns refusals: those of verifying and unsealing; `package-part-too-large`, `package-contents-unreadable`, `package-parts-differ`, `package-counts-differ`,
 *          `recording-unreadable`
 */
export async function openPackage(
  { node }: Pick<Centre, 'node'>,
  row: Pick<PackageRow, 'kind' | 'pages' | 'made_at'>,
  file: string,
  archive: string,
): Promise<Result<OpenedPackage>> {
  const identities = [node.keys.sealing.identity];
  // Its certificates were good when it came: it may wait here for longer than they last.
  const verified = await verifyParcel(file, { roots: [node.keys.signing.publicKey], at: null });
  if (!verified.ok) return verified;
  const listed = await inMemory(file, verified.value, contentsPart, identities, partLimits.contents);
  if (!listed.ok) return listed;
  const text = fromUtf8(listed.value);
  if (row.kind === 'voice-answers') {
    const contents = voiceAnswersContentsSchema.safeParse(jsonIn(listed.value));
    if (!contents.success) return refuse({ type: 'package-contents-unreadable' });
    const takes = contents.data.candidates.flatMap((candidate) =>
      candidate.takes.flatMap(({ part, digest }) =>
        part === null || digest === null ? [] : [{ part, digest }],
      ),
    );
    const good = await everyPart(
      file,
      verified.value,
      takes,
      identities,
      partLimits.take,
      async (part, bytes) =>
        flac.every((byte, i) => bytes[i] === byte) ? ok() : refuse({ type: 'recording-unreadable', part }),
    );
    return good.ok ? ok({ contents: text, pages: 0 }) : good;
  }
  const contents = answerSheetsContentsSchema.safeParse(jsonIn(listed.value));
  if (!contents.success) return refuse({ type: 'package-contents-unreadable' });
  const { pages } = contents.data;
  if (pages.length !== row.pages)
    return refuse({ type: 'package-counts-differ', declared: row.pages ?? 0, found: pages.length });
  const packed = await intoArchive(file, verified.value, contents.data, identities, archive);
  return packed.ok ? ok({ contents: text, pages: pages.length }) : packed;
}

/** In the order in which they are named: a page's place in the archive is its place in the contents. */
async function intoArchive(
  file: string,
  inspected: Inspected,
  { pages }: Contents,
  identities: readonly string[],
  archive: string,
): Promise<Result<void>> {
  if (pages.length === 0) return everyPart(file, inspected, [], identities, 0, () => Promise.resolve(ok()));
  const { Uint8ArrayReader, ZipWriter } = await import('@zip.js/zip.js');
  const out = createWriteStream(archive);
  const zip = new ZipWriter(Writable.toWeb(out) as WritableStream<Uint8Array>, {
    useWebWorkers: false,
    // Pictures do not get smaller.
    level: 0,
  });
  const names = new Map(pages.map(({ part, name }, i) => [part, entryName(i, name)]));
  try {
    const done = await everyPart(file, inspected, pages, identities, partLimits.page, async (part, bytes) => {
      await zip.add(names.get(part) ?? part, new Uint8ArrayReader(bytes));
      return ok();
    });
    if (done.ok) await zip.close();
    return done;
  } finally {
    await ended(out);
  }
}

/** A file that is opened only after somebody removed it would be there again. */
async function ended(out: WriteStream): Promise<void> {
  if (out.closed) return;
  const closed = new Promise((resolve) => out.once('close', resolve));
  out.destroy();
  await closed;
}

function entryName(place: number, name: string): string {
  // A folder in it would be a room to the collection; the place makes each the only one of its name.
  return `${String(place + 1).padStart(6, '0')}_${name.replaceAll(/[\\/:]+/g, '_')}`;
}

/** What a station made so large would end the program, at each start anew. */
async function inMemory(
  file: string,
  inspected: Inspected,
  part: string,
  identities: readonly string[],
  limit: number,
): Promise<Result<Uint8Array>> {
  const read = await readPart(file, inspected, part, identities, limit);
  return read.ok || read.refusal.type !== 'file-too-large'
    ? read
    : refuse({ type: 'package-part-too-large', part, limit });
}

/** No part more and none less than are named, each once, and each what it is said to be. */
async function everyPart(
  file: string,
  inspected: Inspected,
  named: readonly NamedPart[],
  identities: readonly string[],
  limit: number,
  take: (part: string, bytes: Uint8Array) => Promise<Result<void>>,
): Promise<Result<void>> {
  const there = inspected.manifest.parts.map(({ name }) => name).filter((name) => name !== contentsPart);
  const wanted = new Set(named.map(({ part }) => part));
  const missing = named.find(({ part }) => !there.includes(part));
  const odd = there.find((name) => !wanted.has(name));
  if (missing || odd !== undefined || wanted.size !== named.length)
    return refuse({ type: 'package-parts-differ', part: missing?.part ?? odd ?? contentsPart });
  for (const { part, digest } of named) {
    const bytes = await inMemory(file, inspected, part, identities, limit);
    if (!bytes.ok) return bytes;
    if (sha256Hex(bytes.value) !== digest) return refuse({ type: 'package-parts-differ', part });
    const taken = await take(part, bytes.value);
    if (!taken.ok) return taken;
  }
  return ok();
}

/** Of a package that was opened. */
export function contentsOf({
  contents_json,
  kind,
}: Pick<PackageRow, 'contents_json' | 'kind'>): Contents | null {
  return contents_json === null || kind !== 'answer-sheets'
    ? null
    : answerSheetsContentsSchema.parse(JSON.parse(contents_json));
}
