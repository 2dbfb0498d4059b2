/** The same files with public tools alone: `sha256sum`, `age`, `tar` and jose. No code of ours judges here, except where it opens what they made. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compactVerify, CompactSign, decodeJwt, decodeProtectedHeader, importJWK, importPKCS8 } from 'jose';
import { afterAll, expect, test } from 'vitest';
import { openParcel } from '../src/parcel/parcel.ts';
import { openBytes, sealBytes } from '../src/trust/seal.ts';

const scratch = mkdtempSync(join(tmpdir(), 'public-tools-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const absent = ['age', 'tar', 'sha256sum'].filter(
  (tool) => spawnSync(tool, ['--version']).error !== undefined,
);
const present = absent.length === 0;
const because = present ? '' : ` (skipped: no ${absent.join(', ')} here)`;

type Keys = Record<string, { signing: string; publicKey: string; identity: string; recipient: string }>;
const { keys } = JSON.parse(readFileSync(join(import.meta.dirname, 'test-keys.json'), 'utf8')) as {
  keys: Keys;
};
const key = (owner: string): Keys[string] => keys[owner] as Keys[string];
const identityFile = (owner: string): string => {
  const file = join(scratch, `${owner}.key`);
  writeFileSync(file, `${key(owner).identity}\n`);
  return file;
};

interface Head {
  readonly origin: string;
  readonly epoch: string;
  readonly seq: number;
  readonly hash: string;
}
interface Vector {
  readonly name: string;
  readonly keys: Record<string, string>;
  readonly heads: readonly Head[];
  readonly expect: { readonly ok: boolean; readonly refusal?: { seq?: number } };
}

const journal = join(import.meta.dirname, 'journal/vectors');
const journalVectors = JSON.parse(readFileSync(join(journal, 'vectors.json'), 'utf8')) as Vector[];

function sha256sums(contents: readonly Uint8Array[]): string[] {
  const folder = mkdtempSync(join(scratch, 'sums-'));
  const names = contents.map((content, i) => {
    writeFileSync(join(folder, String(i)), content);
    return String(i);
  });
  return names.length === 0
    ? []
    : execFileSync('sha256sum', names, { cwd: folder, encoding: 'utf8' })
        .trim()
        .split('\n')
        .map((line) => line.slice(0, 64));
}

async function verifiedBy(jws: string, publicKey: string, typ: string): Promise<object | null> {
  try {
    const imported = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: publicKey }, 'EdDSA');
    const { payload, protectedHeader } = await compactVerify(jws, imported, { algorithms: ['EdDSA'] });
    return protectedHeader.typ === typ ? (JSON.parse(new TextDecoder().decode(payload)) as object) : null;
  } catch {
    return null;
  }
}

/** A checker from the page alone. @returns null: whole; else the place that is not, 0 where there is none. */
async function check(name: string, vector: Vector): Promise<number | null> {
  const text = (file: string): string[] => readFileSync(join(journal, file), 'utf8').split('\n').slice(0, -1);
  const entries: { header: string; salt: string | null; payload: string | null }[] = [];
  for (const line of text(`${name}.jsonl`))
    try {
      entries.push(JSON.parse(line) as (typeof entries)[number]);
    } catch {
      return 0;
    }
  const headers = entries.map(
    ({ header }) =>
      JSON.parse(header) as Head & {
        prev: string;
        pay: string | null;
        kind: string;
        data: Record<string, unknown>;
      },
  );
  const hashes = sha256sums(entries.map(({ header }) => Buffer.from(header)));
  const payloads = sha256sums(
    entries.map(({ salt, payload }) =>
      Buffer.concat([Buffer.from(salt ?? '', 'hex'), Buffer.from(payload ?? '')]),
    ),
  );
  const erased = new Set(
    headers
      .filter(({ kind }) => kind === 'erased')
      .flatMap(({ data }) => (data['entries'] as Head[]).map(place)),
  );
  const chains = new Map<string, string[]>();
  for (const [i, header] of headers.entries()) {
    const chain = chains.get(`${header.origin} ${header.epoch}`) ?? [];
    if (header.seq !== chain.length + 1) return chain.length + 1;
    if (header.prev !== (chain.at(-1) ?? '0'.repeat(64))) return header.seq;
    const missing = entries[i]?.payload === null;
    if (missing ? header.pay !== null && !erased.has(place(header)) : payloads[i] !== header.pay)
      return header.seq;
    chains.set(`${header.origin} ${header.epoch}`, [...chain, hashes[i] as string]);
  }
  const signed: Head[] = [];
  for (const jws of text(`${name}.heads`)) {
    const claimed = decodeJwt<{ origin: string }>(jws).origin;
    const head = await verifiedBy(jws, vector.keys[claimed] ?? '', 'invigil-head+jws');
    if (head === null) return 0;
    signed.push(head as Head);
  }
  const named = headers.flatMap(({ data }) => Object.values(data).filter((value) => isHead(value)));
  for (const head of [...signed, ...named, ...vector.heads]) {
    const chain = chains.get(`${head.origin} ${head.epoch}`) ?? [];
    if (chain.length < head.seq) return chain.length + 1;
    if (chain[head.seq - 1] !== head.hash) return head.seq;
  }
  for (const [of, chain] of chains) {
    const newest = Math.max(
      0,
      ...signed.filter(({ origin, epoch }) => `${origin} ${epoch}` === of).map(({ seq }) => seq),
    );
    if (vector.keys[of.split(' ')[0] as string] !== undefined && newest < chain.length) return newest + 1;
  }
  return null;
}

