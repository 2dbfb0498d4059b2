/** A parcel from the inside: opened with the keys of whoever may, changed, and made again as its right sender makes it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { utf8 } from '../../src/base/bytes.ts';
import { expectOk } from '../../src/base/result.ts';
import { inspectParcel, type Manifest } from '../../src/parcel/parcel.ts';
import { padding, tarEnd, tarHeader } from '../../src/parcel/tar.ts';
import { sha256Hex } from '../../src/trust/digest.ts';
import { openBytes, sealBytes } from '../../src/trust/seal.ts';
import { damage, damaged, type Damage } from './mutations.ts';
import { editedText, edits, type Edit, type Signers } from './values.ts';

export interface ParcelChange {
  /** Which part; the one after the last is the manifest. */
  readonly part: number;
  readonly values: readonly Edit[];
  /** Where a part is no JSON. */
  readonly bytes: Damage;
  /** The sealed bytes are damaged, and listed as they are. */
  readonly sealed: boolean;
}

export const parcelChange: fc.Arbitrary<ParcelChange> = fc.record({
  part: fc.nat(12),
  values: edits,
  bytes: damage(1),
  sealed: fc.nat(9).map((n) => n === 0),
});

interface Part {
  readonly name: string;
  /** Unsealed; as it is where nobody here has the key. */
  readonly content: Uint8Array;
  readonly sealedTo: readonly string[];
  readonly sealed: boolean;
}

export interface Keys {
  readonly signers: Signers;
  /** age identities of all who may open something. */
  readonly identities: readonly string[];
  /** To which a part is sealed that names no recipient, but whose it is. */
  readonly named?: Readonly<Record<string, string>>;
}

export interface ParcelInside {
  readonly manifest: Manifest;
  changed(change: ParcelChange): Promise<Uint8Array>;
  /** With these contents in the place of its own. */
  withParts(contents: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array>;
}

export async function insideOf(parcel: Uint8Array, keys: Keys): Promise<ParcelInside> {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-inside-'));
  try {
    const file = join(folder, 'parcel');
    writeFileSync(file, parcel);
    const { manifest, entries, jws } = expectOk(await inspectParcel(file));
    const bytes = readFileSync(file);
    const parts = await Promise.all(
      manifest.parts.map(async ({ name, sealedTo }, i): Promise<Part> => {
        const { offset = 0, size = 0 } = entries[i] ?? {};
        const sealed = new Uint8Array(bytes.subarray(offset, offset + size));
        const opened = await openBytes(sealed, { identities: keys.identities });
        return { name, sealedTo, content: opened.ok ? opened.value : sealed, sealed: !opened.ok };
      }),
    );
    const { signers } = keys;
    return {
      manifest,
      changed: (change) => changed({ jws, manifest, parts }, change, keys),
      async withParts(contents) {
        const files = await sealedAgain(
          parts.map((part) => ({ ...part, content: contents[part.name] ?? part.content })),
          keys,
        );
        return archive(files, withPayload(jws, { ...manifest, parts: listed(files, parts) }, signers));
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function changed(
  { jws, manifest, parts }: { jws: string; manifest: Manifest; parts: readonly Part[] },
  { part, values, bytes, sealed }: ParcelChange,
  keys: Keys,
): Promise<Uint8Array> {
  const { signers } = keys;
  const chosen = part % (parts.length + 1);
  const contents = parts.map((one, i) => ({
    ...one,
    content: i === chosen && !sealed ? otherwise(one.content, values, bytes, signers) : one.content,
  }));
  const files = (await sealedAgain(contents, keys)).map((one, i) =>
    i === chosen && sealed ? { ...one, content: damaged([one.content], bytes) } : one,
  );
  const right = withPayload(jws, { ...manifest, parts: listed(files, parts) }, signers);
  return archive(files, chosen === parts.length ? (editedText(right, values, signers) ?? right) : right);
}

type File = Pick<Part, 'name' | 'content'>;

function sealedAgain(parts: readonly Part[], { named = {} }: Keys): Promise<File[]> {
  return Promise.all(
    parts.map(async ({ name, content, sealed, sealedTo }) => ({
      name,
      content: sealed
        ? content
        : await sealBytes(content, { recipients: sealedTo.map((one) => named[one] ?? one) }),
    })),
  );
}

function listed(files: readonly File[], parts: readonly Part[]): Manifest['parts'] {
  return files.map(({ name, content }, i) => ({
    name,
    size: content.length,
    sha256: sha256Hex(content),
    sealedTo: [...(parts[i]?.sealedTo ?? [])],
  }));
}

function archive(files: readonly File[], jws: string): Uint8Array {
  const end = utf8(jws);
  return new Uint8Array(
    Buffer.concat([
      ...files.flatMap(({ name, content }) => [
        tarHeader(`parts/${name}.age`, content.length),
        content,
        padding(content.length),
      ]),
      tarHeader('manifest.jws', end.length),
      end,
      padding(end.length),
      tarEnd,
    ]),
  );
}

function otherwise(
  content: Uint8Array,
  values: readonly Edit[],
  bytes: Damage,
  signers: Signers,
): Uint8Array {
  const edited =
    content.length > 0 ? editedText(Buffer.from(content).toString('utf8'), values, signers) : null;
  return edited === null ? damaged([content], bytes) : utf8(edited);
}

/** The same header, another payload, the same signer. */
function withPayload(jws: string, payload: object, signers: Signers): string {
  const [head = ''] = jws.split('.');
  const { kid = '' } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { kid?: string };
  const input = `${head}.${Buffer.from(JSON.stringify(payload)).toString('base64url')}`;
  const key = signers.get(kid);
  if (!key) throw new Error(`nobody here has the key ${kid}`);
  return `${input}.${Buffer.from(key.sign(utf8(input))).toString('base64url')}`;
}
