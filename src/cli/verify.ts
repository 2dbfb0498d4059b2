/** `invigil verify`: proves a node's journal whole, or names the first entry that is not. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import * as z from 'zod';
import { signingKeyFromPem } from '../trust/keys.ts';
import { compareJournals, verifyJournal } from '../journal/verify.ts';
import { endWith } from './say.ts';

const identitySchema = z.object({ id: z.string() });
const keyFileSchema = z.object({ signing: z.string() });

export function register(program: Command): void {
  program
    .command('verify')
    .argument('<path>', "a node's data folder, or its journal.db")
    .option(
      '--against <folders...>',
      'data folders of neighbours that hold copies; those beside the folder are found by themselves',
    )
    .option('--json', 'print one JSON line')
    .description('prove a journal whole, or name the first entry that is not')
    .action((path: string, options: { against?: string[]; json?: boolean }) => {
      const folder =
        existsSync(path) && statSync(path).isDirectory() ? resolve(path) : dirname(resolve(path));
      const identity = readIdentity(folder);
      const verified = verifyJournal(path, identity ? new Map([[identity.id, identity.key]]) : new Map());
      if (!verified.ok) endWith(verified.refusal, options.json);
      if (identity) {
        for (const neighbour of options.against ?? neighboursOf(folder)) {
          const compared = compareJournals(verified.value.heads, neighbour, identity.id);
          if (!compared.ok) endWith(compared.refusal, options.json);
        }
      }
      const { heads, ...counts } = verified.value;
      if (options.json) console.log(JSON.stringify({ ok: true, ...counts, heads }));
      else
        console.log(
          `Whole: ${counts.entries} entries in ${counts.chains} chains, ${counts.signedHeads} signed heads, ${counts.erased} payloads erased.`,
        );
    });
}

function readIdentity(folder: string): { id: string; key: string } | null {
  const [node, keys] = [join(folder, 'node.json'), join(folder, 'keys', 'node-keys.json')];
  if (!existsSync(node) || !existsSync(keys)) return null;
  const { id } = identitySchema.parse(JSON.parse(readFileSync(node, 'utf8')));
  const { signing } = keyFileSchema.parse(JSON.parse(readFileSync(keys, 'utf8')));
  return { id, key: signingKeyFromPem(signing).publicKey };
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
