import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SaxesParser } from 'saxes';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { install, uninstall } from './apply.ts';
import type { Command, Wanted } from './installation.ts';
import { linuxInstallation } from './linux.ts';
import { elevatedOnWindows, powershellText } from './rights.ts';
import { entryCommands, removeFolderLater } from './windows-entry.ts';
import { longestTip, tips, trayScript } from './windows-tray.ts';
import { windowsInstallation } from './windows.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'invigil-install-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const seat: Wanted = {
  role: 'seat',
  scope: 'user',
  account: 'exam',
  command: ['/opt/考 50%/node', '/opt/a $HOME/main.mjs', 'seat', '--data', '/srv/"x"\\y', '--kiosk'],
  folder: '/opt/a b%',
  page: 'http://127.0.0.1:7440/',
};
const text = (content: string | Uint8Array): string =>
  typeof content === 'string' ? content : Buffer.from(content).toString('utf16le');

test('the unit of systemd names program and options in its own quoting', () => {
  const [unit] = linuxInstallation(seat, { home: '/home/exam', desktop: null }).files;
  expect(unit?.path).toBe(join('/home/exam', '.config/systemd/user/invigil-seat.service'));
  const lines = text(unit?.content ?? '').split('\n');
  expect(lines).toContain(
    'ExecStart="/opt/考 50%%/node" "/opt/a $$HOME/main.mjs" "seat" "--data" "/srv/\\"x\\"\\\\y" "--kiosk"',
  );
  expect(lines).toContain('WorkingDirectory=/opt/a b%%');
  expect(lines).toContain('Restart=always');
  expect(lines).toContain('WantedBy=default.target');
  expect(lines.some((line) => line.startsWith('User='))).toBe(false);
});

test('a site that was closed on purpose is not started again; every other end is an accident', () => {
  const unitOf = (wanted: Wanted) =>
    text(linuxInstallation(wanted, { home: folder, desktop: null }).files[0]?.content ?? '');
  expect(unitOf({ ...seat, role: 'site' })).toContain('\nRestart=always\nRestartPreventExitStatus=0\n');
  expect(unitOf(seat)).not.toContain('RestartPreventExitStatus');
});

test('for the whole computer it runs under the named account', () => {
  const installation = linuxInstallation(
    { ...seat, scope: 'system' },
    { home: '/root', desktop: '/root/Desktop' },
  );
  expect(installation.files.map(({ path }) => path)).toEqual([
    '/etc/systemd/system/invigil-seat.service',
    '/usr/local/share/applications/invigil-seat.desktop',
  ]);
  const unit = text(installation.files[0]?.content ?? '');
  expect(unit).toContain('\nUser=exam\n');
  expect(unit).toContain('\nWantedBy=multi-user.target\n');
  expect(installation.install.every(({ parameters }) => !parameters.includes('--user'))).toBe(true);
});

const analyze = spawnSync('systemd-analyze', ['--version']).status === 0;
test.skipIf(!analyze)('systemd itself finds nothing wrong with the unit', () => {
  const command: Wanted['command'] = [process.execPath, join(folder, 'a b.mjs'), 'seat', '--data', folder];
  const [unit] = linuxInstallation({ ...seat, command, folder }, { home: folder, desktop: null }).files;
  const file = join(folder, 'invigil-seat.service');
  writeFileSync(file, text(unit?.content ?? ''));
  const done = spawnSync('systemd-analyze', ['verify', '--user', file], {
    encoding: 'utf8',
    env: { ...process.env, XDG_RUNTIME_DIR: folder },
  });
  expect([done.status, done.stderr]).toEqual([0, '']);
});

