import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { execFileSync, spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { expectOk } from '../base/result.ts';
import { issueCertificate, type NodeName } from '../trust/certificate.ts';
import { createNodeKeys } from '../trust/keys.ts';
import {
  inspectParcel,
  makeParcel,
  openParcel,
  readPart,
  verifyParcel,
  type ParcelHeading,
} from './parcel.ts';

const folder = mkdtempSync(join(tmpdir(), 'parcel-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [centre, site, other] = [await createNodeKeys(), await createNodeKeys(), await createNodeKeys()];
const centreName: NodeName = { role: 'centre', code: 'C', id: 'c' };
const siteName: NodeName = { role: 'site', code: '1999999', id: 's' };
const chain = [
  issueCertificate(
    { name: siteName, signingKey: site.signing.publicKey, sealingKey: site.sealing.recipient },
    { name: centreName, key: centre.signing },
    { notBefore: 0, notAfter: 9e12 },
  ),
];
const trust = { roots: [centre.signing.publicKey], at: 1_000_000 };
const heading: ParcelHeading = {
  kind: 'site-results',
  id: 'results:1',
  to: { role: 'centre', code: 'C' },
  project: 'p',
  session: 's1',
  mode: 'formal',
  createdAt: 1,
  about: { rooms: 2 },
};
const content = Buffer.from('answers '.repeat(20_000));
const file = join(folder, 'results.parcel');
expectOk(
  await makeParcel(
    file,
    heading,
    [
      { name: 'answers', content, recipients: [centre.sealing.recipient] },
      { name: 'empty', content: new Uint8Array(0), recipients: [centre.sealing.recipient] },
    ],
    { name: siteName, key: site.signing, chain },
  ),
);
const opening = (
  path: string,
  expect = {
    kind: 'site-results' as const,
    to: { role: 'centre', code: 'C' },
    project: 'p',
    mode: 'formal' as const,
  },
  keys = centre,
) =>
  openParcel(path, {
    trust,
    identities: [keys.sealing.identity],
    recipient: keys.sealing.recipient,
    staging: join(folder, 'staging'),
    expect,
  });

test('what was sealed comes out the same for its receiver', async () => {
  const opened = expectOk(await opening(file));
  expect(readFileSync(opened.parts.get('answers')!.file)).toEqual(content);
  expect(readFileSync(opened.parts.get('empty')!.file)).toHaveLength(0);
  await opened.dispose();
  expect(existsSync(join(folder, 'staging'))).toBe(false);
});

test('a part that is larger than its reader has room for is refused before it is read', async () => {
  const inspected = expectOk(await inspectParcel(file));
  const identities = [centre.sealing.identity];
  expect(await readPart(file, inspected, 'answers', identities, 1_000)).toMatchObject({
    refusal: { type: 'file-too-large', limit: 1_000 },
  });
  expect(expectOk(await readPart(file, inspected, 'answers', identities))).toHaveLength(content.length);
});

test('another receiver, project, mode or kind is refused with its name', async () => {
  expect(
    await opening(file, {
      kind: 'site-results',
      to: { role: 'centre', code: 'D' },
      project: 'p',
      mode: 'formal',
    }),
  ).toMatchObject({ refusal: { type: 'wrong-receiver', to: 'centre C' } });
  expect(
    await opening(file, {
      kind: 'site-results',
      to: { role: 'centre', code: 'C' },
      project: 'q',
      mode: 'formal',
    }),
  ).toMatchObject({ refusal: { type: 'wrong-project' } });
  expect(await verifyParcel(file, { roots: [other.signing.publicKey], at: null })).toMatchObject({
    refusal: { type: 'untrusted-sender' },
  });
});

test('a parcel that was cut, or has one flipped bit anywhere, is refused and leaves nothing behind', async () => {
  const whole = readFileSync(file);
  const broken = join(folder, 'broken.parcel');
  const padded = new Set<number>();
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: whole.length - 1 }),
      fc.integer({ min: 0, max: 7 }),
      fc.boolean(),
      async (at, bit, cut) => {
        const bytes = cut ? whole.subarray(0, at) : Buffer.from(whole);
        if (!cut) bytes[at] = (bytes[at] as number) ^ (1 << bit);
        writeFileSync(broken, bytes);
        const result = await opening(broken);
        // Padding between the parts and behind the end carries nothing; cutting in the closing zero blocks takes nothing away.
        if (result.ok) {
          padded.add(at);
          expect(readFileSync(result.value.parts.get('answers')!.file)).toEqual(content);
          expect(whole[at]).toBe(0);
          await result.value.dispose();
        }
        expect(existsSync(join(folder, 'staging'))).toBe(false);
      },
    ),
    { numRuns: 150 },
  );
});

test.runIf(spawnSync('age', ['--version']).status === 0)(
  "anybody can check and open it with Debian's tar and age",
  () => {
    writeFileSync(join(folder, 'key.txt'), `${centre.sealing.identity}\n`);
    const out = execFileSync('sh', [
      '-c',
      `tar -xOf "${file}" parts/answers.age | age -d -i "${join(folder, 'key.txt')}"`,
    ]);
    expect(out).toEqual(content);
  },
);
