/** `invigil parcel inspect|verify|open`: looks at a parcel without a console. */
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import * as z from 'zod';
import { newId } from '../base/ids.ts';
import type { Result } from '../base/result.ts';
import { inspectParcel, openParcel, verifyParcel, type Inspected } from '../parcel/parcel.ts';
import { certificateSchema } from '../trust/certificate.ts';
import { peekJws } from '../trust/jws.ts';
import { loadOrCreateNodeKeys } from '../trust/keys.ts';
import { signingKeyFromPem } from '../trust/signing-key.ts';
import { cannotBeChecked, endWith, exitCodes } from './say.ts';
import { verifyDossier, type WholeDossier } from './verify-dossier.ts';
import { verifyRoomEvidence, type WholeEvidence } from './verify-room-evidence.ts';

const keyFileSchema = z.object({ signing: z.string() });
const rootHelp = "the centre's public key (base64url), or its data folder";

export function register(program: Command): void {
  const parcel = program
    .command('parcel')
    .description('look at parcels')
    .addHelpText('after', exitCodes)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
  parcel
    .command('inspect')
    .argument('<file>')
    .option('--json', 'print one JSON line')
    .description('say what a parcel says of itself, without believing it')
    .action(async (file: string, options: { json?: boolean }) => {
      needFile(file, options.json);
      const inspected = await inspectParcel(file);
      if (!inspected.ok) endWith(inspected.refusal, options.json);
      print('Says of itself (not verified)', inspected.value, options.json);
    });
  parcel
    .command('verify')
    .argument('<file>')
    .requiredOption('--root <keys...>', rootHelp)
    .option('--at <time>', "also demand that the sender's certificates are valid then (2026-06-08T09:00Z)")
    .option('--json', 'print one JSON line')
    .description('prove signature, sender and every part')
    .action(verifyParcelFile);
  parcel
    .command('open')
    .argument('<file>')
    .requiredOption('--root <keys...>', rootHelp)
    .requiredOption('--data <folder>', 'data folder of the node to which it is addressed')
    .requiredOption('--out <folder>', 'where the opened parts go')
    .option('--json', 'print one JSON line')
    .description('verify, and unseal the parts that this node has the key for')
    .action(openParts);
}

/** Also called by `invigil verify`, where the root may be forgotten. */
export async function verifyParcelFile(
  file: string,
  options: { root?: string[]; at?: string; json?: boolean },
): Promise<void> {
  needFile(file, options.json);
  const inspected = await inspectParcel(file);
  if (!inspected.ok) endWith(inspected.refusal, options.json);
  if (!options.root) cannotBeChecked({ type: 'root-needed' }, options.json);
  const at = options.at === undefined ? null : Date.parse(options.at);
  if (Number.isNaN(at))
    cannotBeChecked({ type: 'bad-option', option: '--at', problem: 'not a time' }, options.json);
  const roots = options.root.map(rootKey);
  const verified = await verifyParcel(file, { roots, at });
  if (!verified.ok) endWith(verified.refusal, options.json);
  const { manifest } = verified.value;
  if (manifest.kind === 'dossier')
    return sayDossier(await verifyDossier(file, manifest, roots), options.json);
  if (manifest.kind === 'room-evidence')
    return sayEvidence(await verifyRoomEvidence(file, manifest, roots), options.json);
  print('Whole, and sent by whom it says', verified.value, options.json);
}

function sayDossier(verified: Result<WholeDossier>, json = false): void {
  if (!verified.ok) endWith(verified.refusal, json);
  const { dossier, proved, byCentre, complete, receipts, files } = verified.value;
  const { candidate, session, room } = dossier;
  if (json) {
    console.log(
      JSON.stringify({
        ok: true,
        whole: true,
        proved,
        byCentre,
        complete,
        receipts,
        files,
        differing: dossier.differing,
      }),
    );
    return;
  }
  console.log(`Whole: the dossier of ${candidate.admissionNumber}, ${candidate.name}.`);
  console.log(
    `  Session ${session.number} (${session.name}), room ${room.code}, made ${new Date(dossier.madeAt).toISOString()} by ${dossier.by}.`,
  );
  console.log(`  ${proved} entries stand unaltered in chains that the room signed.`);
  if (byCentre > 0) console.log(`  ${byCentre} entries stand on the centre's signature alone.`);
  console.log(
    complete
      ? "  By the room's word these are all entries about this candidate in the chains that it held."
      : '  Not proved, that none is missing: no signed list of the room is inside.',
  );
  console.log(`  ${receipts} receipts are the centre's; ${files} files are the ones that were kept.`);
  if (dossier.differing > 0)
    console.log(`  ${dossier.differing} copies differ from what stands at their place: see differing.jsonl.`);
}

