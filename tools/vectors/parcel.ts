/** Vectors of parcels and certificates: whole ones, and each damage that must be noticed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../src/base/json.ts';
import { expectOk } from '../../src/base/result.ts';
import { makeParcel, type ParcelHeading, type PartSource } from '../../src/parcel/parcel.ts';
import { padding, tarEnd, tarHeader } from '../../src/parcel/tar.ts';
import { issueCertificate, type NodeName } from '../../src/trust/certificate.ts';
import { sha256Hex } from '../../src/trust/digest.ts';
import { peekJws, signJws } from '../../src/trust/jws.ts';
import type { KeyOwner, TestKeys } from './test-keys.ts';

const names: Record<KeyOwner, NodeName> = {
  centre: { role: 'centre', code: 'CENTRE', id: 'centre-1' },
  site: { role: 'site', code: 'S1', id: 'site-1' },
  room: { role: 'room', code: 'S1-R1', id: 'room-1' },
  seat: { role: 'seat', code: 'seat-1', id: 'seat-1' },
  stranger: { role: 'centre', code: 'CENTRE', id: 'stranger-1' },
};
const notBefore = Date.UTC(2026, 5, 1);
const notAfter = Date.UTC(2026, 5, 30);
const during = Date.UTC(2026, 5, 8, 9);
const validity = { notBefore, notAfter };

export async function writeParcelVectors(folder: string, keys: Record<KeyOwner, TestKeys>): Promise<void> {
  const issue = (subject: KeyOwner, issuer: KeyOwner): string =>
    issueCertificate(
      {
        name: names[subject],
        signingKey: keys[subject].signing.publicKey,
        sealingKey: keys[subject].recipient,
      },
      { name: names[issuer], key: keys[issuer].signing },
      validity,
    );
  const [siteCertificate, roomCertificate] = [issue('site', 'centre'), issue('room', 'site')];
  const roomChain = [roomCertificate, siteCertificate];
  const sender = { name: names.room, key: keys.room.signing, chain: roomChain };
  const heading: ParcelHeading = {
    kind: 'room-result',
    id: 'room-result:S1-R1:session-1:1780909200000',
    to: { role: 'centre', code: 'CENTRE' },
    project: 'project-1',
    session: 'session-1',
    mode: 'formal',
    createdAt: during,
    about: { room: 'S1-R1', candidates: 1 },
  };
  const record = Buffer.from('{"room":"S1-R1","candidates":1}\n');
  const entries = readFileSync(
    join(import.meta.dirname, '../../formats/journal/vectors/room-with-copy.jsonl'),
  );
  const parts: PartSource[] = [
    { name: 'record.json', content: record, recipients: [keys.centre.recipient, keys.site.recipient] },
    { name: 'entries.jsonl', content: entries, recipients: [keys.centre.recipient] },
  ];
  const at = (name: string): string => join(folder, `${name}.parcel`);
  const make = async (
    name: string,
    ...more: [ParcelHeading, readonly PartSource[], typeof sender]
  ): Promise<void> => void expectOk(await makeParcel(at(name), ...more));
  await make('whole', heading, parts, sender);
  await make(
    'from-the-centre',
    {
      ...heading,
      kind: 'release',
      id: 'release:session-1:S1',
      to: { role: 'site', code: 'S1' },
      about: { sessionNumber: 1 },
    },
    [{ name: 'secret', content: Buffer.alloc(16, 7), recipients: [keys.site.recipient] }],
    { name: names.centre, key: keys.centre.signing, chain: [] },
  );
  await make('mock', { ...heading, mode: 'mock' }, parts, sender);
  await make('for-another-centre', { ...heading, to: { role: 'centre', code: 'OTHER' } }, parts, sender);
  await make('by-a-stranger', heading, parts, {
    name: names.stranger,
    key: keys.stranger.signing,
    chain: [],
  });
  await make('another-name', heading, parts, { ...sender, name: { ...names.room, code: 'S1-R2' } });
  const whole = readFileSync(at('whole'));
  const blocks = split(whole);
  const manifest = blocks.at(-1)?.content.toString('latin1') ?? '';
  const damaged = (name: string, bytes: Uint8Array): void => writeFileSync(at(name), bytes);
  const flipped = (offset: number): Buffer => {
    const copy = Buffer.from(whole);
    copy[offset] = (copy[offset] as number) ^ 1;
    return copy;
  };
  const [first, second] = blocks as [Block, Block, Block];
  damaged('cut', whole.subarray(0, second.offset + 100));
  damaged(
    'cut-before-manifest',
    whole.subarray(0, second.offset + second.content.length + padding(second.content.length).length),
  );
  damaged('empty', new Uint8Array(0));
  damaged('part-flipped', flipped(first.offset + first.content.length - 1));
  damaged('part-header-flipped', flipped(second.offset - 512 + 130));
  damaged(
    'manifest-flipped',
    withManifest(
      blocks,
      `${manifest.slice(0, -2)}${manifest.at(-2) === 'A' ? 'Q' : 'A'}${manifest.slice(-1)}`,
    ),
  );
  damaged('manifest-rewritten', withManifest(blocks, rewritten(manifest)));
  damaged(
    'manifest-of-another-typ',
    withManifest(
      blocks,
      signJws('invigil-head+jws', peeked(manifest), keys.room.signing, { chain: roomChain }),
    ),
  );
  damaged('parts-swapped', joined([second, first, blocks[2] as Block]));
  damaged('part-dropped', joined([first, blocks[2] as Block]));
  damaged(
    'part-added',
    joined([
      first,
      second,
      { name: 'parts/extra.age', offset: 0, content: first.content },
      blocks[2] as Block,
    ]),
  );
  damaged('not-a-parcel', Buffer.from('PK\u0003\u0004 some other file'));
  // A resealed copy is another file with the same identity.
  await make('resealed', heading, parts, sender);
  const content = { 'record.json': sha256Hex(record), 'entries.jsonl': sha256Hex(entries) };
  const asCentre = {
    key: 'centre',
    role: 'centre',
    code: 'CENTRE',
    kind: 'room-result',
    mode: 'formal',
    at: during,
  };
  const refusal = (type: string, more: JsonObject = {}): JsonObject => ({
    ok: false,
    refusal: { type, ...more },
  });
  const vector = (
    name: string,
    about: string,
    expect: JsonObject,
    as: JsonObject = asCentre,
  ): JsonObject => ({ name, about, open: as, expect });
  const index = [
    vector(
      'whole',
      'A room’s result with two parts, sent by a room whose certificate the site issued, whose certificate the centre issued.',
      { ok: true, parts: content },
    ),
    vector(
      'whole',
      'The site has the key of one part; the other one stays sealed.',
      { ok: true, parts: { 'record.json': content['record.json'] }, sealed: ['entries.jsonl'] },
      { ...asCentre, key: 'site' },
    ),
    vector('resealed', 'The same content sealed again: other bytes, the same id.', {
      ok: true,
      parts: content,
    }),
    vector(
      'from-the-centre',
      'Signed by the root itself: the chain is empty.',
      { ok: true, parts: { secret: sha256Hex(Buffer.alloc(16, 7)) } },
      { ...asCentre, key: 'site', role: 'site', code: 'S1', kind: 'release' },
    ),
    vector('cut', 'The file ends within a part.', refusal('cut-short')),
    vector('cut-before-manifest', 'The parts are there, the manifest is not.', refusal('cut-short')),
    vector('empty', 'Nothing in the file.', refusal('not-a-parcel')),
    vector('not-a-parcel', 'Some other file.', refusal('not-a-parcel')),
    vector('part-flipped', 'One bit of the first part.', refusal('altered', { part: 'record.json' })),
    vector('part-header-flipped', 'One bit of the size in the second part’s tar header.', refusal('altered')),
    vector('manifest-flipped', 'One character of the signature.', refusal('bad-signature')),
    vector(
      'manifest-rewritten',
      'The manifest names another room in about; the signature is the old one.',
      refusal('bad-signature'),
    ),
    vector(
      'manifest-of-another-typ',
      'Signed by the right key for another purpose.',
      refusal('bad-signature'),
    ),
    vector('parts-swapped', 'The two parts changed places.', refusal('altered', { part: 'record.json' })),
    vector('part-dropped', 'The second part is missing.', refusal('altered')),
    vector('part-added', 'A part that the manifest does not list.', refusal('altered')),
    vector('by-a-stranger', 'Signed by somebody who calls himself the centre.', refusal('bad-signature')),
    vector(
      'another-name',
      'The manifest says another room than the certificate.',
      refusal('untrusted-sender', { code: 'S1-R2' }),
    ),
    vector(
      'whole',
      'The whole one, after its sender’s certificate has expired.',
      refusal('certificate-expired', { code: 'S1-R1', since: notAfter }),
      { ...asCentre, at: notAfter + 1 },
    ),
    vector(
      'whole',
      'Before the certificate is valid.',
      refusal('certificate-not-yet-valid', { code: 'S1-R1', from: notBefore }),
      { ...asCentre, at: notBefore - 1 },
    ),
    vector(
      'for-another-centre',
      'Whole, but addressed to another receiver.',
      refusal('wrong-receiver', { to: 'centre OTHER' }),
    ),
    vector(
      'mock',
      'Whole, but of a mock exam, where a formal one is expected.',
      refusal('wrong-mode', { found: 'mock' }),
    ),
    vector(
      'from-the-centre',
      'Whole, but another kind than expected.',
      refusal('wrong-kind', { found: 'release', expected: 'room-result' }),
    ),
  ];
  writeFileSync(join(folder, 'vectors.json'), `${JSON.stringify(index, null, 2)}\n`);
  const judged = (
    about: string,
    chain: string[],
    expect: JsonObject,
    when: number | null = during,
  ): JsonObject => ({ about, chain, at: when, expect });
  const untrusted = (code: string): JsonObject => refusal('untrusted-sender', { code });
  const certificates = {
    about:
      'Chains, leaf first, judged at a time in ms (null: no clock to be trusted) with the centre’s key of test-keys.json as the only root.',
    chains: [
      judged('A site of the centre.', [siteCertificate], {
        ok: true,
        leaf: names.site as unknown as JsonObject,
      }),
      judged('A room of that site.', roomChain, { ok: true, leaf: names.room as unknown as JsonObject }),
      judged('A seat of that room.', [issue('seat', 'room'), ...roomChain], {
        ok: true,
        leaf: names.seat as unknown as JsonObject,
      }),
      judged('A room that the centre registered itself.', [issue('room', 'centre')], {
        ok: true,
        leaf: names.room as unknown as JsonObject,
      }),
      judged('No certificate: the signer must be the root.', [], { ok: true, leaf: null }),
      judged(
        'After the end, where no clock can be trusted.',
        [siteCertificate],
        { ok: true, leaf: names.site as unknown as JsonObject },
        null,
      ),
      judged(
        'After the end.',
        [siteCertificate],
        refusal('certificate-expired', { code: 'S1', since: notAfter }),
        notAfter + 1,
      ),
      judged(
        'Before the beginning.',
        [siteCertificate],
        refusal('certificate-not-yet-valid', { code: 'S1', from: notBefore }),
        notBefore - 1,
      ),
      judged('Issued by a stranger.', [issue('site', 'stranger')], untrusted('S1')),
      judged('The site’s certificate is missing.', [roomCertificate], untrusted('S1-R1')),
      judged('A site may not make a seat.', [issue('seat', 'site'), siteCertificate], untrusted('seat-1')),
      judged('A room may not make a site.', [issue('site', 'room'), ...roomChain], untrusted('S1')),
      judged('In the wrong order.', roomChain.toReversed(), untrusted('S1')),
      judged(
        'One character changed.',
        [
          `${siteCertificate.slice(0, -3)}${siteCertificate.at(-3) === 'A' ? 'Q' : 'A'}${siteCertificate.slice(-2)}`,
        ],
        untrusted('S1'),
      ),
      judged('Not a certificate.', ['abc'], refusal('untrusted-sender', { problem: 'damaged certificate' })),
    ],
  };
  writeFileSync(join(folder, 'certificates.json'), `${JSON.stringify(certificates, null, 2)}\n`);
}

interface Block {
  readonly name: string;
  readonly offset: number;
  readonly content: Buffer;
}

function split(tar: Buffer): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; tar[at] !== 0;) {
    const name = tar.toString('latin1', at, at + 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 135), 8);
    blocks.push({ name, offset: at + 512, content: tar.subarray(at + 512, at + 512 + size) });
    at += 512 + size + padding(size).length;
  }
  return blocks;
}

function joined(blocks: readonly Block[]): Buffer {
  return Buffer.concat([
    ...blocks.flatMap(({ name, content }) => [
      tarHeader(name, content.length),
      content,
      padding(content.length),
    ]),
    tarEnd,
  ]);
}

function withManifest(blocks: readonly Block[], jws: string): Buffer {
  return joined([...blocks.slice(0, -1), { name: 'manifest.jws', offset: 0, content: Buffer.from(jws) }]);
}

function peeked(jws: string): JsonObject {
  return expectOk(peekJws(jws)).payload as JsonObject;
}

function rewritten(jws: string): string {
  const [header, , signature] = jws.split('.');
  const payload = JSON.stringify({ ...peeked(jws), about: { room: 'S1-R9', candidates: 1 } });
  return `${header}.${Buffer.from(payload).toString('base64url')}.${signature}`;
}
