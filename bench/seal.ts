/** Making a parcel of 250 MB (digest, sign, seal) and opening it, in a process of its own so that the memory is its own. */
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, openSync, closeSync, writeSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectOk } from '../src/base/result.ts';
import { makeParcel, openParcel } from '../src/parcel/parcel.ts';
import { createNodeKeys } from '../src/trust/keys.ts';

const megabytes = 250;

interface Figures {
  sealMBPerS: number;
  openMBPerS: number;
  peakMB: number;
}

export function run(): Promise<Figures> {
  return new Promise((resolve, reject) => {
    const child = fork(import.meta.filename, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.once('message', (figures) => resolve(figures as Figures));
    child.once('exit', (code) => {
      if (code !== 0) reject(new Error(`the measurement ended with ${code}`));
    });
  });
}

async function measure(folder: string): Promise<Figures> {
  const content = join(folder, 'content');
  const file = openSync(content, 'w');
  const block = randomBytes(1_000_000);
  for (let i = 0; i < megabytes; i++) writeSync(file, block);
  closeSync(file);
  const keys = await createNodeKeys('bench');
  const parcel = join(folder, 'bench.parcel');
  const name = { role: 'centre', code: 'C', id: 'bench' } as const;
  const begun = performance.now();
  expectOk(
    await makeParcel(
      parcel,
      {
        kind: 'site-package',
        id: 'bench',
        to: { role: 'site', code: 'S' },
        project: 'P',
        session: null,
        mode: 'formal',
        createdAt: Date.now(),
        about: {},
      },
      [{ name: 'content', content: { file: content }, recipients: [keys.sealing.recipient] }],
      { name, key: keys.signing, chain: [] },
    ),
  );
  const sealed = performance.now();
  const opened = expectOk(
    await openParcel(parcel, {
      trust: { roots: [keys.signing.publicKey], at: null },
      identities: [keys.sealing.identity],
      recipient: keys.sealing.recipient,
      staging: join(folder, 'opened'),
      expect: { kind: 'site-package', to: { role: 'site', code: 'S' }, project: 'P', mode: 'formal' },
    }),
  );
  const done = performance.now();
  await opened.dispose();
  const rate = (ms: number): number => Math.round((megabytes / ms) * 1_000);
  return {
    sealMBPerS: rate(sealed - begun),
    openMBPerS: rate(done - sealed),
    peakMB: Math.round(process.resourceUsage().maxRSS / 1_000),
  };
}

if (import.meta.main) {
  const folder = mkdtempSync(join(tmpdir(), 'invigil-bench-'));
  try {
    const figures = await measure(folder);
    process.send?.(figures);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
