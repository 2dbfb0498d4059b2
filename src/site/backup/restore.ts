/**
 * The restore on a computer whose site is not set up yet. The exam lock opens the backup; what it holds is checked whole before anything is put in
 * place, and takes its place when the program begins anew: killed anywhere, the computer is as before, or restored.
 */
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { identityToRecipient } from 'age-encryption';
import { jsonIn } from '../../base/json.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Drives } from '../../hardware/removable-drive/port.ts';
import { openKeyFile } from '../../hardware/token/key-file.ts';
import type { Tokens } from '../../hardware/token/port.ts';
import { declareReady, unfinishedFolder, type RestoredFrom } from '../../node/restored-data.ts';
import { openParcel } from '../../parcel/parcel.ts';
import { diskRefusal } from '../../store/disk-refusal.ts';
import { formerKeysFile } from '../../trust/keys.ts';
import { openBytes } from '../../trust/seal.ts';
import { pointOfTagRecipient } from '../../trust/tag-recipient.ts';
import { siteSetupSchema, type Site, type SiteSetup } from '../site.ts';
import {
  blobsPart,
  databasePart,
  identityPart,
  inspectBackup,
  journalPart,
  keyPart,
  opensBackup,
  siteIdentitySchema,
} from './backup-parcel.ts';
import { unpackBlobs } from './blob-archive.ts';
import type { BackupFound } from './contract.ts';
import { copyIsWhole, databaseProblem } from './whole-copy.ts';

const named = /^site-backup_.*\.parcel$/;
/** Of one drive. */
const mostListed = 50;

export async function lookAtBackup(path: string): Promise<Result<BackupFound>> {
  const inspected = await inspectBackup(path);
  if (!inspected.ok) return inspected;
  const { manifest, about } = inspected.value;
  return ok({
    path,
    opens: opensBackup(manifest),
    siteCode: manifest.to.code,
    siteName: about.siteName,
    mode: manifest.mode,
    madeAt: manifest.createdAt,
    by: about.by,
    note: about.note,
    bytes: (await stat(path)).size,
    rooms: about.rooms,
    addresses: about.addresses,
  });
}

/** The newest first. Looks into the drives and one folder deep. */
export async function findBackups(drives: Drives): Promise<BackupFound[]> {
  const found: BackupFound[] = [];
  for (const { path } of await drives.list()) {
    const files: string[] = [];
    for (const entry of await readdir(path, { withFileTypes: true }).catch(() => [])) {
      const inside = join(path, entry.name);
      if (entry.isFile() && named.test(entry.name)) files.push(inside);
      if (entry.isDirectory())
        for (const name of await readdir(inside).catch(() => []))
          if (named.test(name)) files.push(join(inside, name));
    }
    for (const file of files.toSorted().toReversed().slice(0, mostListed)) {
      const looked = await lookAtBackup(file);
      if (looked.ok) found.push(looked.value);
    }
  }
  return found.toSorted((a, b) => b.madeAt - a.madeAt);
}