test('the task of Windows is well-formed, with arguments as Windows takes them apart', () => {
  const { files, install: commands } = windowsInstallation(
    {
      ...seat,
      account: 'SCHOOL\\exam & co',
      command: [
        'C:\\考 场\\node.exe',
        'C:\\a b\\main.mjs',
        'seat',
        '--data',
        'D:\\x y\\',
        '--note',
        'say "hi"',
      ],
      folder: 'C:\\a <b>',
    },
    {
      home: 'C:\\Users\\exam',
      desktop: 'C:\\Users\\exam\\Desktop',
      programData: 'C:\\Users\\exam\\AppData\\Local',
      menu: 'C:\\Menu',
    },
  );
  const task = text(files[0]?.content ?? '');
  expect(task.startsWith('\u{feff}<?xml version="1.0" encoding="UTF-16"?>\r\n')).toBe(true);
  const said = new Map<string, string>();
  let name = '';
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => (name = tag.name));
  parser.on('text', (value) => value.trim() !== '' && said.set(name, value));
  parser.write(task.slice(1)).close();
  expect(said.get('Command')).toBe('C:\\考 场\\node.exe');
  expect(said.get('Arguments')).toBe('"C:\\a b\\main.mjs" seat --data "D:\\x y\\\\" --note "say \\"hi\\""');
  expect(said.get('WorkingDirectory')).toBe('C:\\a <b>');
  expect(said.get('UserId')).toBe('SCHOOL\\exam & co');
  expect(commands[0]?.parameters).toEqual([
    '/Create',
    '/TN',
    'Invigil\\seat',
    '/XML',
    'C:\\Users\\exam\\AppData\\Local\\Invigil\\tasks\\seat.xml',
    '/F',
  ]);
  expect(
    files.filter(({ path }) => path.endsWith('.url')).map(({ path, content }) => [path, content]),
  ).toEqual([
    ['C:\\Menu\\Invigil seat.url', '[InternetShortcut]\r\nURL=http://127.0.0.1:7440/\r\n'],
    ['C:\\Users\\exam\\Desktop\\Invigil seat.url', '[InternetShortcut]\r\nURL=http://127.0.0.1:7440/\r\n'],
  ]);
});

test('the icon of Windows starts at the sign-in, and a system without it has its seat all the same', () => {
  const places = { home: '', desktop: null, programData: 'C:\\P', menu: 'C:\\m' };
  const installation = windowsInstallation(seat, places);
  const [script, definition] = ['seat-tray.ps1', 'seat-tray.xml'].map((name) =>
    installation.files.find(({ path }) => path === `C:\\P\\Invigil\\tasks\\${name}`),
  );
  expect(script?.content).toBe(`\u{feff}${trayScript(seat.page)}`);
  const task = text(definition?.content ?? '');
  expect(task).toContain('<Command>powershell.exe</Command>');
  expect(task).toContain('-WindowStyle Hidden -STA -File C:\\P\\Invigil\\tasks\\seat-tray.ps1</Arguments>');
  const ofTray = ({ parameters }: Command) => parameters.includes('Invigil\\seat-tray');
  for (const commands of [installation.install, installation.uninstall, installation.leave])
    expect(commands.filter(ofTray).map(({ optional }) => optional)).not.toContain(undefined);
  // In the middle of taking itself away the seat ends no task: that would be its own end.
  expect(installation.leave.some(({ parameters }) => parameters.includes('/End'))).toBe(false);
  const centre = windowsInstallation({ ...seat, role: 'centre' }, places);
  expect(JSON.stringify([centre.files.map(({ path }) => path), centre.install])).not.toContain('tray');
});

