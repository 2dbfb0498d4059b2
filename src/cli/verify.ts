/** `invigil verify`: proves a node's journal, carried entries or a parcel whole, or names what is not. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import * as z from 'zod';
import { headSchema, type Head } from '../journal/entry.ts';
import { verifyEntries } from '../journal/verify-entries.ts';
import { compareJournals, journalWriter, verifyJournal, type WholeJournal } from '../journal/verify.ts';
import { formerSigningKeys } from '../trust/keys.ts';
import { signingKeyFromPem } from '../trust/signing-key.ts';
import { verifyParcelFile } from './parcel.ts';
import { cannotBeChecked, endWith, exitCodes } from './say.ts';
import { startOf } from './start-of-file.ts';

const identitySchema = z.object({ id: z.string(), role: z.string() });
const keyFileSchema = z.object({ signing: z.string() });
const recordSchema = z.object({ heads: z.array(headSchema) });

interface Options {
  readonly against?: string[];
  readonly key?: string;
  readonly heads?: string;
  readonly root?: string[];
  readonly json?: boolean;
}

export function register(program: Command): void {
  program
    .command('verify')
    .argument('<path>', "a node's data folder or its journal.db, carried entries (.jsonl), or a parcel")
    .option(
      '--against <folders...>',
      'data folders of neighbours that hold copies; those beside the folder are found by themselves',
    )
    .option('--key <key>', "the node's public key (base64url), where its key file is not beside the journal")
    .option('--heads <file>', 'for carried entries: the record.json that came with them')
    .option('--root <keys...>', "for a parcel: the centre's public key (base64url), or its data folder")
    .option('--json', 'print one JSON line')
    .description('prove a journal or a parcel whole, or name the first entry that is not')
    .addHelpText('after', exitCodes)
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .action(async (path: string, options: Options) => {
      if (!existsSync(path)) cannotBeChecked({ type: 'no-journal-here', path }, options.json);
      if (statSync(path).isDirectory() || isDatabase(path)) verifyData(path, options);
      else if (startOf(path, 1) === '{') verifyLines(path, options);
      else await verifyParcelFile(path, options);
    });
}

function verifyData(path: string, options: Options): void {
  const folder = statSync(path).isDirectory() ? resolve(path) : dirname(resolve(path));
  const identity = readIdentity(folder);
  const origin = identity?.id ?? journalWriter(path);
  const key = options.key ?? identity?.key;
  const former = formerSigningKeys(join(folder, 'keys'));
  const verified = verifyJournal(path, {
    signingKeys: new Map(key !== undefined && origin !== null ? [[origin, [key, ...former]]] : []),
    copiesHavePayloads: identity?.role === 'room' || identity?.role === 'seat',
  });
  if (!verified.ok) {
    if (verified.refusal.type === 'no-journal-here') cannotBeChecked(verified.refusal, options.json);
    endWith(verified.refusal, options.json);
  }
  let compared = 0;
  const neighbours = options.against ?? (identity ? neighboursOf(folder) : []);
  for (const neighbour of neighbours) {
    const judged = compareJournals(
      { path, origin: origin ?? '' },
      { path: neighbour, origin: readIdentity(neighbour)?.id ?? journalWriter(neighbour) },
    );
    if (!judged.ok) {
      if (judged.refusal.type === 'no-journal-here') cannotBeChecked(judged.refusal, options.json);
      endWith(judged.refusal, options.json);
    }
    compared += judged.value.compared;
  }
  say(`the journal of ${identity?.role ?? 'node'} ${origin ?? '(unknown)'}`, verified.value, options, {
    signaturesChecked: key !== undefined,
    compared,
    neighbours: neighbours.length,
    notChecked: [
      ...(key === undefined
        ? [
            'signatures: there is no key file beside it. Give --key: without it nobody notices an end that was made anew.',
          ]
        : []),
      ...(neighbours.length === 0
        ? [
            'copies: a disk that was put back looks whole by itself. Give --against the folder of a neighbour.',
          ]
        : []),
    ],
  });
}

function verifyLines(path: string, options: Options): void {
  const heads = options.heads === undefined ? null : readHeads(options.heads, options.json);
  const lines = readFileSync(path, 'utf8').split('\n');
  if (lines.at(-1) === '') lines.pop();
  const verified = verifyEntries(lines, { heads: heads ?? [] });
  if (!verified.ok) endWith(verified.refusal, options.json);
  say('these entries', verified.value, options, {
    signaturesChecked: false,
    named: heads?.length ?? 0,
    notChecked: heads
      ? []
      : ['the end of each chain: give --heads the record.json that came with the entries.'],
  });
}

function readHeads(path: string, json = false): Head[] {
  if (!existsSync(path)) cannotBeChecked({ type: 'no-such-file', path }, json);
  try {
    return recordSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).heads;
  } catch {
    return cannotBeChecked({ type: 'no-heads-here', path }, json);
  }
}

function say(
  of: string,
  { heads, ...counts }: WholeJournal,
  options: Options,
  more: {
    readonly signaturesChecked: boolean;
    readonly neighbours?: number;
    readonly compared?: number;
    readonly named?: number;
    readonly notChecked: readonly string[];
  },
): void {
  if (options.json) {
    console.log(JSON.stringify({ ok: true, whole: true, ...counts, ...more, heads }));
    return;
  }
  console.log(`Whole${counts.erased > 0 ? `, ${counts.erased} erased` : ''}: ${of}.`);
  console.log(`  ${counts.entries} entries in ${counts.chains} chains: none is missing, changed or added.`);
  if (counts.erased > 0)
    console.log(`  ${counts.erased} payloads were erased, and entries say so; their headers are whole.`);
  if (counts.signedHeads > 0)
    console.log(
      `  ${counts.signedHeads} signed heads ${more.signaturesChecked ? 'hold' : 'are on their chains'}.`,
    );
  if (more.named) console.log(`  The chains reach the ${more.named} heads of the record.`);
  if (more.neighbours)
    console.log(`  ${more.compared} entries agree with the copies of ${more.neighbours} neighbours.`);
  for (const line of more.notChecked) console.log(`  Not checked, ${line}`);
}

function isDatabase(path: string): boolean {
  // A damaged first page must still be judged as the journal that its name says it is.
  return startOf(path, 15) === 'SQLite format 3' || path.endsWith('.db');
}

function readIdentity(folder: string): { id: string; role: string; key: string | undefined } | null {
  const [node, keys] = [join(folder, 'node.json'), join(folder, 'keys', 'node-keys.json')];
  if (!existsSync(node)) return null;
  const { id, role } = identitySchema.parse(JSON.parse(readFileSync(node, 'utf8')));
  if (!existsSync(keys)) return { id, role, key: undefined };
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
