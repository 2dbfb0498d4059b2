/** `invigil parcel inspect|verify|open`: looks at a parcel without a console. */
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import * as z from 'zod';
import { newId } from '../base/ids.ts';
import { inspectParcel, openParcel, verifyParcel, type Manifest } from '../parcel/parcel.ts';
import { loadOrCreateNodeKeys, signingKeyFromPem } from '../trust/keys.ts';
import { endWith } from './say.ts';

const keyFileSchema = z.object({ signing: z.string() });

export function register(program: Command): void {
  const parcel = program.command('parcel').description('look at parcels');
  parcel
    .command('inspect')
    .argument('<file>')
    .option('--json', 'print one JSON line')
    .description('say what a parcel says of itself, without believing it')
    .action(async (file: string, options: { json?: boolean }) => {
      needFile(file, options.json);
      const inspected = await inspectParcel(file);
      if (!inspected.ok) endWith(inspected.refusal, options.json);
      print(inspected.value.manifest, options.json);
    });
  parcel
    .command('verify')
    .argument('<file>')
    .requiredOption('--root <keys...>', "the centre's public key (base64url), or its data folder")
    .option('--json', 'print one JSON line')
    .description('prove signature, sender and every part')
    .action(async (file: string, options: { root: string[]; json?: boolean }) => {
      needFile(file, options.json);
      const verified = await verifyParcel(file, { roots: options.root.map(rootKey), at: null });
      if (!verified.ok) endWith(verified.refusal, options.json);
      print(verified.value.manifest, options.json);
    });
  parcel
    .command('open')
    .argument('<file>')
    .requiredOption('--root <keys...>', "the centre's public key (base64url), or its data folder")
    .requiredOption('--data <folder>', 'data folder of the node to which it is addressed')
    .requiredOption('--out <folder>', 'where the opened parts go')
    .option('--json', 'print one JSON line')
    .description('verify, and unseal the parts that this node has the key for')
    .action(async (file: string, options: { root: string[]; data: string; out: string; json?: boolean }) => {
      needFile(file, options.json);
      if (!existsSync(join(options.data, 'keys')))
        endWith({ type: 'no-journal-here', path: options.data }, options.json);
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
      for (const [name, part] of opened.value.parts) {
        const safe = name.replaceAll(/[^\w.-]/g, '_') + (part.sealed ? '.age' : '');
        copyFileSync(part.file, join(options.out, safe));
        if (!options.json) console.log(`${safe}${part.sealed ? '  (sealed for somebody else)' : ''}`);
      }
      await opened.value.dispose();
      if (options.json)
        console.log(JSON.stringify({ ok: true, parts: [...opened.value.parts.keys()], out: options.out }));
    });
}

function print(manifest: Manifest, json = false): void {
  console.log(json ? JSON.stringify({ ok: true, manifest }) : JSON.stringify(manifest, null, 2));
}

function needFile(file: string, json = false): void {
  if (!existsSync(file)) endWith({ type: 'no-such-file', path: file }, json);
}

function rootKey(given: string): string {
  const file = join(given, 'keys', 'node-keys.json');
  if (!existsSync(file)) return given;
  return signingKeyFromPem(keyFileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).signing).publicKey;
}
