/**
 * A backup of everything that the site has, while it runs: its databases as of one moment, and every content that they name. It is sealed to the
 * site's exam locks, of which one is enough (of a site without any: under a password), and holds no private key of the site: whoever restores it becomes the site by its lock and by what it agreed with its neighbours.
 */
import { createReadStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { utf8 } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import type { Backups } from '../../node/backup/backup.ts';
import { makeParcel, openParcel, type Manifest, type PartSource } from '../../parcel/parcel.ts';
import { diskRefusal } from '../../store/disk-refusal.ts';
import { fileSha256Hex } from '../../trust/digest.ts';
import { formerSigningKeys } from '../../trust/keys.ts';
import { sealBytes } from '../../trust/seal.ts';
import { lockRecipients } from '../locks/known-locks.ts';
import { siteName } from '../register-room/serve-rooms.ts';
import { isCertified, roomRows, type Site } from '../site.ts';
import {
  blobsPart,
  byPassword,
  databasePart,
  identityPart,
  journalPart,
  keyPart,
  type aboutSchema,
  type siteIdentitySchema,
} from './backup-parcel.ts';
import { packBlobs } from './blob-archive.ts';
import { copyIsWhole, databaseProblem } from './whole-copy.ts';
import { backupMadeSchema, type BackupMade } from './contract.ts';
import type * as z from 'zod';

const setting = 'backup';
/** Pages at a time, all of them: in smaller steps a journal that is written all the while would be begun anew again and again. */
const inOneStep = { rate: 2 ** 31 - 1 };

export function lastBackup(site: Site): BackupMade | null {
  return site.node.settings.read(setting, backupMadeSchema);
}

/**
 * @param options.addresses where rooms reach this site
 * @returns refusals `site-not-registered-at-centre`, those of the lock, of the disk and of the drive; `backup-not-whole`.
 */
export async function makeBackup(
  site: Site,
  options: {
    readonly directory: string;
    readonly note: string;
    readonly by: string;
    /** Where no lock is: what opens it instead. */
    readonly password: string | null;
    readonly addresses: readonly string[];
    readonly backups: Backups;
  },
): Promise<Result<BackupMade>> {
  const { node } = site;
  const { directory, note, by, backups } = options;
  const at = node.clock.now();
  const folder = join(node.staging, newId());
  await mkdir(folder);
  try {
    const name = fileName(site, at);
    const file = join(folder, name);
    const made = await writeParcel(site, { ...options, at, folder, file });
    if (!made.ok) return made;
    const whole = await opens(site, file, join(folder, 'opened'));
    if (!whole.ok) return whole;
    const [{ size }, digest] = [await stat(file), await fileSha256Hex(file)];
    const content = () => createReadStream(file, { highWaterMark: 1 << 20 });
    const written = await backups.write(directory, [{ name, size, digest, content }]);
    if (!written.ok) return written;
    const last: BackupMade = { at, file: join(directory, name), bytes: size, note, by };
    node.settings.write(setting, last);
    await node.journal.append([{ kind: 'site-backed-up', subject: 'site', data: { digest, note, by } }]);
    site.changed.notify();
    return ok(last);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Legal on every system, and in order of time in a list. */
function fileName(site: Site, at: number): string {
  const code = (site.setup()?.siteCode ?? '').replaceAll(/[^A-Za-z0-9-]/g, '-');
  return `site-backup_${code}_${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}.parcel`;
}

async function writeParcel(
  site: Site,
  what: {
    readonly at: number;
    readonly folder: string;
    readonly file: string;
    readonly note: string;
    readonly by: string;
    readonly password: string | null;
    readonly addresses: readonly string[];
  },
): Promise<Result<Manifest>> {
  const { node } = site;
  const [setup, membership] = [site.setup(), site.membership()];
  if (!setup || !membership || !isCertified(site, membership))
    return refuse({ type: 'site-not-registered-at-centre' });
  const identity = await generateX25519Identity();
  const key = await sealedKey(site, identity, what.password);
  if (!key.ok) return key;
  const { folder, at } = what;
  const [database, journal, blobs] = [databasePart, journalPart, blobsPart].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  try {
    // The contents last: what a row names is there before the row.
    await backup(node.db, database, inOneStep);
    forgetSessions(database);
    await copyJournal(node.data, journal);
    await packBlobs(join(node.data, 'blobs'), blobs);
  } catch (error) {
    const refusal = diskRefusal(error);
    if (!refusal) throw error;
    return refuse({ ...refusal, path: folder });
  }
  // Also to this site itself: a backup that nobody has opened is only hoped to be one.
  const recipients = [await identityToRecipient(identity), node.keys.sealing.recipient];
  const said: z.infer<typeof siteIdentitySchema> = {
    v: 1,
    id: node.id,
    siteCode: setup.siteCode,
    centre: membership.centreSigningKey,
    signingKeys: [node.keys.signing.publicKey, ...formerSigningKeys(join(node.data, 'keys'))],
  };
  const about: z.infer<typeof aboutSchema> = {
    siteName: membership.siteName,
    by: what.by,
    note: what.note,
    rooms: roomRows(site).length,
    addresses: [...what.addresses],
    centre: membership.centreSigningKey,
  };
  return makeParcel(
    what.file,
    {
      kind: 'site-backup',
      id: `site-backup:${setup.siteCode}:${at}`,
      to: { role: 'site', code: setup.siteCode },
      project: membership.project.id,
      session: null,
      mode: setup.mode,
      createdAt: at,
      about,
    },
    [
      key.value,
      { name: identityPart, content: utf8(JSON.stringify(said)), recipients },
      { name: databasePart, content: { file: database }, recipients },
      { name: journalPart, content: { file: journal }, recipients },
      { name: blobsPart, content: { file: blobs }, recipients },
    ],
    { name: siteName(site), key: node.keys.signing, chain: membership.chain },
  );
}

/**
 * To the site's locks, of which one is enough; of a site that has none, under the password. Never under both: who has a lock needs no password that
 * somebody may guess. Refusals: those of the lock, `backup-needs-password`.
 */
async function sealedKey(site: Site, identity: string, password: string | null): Promise<Result<PartSource>> {
  const locks = lockRecipients(site);
  if (locks.ok) return ok({ name: keyPart, content: utf8(identity), recipients: locks.value });
  if (locks.refusal.type !== 'site-set-up-without-lock') return locks;
  if (password === null) return refuse({ type: 'backup-needs-password' });
  const content = await sealBytes(utf8(identity), { passphrase: password });
  return ok({ name: keyPart, content, recipients: [byPassword], sealed: true });
}

/** Nobody stays signed in at another computer. */
function forgetSessions(database: string): void {
  const copy = new DatabaseSync(database);
  copy.exec('DELETE FROM console_session');
  copy.close();
}

async function copyJournal(data: string, to: string): Promise<void> {
  const journal = new DatabaseSync(join(data, 'journal.db'), { readOnly: true });
  try {
    await backup(journal, to, inOneStep);
  } finally {
    journal.close();
  }
}

/** Opens it as whoever restores it will, and proves the copy of the journal whole. */
async function opens(site: Site, file: string, staging: string): Promise<Result<void>> {
  const { node } = site;
  const membership = site.membership();
  const setup = site.setup();
  if (!membership || !setup) return refuse({ type: 'site-not-registered-at-centre' });
  const opened = await openParcel(file, {
    trust: { roots: [membership.centreSigningKey], at: null },
    identities: [node.keys.sealing.identity],
    recipient: node.keys.sealing.recipient,
    staging,
    expect: {
      kind: 'site-backup',
      to: { role: 'site', code: setup.siteCode },
      project: membership.project.id,
      mode: setup.mode,
    },
    only: (name) => name === journalPart || name === databasePart,
  });
  if (!opened.ok) return opened;
  const problem = databaseProblem(join(staging, databasePart));
  if (problem !== null) return refuse({ type: 'backup-not-whole', problem });
  return copyIsWhole(join(staging, journalPart), node.id, [
    node.keys.signing.publicKey,
    ...formerSigningKeys(join(node.data, 'keys')),
  ]);
}
