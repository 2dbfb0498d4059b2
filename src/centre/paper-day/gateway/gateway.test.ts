/** A site's folder by FTP and SFTP: what it fetches, what it sends, what is refused in words, with the clients that Debian has. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { utf8 } from '../../../base/bytes.ts';
import { expectOk } from '../../../base/result.ts';
import type { DistributionList } from '../../../exam/distribution/listed.ts';
import { openParcel, verifyParcel } from '../../../parcel/parcel.ts';
import { sha256Hex } from '../../../trust/digest.ts';
import { createNodeKeys } from '../../../trust/keys.ts';
import { openTestCentre, pin, type TestCentre } from '../../centre.fixture.ts';
import { openReserveConsole } from '../../reserve-consoles/reserve-consoles.ts';
import { stagesOfSites } from '../board/site-stages.ts';
import { makeGrants } from '../grants/grants.ts';
import { makeDay, type TestDay } from '../paper-day.fixture.ts';
import { stationAt } from '../receiving/receiving.fixture.ts';
import { pageOfKit, zipOf } from '../../scans/uploads/uploads.fixture.ts';
import { DayGate } from './day-gate.ts';
import { openGateways, type OpenGateways } from './open-gateways.ts';
import { wrongArchiveName } from './site-tree.ts';

const run = promisify(execFile);
const password = 'chalk and slate';
const place = '/rus_010626/S1';
let here: TestCentre;
let day: TestDay;
let gateways: OpenGateways;
let folder: string;

function has(program: string, asked = '--version'): boolean {
  try {
    execFileSync(program, [asked], { stdio: 'ignore' });
    return true;
  } catch {
    // Elsewhere the other client tries the same tree.
    return false;
  }
}

beforeAll(async () => {
  here = await openTestCentre('file');
  day = await makeDay(here);
  const { centre } = here;
  folder = mkdtempSync(join(here.folder, 'client-'));
  for (const [name, role, siteCode] of [
    ['one', 'site', 'S1'],
    ['two', 'site', 'S2'],
  ] as const)
    expectOk(
      await centre.node.accounts.create(name, role, password, false, {
        name: '',
        phone: '',
        limit: { to: 'site', projectId: day.projectId, siteCode },
      }),
    );
  expectOk(await centre.node.accounts.create('boss', 'administrator', password, false));
  expectOk(await centre.node.accounts.create('new', 'site', password, true));
  expectOk(await centre.materials.prepare(day.projectId, day.eventId, 'ann'));
  const all = {
    projectId: day.projectId,
    eventId: day.eventId,
    siteCodes: null,
    validity: null,
    stations: [],
  };
  expectOk(await makeGrants(centre, all, pin, 'ann'));
  gateways = expectOk(
    await openGateways(centre, {
      exchangeHost: '127.0.0.1',
      data: here.folder,
      ftpPort: 0,
      ftpPlain: false,
      sftpPort: 0,
    }),
  );
});
afterAll(async () => {
  await gateways.close();
  await here.close();
});

const tree = async (account = 'one') =>
  expectOk(await new DayGate(here.centre).signIn(account, password, '10.0.0.1'));

async function send(
  name: string,
  content: Uint8Array,
  account = 'one',
  at: readonly string[] = place.split('/').slice(1),
) {
  const one = await tree(account);
  const path = [...at, name];
  const may = await one.accepts(path);
  if (!may.ok) return may;
  const file = join(folder, 'sent');
  await writeFile(file, content);
  const { createHash } = await import('node:crypto');
  const sha256 = createHash('sha256').update(content).digest('hex');
  return one.received(path, { file, size: content.length, sha256 });
}

async function names(path: string): Promise<string[]> {
  const listed = expectOk(await (await tree()).list(path.split('/').slice(1)));
  return listed.map(({ name }) => name);
}

test('only accounts of sites have folders, and the brake on guessing is the console’s', async () => {
  const gate = new DayGate(here.centre);
  expect(await gate.signIn('boss', password, '1')).toMatchObject({
    refusal: { type: 'gateway-folder-only-for-sites' },
  });
  expect(await gate.signIn('new', password, '1')).toMatchObject({
    refusal: { type: 'gateway-password-to-replace' },
  });
  for (let i = 0; i < 12; i++) await gate.signIn('two', 'guess', '6.6.6.6');
  const held = await gate.signIn('two', password, '6.6.6.6');
  expect(held.ok).toBe(false);
  expect(gate.words({ type: 'gateway-no-such-file' })).toBe(
    'There is no such file or folder. Refresh the listing.',
  );
  here.pass(3_600_000);
});

test('a site sees its own folder of each exam alone', async () => {
  expect(await names('')).toEqual(['Distr', 'rus_010626']);
  expect(await names('/rus_010626')).toEqual(['S1']);
  const one = await tree();
  for (const path of [['rus_010626', 'S2'], ['nothing'], ['rus_010626', 'S1', 'S1']])
    expect(await one.list(path)).toMatchObject({ refusal: { type: 'gateway-no-such-file' } });
  const files = await names(place);
  expect(files.filter((name) => name.startsWith('paper-materials'))).toHaveLength(1);
  expect(files.filter((name) => name.startsWith('access-key'))).toHaveLength(1);
});

test('the access key is sealed to every console that the site has now, also to one that was registered after the first look', async () => {
  const one = await tree();
  const at = place.split('/').slice(1);
  const keyFile = async (): Promise<Buffer> => {
    const named = expectOk(await one.list(at)).find(({ name }) => name.startsWith('access-key'));
    const { stream } = expectOk(await one.read([...at, named?.name ?? ''], 0));
    return Buffer.concat(await Array.fromAsync(stream));
  };
  const before = await keyFile();
  expect(await keyFile()).toEqual(before);
  const { sealing } = await createNodeKeys('reserve');
  const { db } = here.centre;
  const of = { projectId: day.projectId, siteCode: 'S1' };
  expectOk(await openReserveConsole(here.centre, of, 'ann'));
  await db
    .updateTable('reserve_console')
    .set({ node_id: 'reserve', sealing_key: sealing.recipient })
    .where('site_code', '=', 'S1')
    .execute();
  const file = join(folder, 'key.parcel');
  await writeFile(file, await keyFile());
  const opened = expectOk(
    await openParcel(file, {
      trust: { roots: [here.centre.node.keys.signing.publicKey], at: null },
      identities: [sealing.identity],
      recipient: sealing.recipient,
      staging: join(folder, 'key'),
      expect: {
        kind: 'access-key',
        to: { role: 'site', code: 'S1' },
        project: day.projectId,
        mode: 'formal',
      },
    }),
  );
  expect([...opened.parts.values()].some(({ sealed }) => sealed)).toBe(false);
  await opened.dispose();
  await db.deleteFrom('reserve_console').execute();
});

test('programs and manuals lie in Distr, and what is not what its list names is not given out', async () => {
  const given = mkdtempSync(join(here.folder, 'distributed-'));
  const program = utf8('the program');
  const name = 'invigil-station-0.2.0-windows-x64.zip';
  const list: DistributionList = {
    v: 1,
    files: [
      {
        name,
        kind: 'tool',
        role: null,
        system: 'windows-x64',
        language: null,
        version: '0.2.0',
        size: program.length,
        sha256: sha256Hex(program),
        commit: null,
        altered: false,
      },
    ],
    without: [],
  };
  await writeFile(join(given, 'distribution.json'), JSON.stringify(list));
  await writeFile(join(given, name), program);
  expectOk(await here.centre.distribution.choose(given, 'boss'));
  expect(await names('/Distr')).toEqual([name]);
  const one = await tree();
  const { size, stream } = expectOk(await one.read(['Distr', name], 4));
  expect([size, (await stream.toArray()).join('')]).toEqual([program.length, 'program']);
  await writeFile(join(given, name), 'the PROGRAM');
  expect(await one.read(['Distr', name], 0)).toMatchObject({ refusal: { type: 'distributed-file-altered' } });
});

test('archives are named by the rule, after their folder', async () => {
  const event = { siteCode: '0801', subjectLatin: 'matem', date: '2026-06-01' };
  expect(wrongArchiveName(event, '0801_matem_010626.zip')).toBeNull();
  expect(wrongArchiveName(event, '0801_MATEM_010626_2.ZIP')).toBeNull();
  expect(wrongArchiveName(event, 'scans.zip')).toEqual({
    type: 'archive-name-not-by-rule',
    expected: '0801_matem_010626.zip',
  });
  expect(wrongArchiveName(event, '0802_matem_010626.zip')?.type).toBe('archive-of-another-site');
  expect(wrongArchiveName(event, '0801_rus_010626.zip')?.type).toBe('archive-of-another-subject');
  expect(wrongArchiveName(event, '0801_matem_020626.zip')?.type).toBe('archive-of-another-subject');
  expect(await send('S2_rus_010626.zip', new Uint8Array(3))).toMatchObject({
    refusal: { type: 'archive-of-another-site' },
  });
  expect(await send('S1_rus_010626.zip', new Uint8Array(3), 'one', ['Distr'])).toMatchObject({
    refusal: { type: 'gateway-no-uploads-here' },
  });
});

test('an archive is listed with a reply beside it; sent again it is the same', async () => {
  const name = 'S1_rus_010626.zip';
  const archive = await zipOf([
    ['1.jpg', await pageOfKit(1, 0)],
    ['2.jpg', new Uint8Array(500)],
  ]);
  expectOk(await send(name, archive));
  expectOk(await send(name, archive));
  await here.centre.scanReader.idle();
  const uploads = await here.centre.db
    .selectFrom('scan_upload')
    .select(['way', 'by_account', 'state'])
    .execute();
  expect(uploads).toEqual([{ way: 'gateway', by_account: 'one', state: 'read' }]);
  expect(await names(place)).toEqual(expect.arrayContaining([name, `${name}.txt`]));
  const one = await tree();
  const { stream } = expectOk(await one.read([...place.split('/').slice(1), `${name}.txt`], 0));
  const reply = (await stream.toArray()).join('');
  expect(reply).toContain('2.jpg');
  expect(reply).not.toContain('1.jpg');
  expect(reply).toContain('Quality: 1 could not be read');
});

async function stagesOfS1(): Promise<Record<string, number | null>> {
  const { stages } = (await stagesOfSites(here.centre, day.eventId, 'S1'))('S1');
  return Object.fromEntries(stages.map(({ stage, at }) => [stage, at]));
}

test('packages and journals go to receiving; words come back as a parcel', async () => {
  const station = await stationAt(here, day);
  const file = await station.package({ pages: [], id: 'by-gateway' });
  expectOk(await send('answers.parcel', await readFile(file)));
  expectOk(await send('END_SCAN_1.dat', await readFile(await station.journal({ v: 1, rooms: [] }))));
  await here.centre.packages.idle();
  // Nobody else told the centre that a key was opened there.
  expect(
    await here.centre.db
      .selectFrom('access_use')
      .select(['site_code', 'number', 'station', 'token_serial'])
      .execute(),
  ).toEqual([{ site_code: 'S1', number: 1, station: '1', token_serial: 'T-1' }]);
  expect(await stagesOfS1()).toMatchObject({
    'materials-received': null,
    decrypted: here.centre.node.clock.now(),
    scanned: here.centre.node.clock.now(),
    sent: here.centre.node.clock.now(),
    // Of the archive a page could not be read.
    confirmed: null,
  });
  // A name of what the centre lays there would be there twice.
  expect(await send('access-key_S1_1.parcel', await readFile(file))).toMatchObject({
    refusal: { type: 'gateway-no-uploads-here' },
  });
  expect(await send('x.parcel', new Uint8Array(2_000))).toMatchObject({ ok: false });
  const other = await stationAt(here, day, { site: 'S2' });
  expect(await send('s2.parcel', await readFile(await other.package({ pages: [] })))).toMatchObject({
    refusal: { type: 'day-parcel-of-another-site' },
  });
  const files = await names(place);
  expect(files).toEqual(expect.arrayContaining(['answers.parcel', 'END_SCAN_1.dat']));
  expect(files).not.toContain('x.parcel');
  expect(files.filter((name) => name.startsWith('package-words'))).toHaveLength(1);
  await station.close();
});

test('an archive of which nothing came is tried once more when it is sent again', async () => {
  const archive = await zipOf([['3.jpg', await pageOfKit(1, 1)]]);
  const states = async () => {
    await here.centre.scanReader.idle();
    const rows = await here.centre.db
      .selectFrom('scan_upload')
      .select('state')
      .where('file_name', '=', 'S1_rus_010626_7.zip')
      .orderBy('number')
      .execute();
    return rows.map(({ state }) => state);
  };
  expectOk(await send('S1_rus_010626_7.zip', archive));
  await here.centre.scanReader.idle();
  await here.centre.db
    .updateTable('scan_upload')
    .set({ state: 'cancelled' })
    .where('file_name', '=', 'S1_rus_010626_7.zip')
    .execute();
  expectOk(await send('S1_rus_010626_7.zip', archive));
  expect(await states()).toEqual(['cancelled', 'read']);
});

test('an account that is switched off, or has another password, sees nothing more on a connection that is open', async () => {
  const { accounts } = here.centre.node;
  const before = await tree('two');
  expectOk(await accounts.changePassword('two', password, `${password} and more`, null));
  expect(await before.list([])).toMatchObject({ refusal: { type: 'gateway-folder-only-for-sites' } });
  expectOk(await accounts.changePassword('two', `${password} and more`, password, null));
  const one = await tree('two');
  accounts.change('two', {
    role: 'site',
    active: false,
    name: '',
    phone: '',
    limit: { to: 'site', projectId: day.projectId, siteCode: 'S2' },
  });
  expect(await one.list([])).toMatchObject({ refusal: { type: 'gateway-folder-only-for-sites' } });
});

test.skipIf(!has('curl'))('curl fetches the materials with TLS, and nothing without it', async () => {
  const port = gateways.view.ftp?.port ?? 0;
  const [name = ''] = (await names(place)).filter((one) => one.startsWith('paper-materials'));
  const to = join(folder, 'materials.parcel');
  const url = `ftp://127.0.0.1:${port}${place}/${name}`;
  await run('curl', ['-s', '-k', '--ssl-reqd', '-u', `one:${password}`, '-o', to, url]);
  const roots = [here.centre.node.keys.signing.publicKey];
  expect(expectOk(await verifyParcel(to, { roots, at: null })).manifest.kind).toBe('paper-materials');
  await expect(run('curl', ['-s', '-u', `one:${password}`, url])).rejects.toThrow('Command failed');
  expect((await stagesOfS1())['materials-received']).toBe(here.centre.node.clock.now());
});

test.skipIf(!has('lftp'))('lftp sends a parcel, and the listing shows that it arrived', async () => {
  const port = gateways.view.ftp?.port ?? 0;
  const station = await stationAt(here, day);
  const file = join(folder, 'lftp.parcel');
  await writeFile(file, await readFile(await station.package({ pages: [], id: 'by-lftp' })));
  const script = [
    'set ssl:verify-certificate no; set ftp:ssl-force yes; set ftp:ssl-protect-data yes; set net:max-retries 1',
    `open -u one,"${password}" -p ${port} 127.0.0.1`,
    `put -O ${place} ${file}`,
    `cls -1 ${place}`,
  ].join('; ');
  const { stdout } = await run('lftp', ['-c', script]);
  expect(stdout).toContain('lftp.parcel');
  expect(
    await here.centre.db.selectFrom('day_package').select('way').where('id', '=', 'by-lftp').execute(),
  ).toEqual([{ way: 'gateway' }]);
});

test.skipIf(!has('ssh', '-V') || process.platform === 'win32')(
  'sftp fetches the same tree, with the host key that the page shows',
  async () => {
    const ask = join(folder, 'ask.sh');
    await writeFile(ask, `#!/bin/sh\necho '${password}'\n`, { mode: 0o700 });
    const [name = ''] = (await names(place)).filter((one) => one.startsWith('access-key'));
    const to = join(folder, 'key.parcel');
    const batch = join(folder, 'batch');
    await writeFile(batch, `get ${place}/${name} ${to}\n`);
    const options = [
      'BatchMode=no',
      'StrictHostKeyChecking=no',
      'UserKnownHostsFile=/dev/null',
      'PreferredAuthentications=password',
      'NumberOfPasswordPrompts=1',
    ].flatMap((option) => ['-o', option]);
    await run('sftp', [...options, '-P', String(gateways.view.sftp?.port), '-b', batch, 'one@127.0.0.1'], {
      env: { ...process.env, SSH_ASKPASS: ask, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: 'none' },
    });
    const roots = [here.centre.node.keys.signing.publicKey];
    expect(expectOk(await verifyParcel(to, { roots, at: null })).manifest.kind).toBe('access-key');
    expect(gateways.view.sftp?.hostKey).toMatch(/^SHA256:/);
  },
);
