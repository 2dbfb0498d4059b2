/** `invigil verify`: proves a node's journal or a parcel whole, or names what is not. */
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import * as z from 'zod';
import { compareJournals, verifyJournal } from '../journal/verify.ts';
import { inspectParcel, verifyParcel } from '../parcel/parcel.ts';
import { signingKeyFromPem } from '../trust/keys.ts';
import { endWith } from './say.ts';

const identitySchema = z.object({ id: z.string(), role: z.string() });
const keyFileSchema = z.object({ signing: z.string() });

interface Options {
  readonly against?: string[];
  readonly root?: string[];
  readonly json?: boolean;
}

export function register(program: Command): void {
  program
    .command('verify')
    .argument('<path>', "a node's data folder, its journal.db, or a parcel")
    .option(
      '--against <folders...>',
      'data folders of neighbours that hold copies; those beside the folder are found by themselves',
    )
    .option('--root <keys...>', "for a parcel: the centre's public key (base64url), or its data folder")
    .option('--json', 'print one JSON line')
    .description('prove a journal or a parcel whole, or name the first entry that is not')
    .action(async (path: string, options: Options) => {
      if (!existsSync(path)) endWith({ type: 'no-journal-here', path }, options.json);
      if (statSync(path).isDirectory() || isDatabase(path)) verifyData(path, options);
      else await verifyFile(path, options);
    });
}

function verifyData(path: string, options: Options): void {
  const folder = statSync(path).isDirectory() ? resolve(path) : dirname(resolve(path));
  const identity = readIdentity(folder);
  const verified = verifyJournal(path, {
    signingKeys: new Map(identity ? [[identity.id, identity.key]] : []),
    copiesHavePayloads: identity?.role === 'room' || identity?.role === 'seat',
  });
  if (!verified.ok) endWith(verified.refusal, options.json);
  let compared = 0;
  const neighbours = identity ? (options.against ?? neighboursOf(folder)) : [];
  for (const neighbour of neighbours) {
    const judged = compareJournals(
      { path, origin: identity?.id ?? '' },
      { path: neighbour, origin: readIdentity(neighbour)?.id ?? null },
    );
    if (!judged.ok) endWith(judged.refusal, options.json);
    compared += judged.value.compared;
  }
  const { heads, ...counts } = verified.value;
  if (options.json)
    console.log(
      JSON.stringify({ ok: true, whole: true, ...counts, neighbours: neighbours.length, compared, heads }),
    );
  else
    console.log(
      `Whole${counts.erased > 0 ? `, ${counts.erased} payloads erased` : ''}: ${counts.entries} entries in ${counts.chains} chains, ` +
        `${counts.signedHeads} signed heads; ${compared} entries agree with ${neighbours.length} neighbours' copies.` +
        (identity ? '' : ' No node.json and keys beside it: signatures and neighbours were not checked.'),
    );
}

async function verifyFile(path: string, options: Options): Promise<void> {
  const inspected = await inspectParcel(path);
  if (!inspected.ok) endWith(inspected.refusal, options.json);
  if (!options.root) endWith({ type: 'root-needed' }, options.json);
  const roots = options.root.map((root) => (existsSync(root) ? (readIdentity(root)?.key ?? root) : root));
  const verified = await verifyParcel(path, { roots, at: null });
  if (!verified.ok) endWith(verified.refusal, options.json);
  const { kind, id, from, to, parts } = verified.value.manifest;
  if (options.json) console.log(JSON.stringify({ ok: true, whole: true, kind, id, from, to, parts }));
  else
    console.log(
      `Whole: ${kind} ${id} from ${from.role} ${from.code} to ${to.role} ${to.code}, ${parts.length} parts.`,
    );
}

function isDatabase(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(16);
    readSync(file, start, 0, 16, 0);
    // A damaged first page must still be judged as the journal that its name says it is.
    return start.toString('latin1').startsWith('SQLite format 3') || path.endsWith('.db');
  } finally {
    closeSync(file);
  }
}

function readIdentity(folder: string): { id: string; role: string; key: string } | null {
  const [node, keys] = [join(folder, 'node.json'), join(folder, 'keys', 'node-keys.json')];
  if (!existsSync(node) || !existsSync(keys)) return null;
  const { id, role } = identitySchema.parse(JSON.parse(readFileSync(node, 'utf8')));
  const { signing } = keyFileSchema.parse(JSON.parse(readFileSync(keys, 'utf8')));
  return { id, role, key: signingKeyFromPem(signing).publicKey };
}

function neighboursOf(folder: string): string[] {
  const parent = dirname(folder);
  return readdirSync(parent)
    .map((name) => join(parent, name))
    .filter(
      (path) =>
        path !== folder && existsSync(join(path, 'node.json')) && existsSync(join(path, 'journal.db')),
    );
}