/** @returns refusals `setup-already-done`, those of the parcel and of the lock, `wrong-backup-password`, `backup-needs-lock`, `backup-not-whole`, `disk-full`. */
export async function restoreSite(
  site: Site,
  input: LockToOpen & { readonly path: string },
): Promise<Result<void>> {
  // Nothing that somebody works with is ever replaced.
  if (site.setup() !== null) return refuse({ type: 'setup-already-done' });
  const folder = join(site.node.data, unfinishedFolder);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  try {
    const prepared = await prepare(site.tokens, folder, input);
    if (!prepared.ok) return prepared;
    declareReady(site.node.data);
  } catch (error) {
    const refusal = diskRefusal(error);
    if (!refusal) throw error;
    return refuse({ ...refusal, path: folder });
  } finally {
    // Where it is ready it has another name by now.
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  site.beginAnew();
  return ok();
}

interface LockToOpen {
  /** null: a password opens it. */
  readonly lockPath: string | null;
  readonly tokenSerial: string | null;
  readonly pin: string;
}

async function prepare(
  tokens: Tokens,
  folder: string,
  { path, ...lock }: LockToOpen & { readonly path: string },
): Promise<Result<void>> {
  const inspected = await inspectBackup(path);
  if (!inspected.ok) return inspected;
  const { manifest, about } = inspected.value;
  const expected = {
    trust: { roots: [about.centre], at: null },
    expect: {
      kind: 'site-backup' as const,
      to: { role: 'site', code: manifest.to.code },
      project: null,
      mode: null,
    },
  };
  const sealed = await openParcel(path, {
    ...expected,
    identities: [],
    recipient: '',
    staging: join(folder, 'key'),
    only: (name) => name === keyPart,
  });
  if (!sealed.ok) return sealed;
  const sealedTo = manifest.parts.find(({ name }) => name === keyPart)?.sealedTo ?? [];
  const content = await readFile(join(folder, 'key', keyPart));
  const { lockPath, tokenSerial, pin } = lock;
  const key =
    opensBackup(manifest) === 'password'
      ? await unsealByPassword(content, pin)
      : lockPath === null
        ? refuse({ type: 'backup-needs-lock' })
        : await unseal(tokens, content, sealedTo, { lockPath, tokenSerial, pin });
  await sealed.value.dispose();
  if (!key.ok) return key;
  const identity = Buffer.from(key.value.opened).toString('latin1');
  const recipient = await identityToRecipient(identity).catch(() => null);
  if (recipient === null) return refuse({ type: 'altered', part: keyPart });
  const opened = await openParcel(path, {
    ...expected,
    identities: [identity],
    recipient,
    staging: join(folder, 'opened'),
    only: (name) => name !== keyPart,
  });
  if (!opened.ok) return opened;
  const part = (name: string): string => join(folder, 'opened', name);
  const said = siteIdentitySchema.safeParse(jsonIn(await readFile(part(identityPart))));
  if (!said.success || said.data.centre !== about.centre || said.data.siteCode !== manifest.to.code)
    return refuse({ type: 'altered', part: identityPart });
  const problem = databaseProblem(part(databasePart));
  if (problem !== null) return refuse({ type: 'backup-not-whole', problem });
  const whole = copyIsWhole(part(journalPart), said.data.id, said.data.signingKeys);
  if (!whole.ok) return whole;
  const blobs = await unpackBlobs(part(blobsPart), join(folder, 'blobs'));
  if (!blobs.ok) return blobs;
  if (!worksWith(part(databasePart), key.value.lock)) return refuse({ type: 'altered', part: databasePart });
  for (const [from, to] of [
    [databasePart, 'node.db'],
    [journalPart, 'journal.db'],
  ] as const) {
    // A power cut must not leave the name of a database that the disk does not have.
    await toDisk(part(from));
    await rename(part(from), join(folder, to));
  }
  await opened.value.dispose();
  await mkdir(join(folder, 'keys'), { mode: 0o700 });
  const write = (name: string, content: unknown): Promise<void> =>
    writeFile(join(folder, name), JSON.stringify(content), { flush: true });
  await write(join('keys', formerKeysFile), { signing: said.data.signingKeys });
  await write('node.json', { format: 1, role: 'site', id: said.data.id });
  await write('restored.json', {
    madeAt: manifest.createdAt,
    by: about.by,
    note: about.note,
  } satisfies RestoredFrom);
  return ok();
}

type LockSetup = Pick<SiteSetup, 'lockKind' | 'lockPath' | 'lockSerial' | 'lockRecipient'>;

/** @param sealedTo recipients of the site's locks, as the backup names them: any one opens it */
async function unseal(
  tokens: Tokens,
  sealed: Uint8Array,
  sealedTo: readonly string[],
  { lockPath, tokenSerial, pin }: LockToOpen & { readonly lockPath: string },
): Promise<Result<{ opened: Uint8Array; lock: LockSetup }>> {
  if (tokenSerial === null) {
    const file = openKeyFile(lockPath);
    if (!file.ok) return file;
    const opened = await file.value.unseal(sealed, pin);
    return opened.ok
      ? ok({
          opened: opened.value,
          lock: { lockKind: 'key-file', lockPath, lockSerial: file.value.serial, lockRecipient: null },
        })
      : opened;
  }
  for (const recipient of sealedTo) {
    if (pointOfTagRecipient(recipient) === null) continue;
    const followed = tokens.follow({ library: lockPath, serial: tokenSerial, recipient }, () => undefined);
    const opened = await followed.token.unseal(sealed, pin).finally(() => followed.close());
    if (opened.ok)
      return ok({
        opened: opened.value,
        lock: { lockKind: 'pkcs11', lockPath, lockSerial: tokenSerial, lockRecipient: recipient },
      });
    // Of another of the site's tokens. A wrong PIN is not said twice: each time costs a try.
    if (opened.refusal.type !== 'wrong-key') return opened;
  }
  return refuse({ type: 'wrong-key' });
}

/** Of a site without a lock, which works without one at this computer, too. Refusal: `wrong-backup-password`. */
async function unsealByPassword(
  sealed: Uint8Array,
  password: string,
): Promise<Result<{ opened: Uint8Array; lock: LockSetup }>> {
  const opened = await openBytes(sealed, { passphrase: password });
  if (!opened.ok)
    return opened.refusal.type === 'wrong-key' ? refuse({ type: 'wrong-backup-password' }) : opened;
  return ok({
    opened: opened.value,
    lock: { lockKind: 'none', lockPath: '', lockSerial: null, lockRecipient: null },
  });
}

async function toDisk(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * With the lock that has opened it: it may be a reserve, and its stick has another letter or folder at this computer.
 * @returns false: this is no site's database
 */
function worksWith(database: string, lock: LockSetup): boolean {
  const db = new DatabaseSync(database);
  try {
    const settings = db
      .prepare("SELECT 1 FROM sqlite_master WHERE name = 'setting' AND type = 'table'")
      .get();
    const row = settings && db.prepare("SELECT value FROM setting WHERE name = 'setup'").get();
    const setup = siteSetupSchema.safeParse(jsonIn(String(row?.['value'])));
    if (!setup.success) return false;
    db.prepare("UPDATE setting SET value = ? WHERE name = 'setup'").run(
      JSON.stringify({ ...setup.data, ...lock } satisfies SiteSetup),
    );
    return true;
  } finally {
    db.close();
  }
}