test('the script of the icon keeps what comes from outside in quotation marks, and its texts fit', () => {
  const script = trayScript("http://127.0.0.1:7440/'; Remove-Item C:\\ ’$(x)");
  expect(script).toContain("$page = 'http://127.0.0.1:7440/''; Remove-Item C:\\ ’’$(x)'\r\n");
  expect(script.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  // Outside of texts and comments every bracket has its other one.
  const bare = script.replaceAll(/^#.*$/gm, '').replaceAll(/'(?:[^'’]|''|’’)*'/g, "''");
  const open: string[] = [];
  for (const one of bare.replaceAll(/#.*$/gm, '').match(/[()[\]{}]/g) ?? [])
    if ('([{'.includes(one)) open.push(one);
    else expect(`${open.pop()}${one}`).toMatch(/^(\(\)|\[\]|\{\})$/);
  expect(open).toEqual([]);
  expect(bare).not.toMatch(/["‘’“”]/);
  for (const tip of tips) expect([tip, tip.length <= longestTip]).toEqual([tip, true]);
});

test('whoever signs in to a computer that was installed as a whole starts it with no more than a user’s rights', () => {
  const task = text(
    windowsInstallation(
      { ...seat, scope: 'system' },
      { home: '', desktop: null, programData: 'C:\\', menu: 'C:\\m' },
    ).files[0]?.content ?? '',
  );
  expect(task).toContain('<GroupId>S-1-5-32-545</GroupId>');
  expect(task).not.toContain('UserId');
  expect(task).not.toContain('HighestAvailable');
});

test('installing again changes nothing, and what was installed goes without a rest', () => {
  const home = join(folder, 'home');
  const installation = linuxInstallation(seat, { home, desktop: join(home, 'Desktop') });
  const ran: string[] = [];
  const run = ({ parameters }: Command): string | null => {
    ran.push(parameters.join(' '));
    return parameters.includes('enable-linger') ? 'not allowed' : null;
  };
  const first = install(installation, run);
  expect(first).toMatchObject({ ok: true, value: { remarks: ['loginctl enable-linger exam: not allowed'] } });
  expect(first.ok && first.value.files).toHaveLength(3);
  expect(ran).toContain('--user enable --now invigil-seat.service');
  expect(readFileSync(join(home, 'Desktop', 'invigil-seat.desktop'), 'utf8')).toContain(
    'Name[zh]=Invigil 机位',
  );
  expect(install(installation, run)).toMatchObject({ ok: true, value: { files: [] } });
  const gone = uninstall(installation, () => 'systemd is not here');
  expect(gone).toMatchObject({
    ok: true,
    value: { remarks: [expect.stringContaining('disable'), expect.anything()] },
  });
  expect(readdirSync(join(home, 'Desktop'))).toEqual([]);
  expect(uninstall(installation, run)).toMatchObject({ ok: true, value: { files: [] } });
});

test('the settings of Windows name the program and what takes it away', () => {
  const about = { folder: 'C:\\Program Files\\Invigil\\seat', version: '0.1.0', bytes: 110_000_000 };
  const commands = entryCommands('system', about);
  const key = 'HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Invigil seat';
  for (const { program, parameters } of commands)
    expect([program, parameters[0], parameters[1], parameters.slice(-2)]).toEqual([
      'reg.exe',
      'add',
      key,
      ['/f', '/reg:64'],
    ]);
  const value = (name: string) => commands.find(({ parameters }) => parameters[3] === name)?.parameters[7];
  expect(value('UninstallString')).toBe(
    `"${about.folder}\\runtime\\windows\\node.exe" "${about.folder}\\dist\\program\\main.mjs" seat uninstall`,
  );
  expect(value('EstimatedSize')).toBe('107422');
  expect(entryCommands('user', about)[0]?.parameters[1]).toMatch(/^HKCU/);
  expect(removeFolderLater(about.folder).parameters.at(-1)).toContain(`rd /s /q "${about.folder}"`);
});

test('what runs as an administrator of Windows gets its parameters whole', () => {
  const { program, parameters } = elevatedOnWindows("C:\\it's\\setup.exe", ['--into', 'D:\\a b\\', '--wait']);
  expect(program).toBe('powershell.exe');
  expect(parameters.at(-1)).toBe(
    "try { $p = Start-Process -FilePath 'C:\\it''s\\setup.exe' -ArgumentList '--into', '\"D:\\a b\\\\\"', '--wait' -Verb RunAs -Wait -PassThru -ErrorAction Stop } catch { exit 1223 }; exit $p.ExitCode",
  );
  expect(powershellText('a‘b’c')).toBe("'a‘‘b’’c'");
});

test('where the service manager refuses, that is said', () => {
  const installation = linuxInstallation(seat, { home: join(folder, 'other'), desktop: null });
  expect(install(installation, () => 'Failed to connect to bus')).toMatchObject({
    ok: false,
    refusal: { type: 'install-command-failed', problem: expect.stringContaining('Failed to connect to bus') },
  });
});

const main = join(import.meta.dirname, '..', 'main.ts');
const invigil = (...parameters: string[]) =>
  spawnSync(process.execPath, [main, ...parameters], {
    encoding: 'utf8',
    env: { ...process.env, HOME: folder },
  });

test.skipIf(process.platform !== 'linux')(
  'a dry run shows every file and command, and touches nothing',
  () => {
    const before = readdirSync(folder);
    const { stdout, status } = invigil(
      'room',
      'install',
      '--user',
      '--dry-run',
      '--data',
      '/d',
      '--',
      '--log-level',
      'warn',
    );
    expect(status).toBe(0);
    expect(stdout).toContain('would run: systemctl --user enable --now invigil-room.service');
    expect(stdout).toContain('"room" "--data" "/d" "--port" "7430" "--log-level" "warn"');
    expect(readdirSync(folder)).toEqual(before);
    expect(existsSync(join(folder, '.config'))).toBe(false);
  },
);

test('a secret does not get into a file that everybody reads', () => {
  const { stderr, status } = invigil('seat', 'install', '--dry-run', '--', '--pairing-code', 'ABCD');
  expect(status).toBe(1);
  expect(stderr).toContain('--pairing-code would stand in a file that everybody on this computer can read.');
  expect(stderr).not.toContain('ABCD');
});

test.skipIf(process.platform !== 'linux')(
  'a seat from a copied folder starts with that folder’s configuration',
  () => {
    const { stdout } = invigil(
      'seat',
      'install',
      '--user',
      '--dry-run',
      '--configuration',
      '/f/seat-folder.json',
      '--',
      '--log-level',
      'warn',
    );
    expect(stdout).toContain('"--port" "7440" "--configuration" "/f/seat-folder.json" "--log-level" "warn"');
  },
);