function sayEvidence(verified: Result<WholeEvidence>, json = false): void {
  if (!verified.ok) endWith(verified.refusal, json);
  const { contents, entries, held, differing } = verified.value;
  if (json) {
    console.log(
      JSON.stringify({ ok: true, whole: true, results: contents.results.length, entries, held, differing }),
    );
    return;
  }
  console.log(`Whole: what is kept of room ${contents.room} in session ${contents.session}.`);
  console.log(
    `  Made ${new Date(contents.madeAt).toISOString()} by ${contents.by}; ${contents.results.length} results, ${entries} entries.`,
  );
  console.log(`  ${held} of the results have their entries signed by the room one by one.`);
  if (contents.results.length > 1)
    console.log('  There are different results of this room: one is in force, all are inside.');
  if (differing > 0)
    console.log(
      `  ${differing} chains end otherwise in the centre's journal than in the results: look into both.`,
    );
}

async function openParts(
  file: string,
  options: { root: string[]; data: string; out: string; json?: boolean },
): Promise<void> {
  needFile(file, options.json);
  if (!existsSync(join(options.data, 'keys')))
    cannotBeChecked({ type: 'no-keys-here', path: options.data }, options.json);
  const keys = await loadOrCreateNodeKeys(join(options.data, 'keys'), { name: 'parcel' });
  const inspected = await inspectParcel(file);
  if (!inspected.ok) endWith(inspected.refusal, options.json);
  const { manifest } = inspected.value;
  mkdirSync(options.out, { recursive: true });
  const opened = await openParcel(file, {
    trust: { roots: options.root.map(rootKey), at: null },
    identities: [keys.sealing.identity],
    recipient: keys.sealing.recipient,
    staging: join(options.out, `.${newId()}`),
    expect: { kind: manifest.kind, to: manifest.to, project: null, mode: null },
  });
  if (!opened.ok) endWith(opened.refusal, options.json);
  const written = [...opened.value.parts].map(([name, { file: from, sealed }]) => {
    const as = join(options.out, `${name}${sealed ? '.age' : ''}`);
    copyFileSync(from, as);
    return { name, file: as, sealed };
  });
  await opened.value.dispose();
  if (options.json) console.log(JSON.stringify({ ok: true, parts: written }));
  else
    for (const { file: as, sealed } of written)
      console.log(`${as}${sealed ? '  (still sealed: this node has no key for it)' : ''}`);
}

function print(verdict: string, { manifest, chain }: Inspected, json = false): void {
  const senders = chain.flatMap((jws) => {
    const peeked = peekJws(jws);
    const read = peeked.ok ? certificateSchema.safeParse(peeked.value.payload).data : undefined;
    return read ? [read] : [];
  });
  if (json) {
    console.log(JSON.stringify({ ok: true, manifest, certificates: senders }));
    return;
  }
  const { kind, id, from, to, project, session, mode, createdAt, about, parts } = manifest;
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  const rows = [
    ['identity', id],
    ['from', `${from.role} ${from.code} (${from.id})`],
    ...senders.map(({ subject, issuer, notBefore, notAfter }) => [
      'certified',
      `${subject.role} ${subject.code} by ${issuer.role} ${issuer.code}, ${day(notBefore)} to ${day(notAfter)}`,
    ]),
    ['to', `${to.role} ${to.code}`],
    ['project', `${project}${session === null ? '' : `, session ${session}`}, ${mode}`],
    ['made', new Date(createdAt).toISOString()],
    ...Object.entries(about).map(([name, value]) => ['about', `${name}: ${JSON.stringify(value)}`]),
    ...parts.flatMap(({ name, size, sha256, sealedTo }) => [
      ['part', `${name}, ${size} bytes sealed`],
      ['', `sha256 ${sha256}`],
      ...sealedTo.map((recipient) => ['', `for ${recipient}`]),
    ]),
  ];
  console.log(`${verdict}: ${kind}`);
  for (const [name = '', value] of rows) console.log(`  ${name.padEnd(10)} ${value}`);
}

function needFile(file: string, json = false): void {
  if (!existsSync(file)) cannotBeChecked({ type: 'no-such-file', path: file }, json);
}

function rootKey(given: string): string {
  const file = join(given, 'keys', 'node-keys.json');
  if (!existsSync(file)) return given;
  return signingKeyFromPem(keyFileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).signing).publicKey;
}