function place({ origin, epoch, seq }: Head): string {
  return `${origin} ${epoch} ${seq}`;
}

function isHead(value: unknown): value is Head {
  return typeof value === 'object' && value !== null && 'hash' in value && 'seq' in value;
}

test.runIf(present).each(journalVectors)(
  `journal $name is judged the same by sha256sum and jose${because}`,
  async (vector) => {
    expect(await check(vector.name, vector)).toBe(
      vector.expect.ok ? null : (vector.expect.refusal?.seq ?? 0),
    );
  },
);

const parcels = join(import.meta.dirname, 'parcel/vectors');

test.runIf(present)(`a parcel is checked and opened by tar, sha256sum, jose and age${because}`, async () => {
  const file = join(parcels, 'whole.parcel');
  const folder = mkdtempSync(join(scratch, 'untarred-'));
  execFileSync('tar', ['-xf', file, '-C', folder]);
  const jws = readFileSync(join(folder, 'manifest.jws'), 'utf8');
  const { chain } = decodeProtectedHeader(jws) as { chain: string[] };
  let signer = key('centre').publicKey;
  for (const certificate of chain.toReversed()) {
    const said = await verifiedBy(certificate, signer, 'invigil-certificate+jws');
    expect(said).not.toBeNull();
    signer = (said as { signingKey: string }).signingKey;
  }
  const manifest = (await verifiedBy(jws, signer, 'invigil-parcel+jws')) as {
    parts: { name: string; sha256: string }[];
  };
  const sealed = manifest.parts.map(({ name }) => readFileSync(join(folder, 'parts', `${name}.age`)));
  expect(sha256sums(sealed)).toEqual(manifest.parts.map(({ sha256 }) => sha256));
  const opened = (owner: string, name: string): string =>
    execFileSync('age', ['-d', '-i', identityFile(owner), join(folder, 'parts', `${name}.age`)], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
  expect(opened('site', 'record.json')).toBe('{"room":"S1-R1","candidates":1}\n');
  expect(opened('centre', 'entries.jsonl')).toBe(readFileSync(join(journal, 'room-with-copy.jsonl'), 'utf8'));
  expect(() => opened('site', 'entries.jsonl')).toThrow('no identity matched');
});

test.runIf(present)(
  `a parcel made by tar, sha256sum, jose and age is opened by a node${because}`,
  async () => {
    const folder = mkdtempSync(join(scratch, 'made-'));
    mkdirSync(join(folder, 'parts'));
    const content = Buffer.from('sixteen bytes ok');
    execFileSync('age', ['-r', key('site').recipient, '-o', join(folder, 'parts/secret.age')], {
      input: content,
    });
    const sealed = readFileSync(join(folder, 'parts/secret.age'));
    const manifest = {
      v: 1,
      kind: 'release',
      id: 'release:by-hand',
      from: { role: 'centre', code: 'CENTRE', id: 'centre-1' },
      to: { role: 'site', code: 'S1' },
      project: 'project-1',
      session: 'session-1',
      mode: 'formal',
      createdAt: 1,
      about: {},
      parts: [
        {
          name: 'secret',
          size: sealed.length,
          sha256: sha256sums([sealed])[0],
          sealedTo: [key('site').recipient],
        },
      ],
    };
    const jws = await new CompactSign(new TextEncoder().encode(JSON.stringify(manifest)))
      .setProtectedHeader({ alg: 'EdDSA', typ: 'invigil-parcel+jws' })
      .sign(await importPKCS8(key('centre').signing, 'EdDSA'));
    writeFileSync(join(folder, 'manifest.jws'), jws);
    const file = join(scratch, 'by-hand.parcel');
    execFileSync('tar', ['--format=ustar', '-cf', file, '-C', folder, 'parts/secret.age', 'manifest.jws']);
    const opened = await openParcel(file, {
      trust: { roots: [key('centre').publicKey], at: Date.now() },
      identities: [key('site').identity],
      recipient: key('site').recipient,
      staging: join(scratch, 'staging'),
      expect: { kind: 'release', to: { role: 'site', code: 'S1' }, project: 'project-1', mode: 'formal' },
    });
    if (!opened.ok) throw new Error(JSON.stringify(opened.refusal));
    expect(readFileSync(opened.value.parts.get('secret')?.file ?? '')).toEqual(content);
    await opened.value.dispose();
  },
);

test.runIf(present).each([0, 1, 65_535, 65_536, 65_537, 200_000])(
  `%s bytes go from age to a node and back${because}`,
  async (size) => {
    const content = Buffer.alloc(size, 'answers ');
    const { recipient, identity } = key('centre');
    const byAge = execFileSync('age', ['-r', recipient], { input: content, maxBuffer: 1 << 20 });
    expect(await openBytes(byAge, { identities: [identity] })).toEqual({
      ok: true,
      value: new Uint8Array(content),
    });
    const byUs = await sealBytes(content, { recipients: [recipient] });
    expect(
      execFileSync('age', ['-d', '-i', identityFile('centre')], { input: byUs, maxBuffer: 1 << 20 }).equals(
        content,
      ),
    ).toBe(true);
  },
);
