/** What PowerShell prints, as Windows 10 and 11 do, and what is made of it. The commands themselves run on Windows only. */
import { expect, test } from 'vitest';
import { windowsSystem } from './windows.ts';

/** @param prints by a word of the command. */
function computerThat(prints: Record<string, string>, env: NodeJS.ProcessEnv = {}) {
  const asked: string[] = [];
  const system = windowsSystem((command) => {
    asked.push(command);
    const found = Object.keys(prints).find((word) => command.includes(word));
    return found === undefined
      ? Promise.reject(new Error('not asked'))
      : Promise.resolve(prints[found] ?? '');
  }, env);
  return { system, asked };
}

test.each([
  ['{"Manufacturer":"Dell Inc.","Model":"OptiPlex 7090"}', []],
  ['{"Manufacturer":"联想","Model":"启天 M428"}', []],
  ['{"Manufacturer":"Microsoft Corporation","Model":"Surface Pro 9"}', []],
  ['{"Manufacturer":"Microsoft Corporation","Model":"Virtual Machine"}', ['Virtual Machine']],
  ['{"Manufacturer":"VMware, Inc.","Model":"VMware7,1"}', ['VMware, Inc.', 'VMware7,1']],
  ['{"Manufacturer":"innotek GmbH","Model":"VirtualBox"}', ['innotek GmbH', 'VirtualBox']],
  ['{"Manufacturer":"QEMU","Model":"Standard PC (Q35 + ICH9, 2009)"}', ['QEMU']],
  ['{"Manufacturer":null,"Model":null}', []],
])('a computer that says %s', async (said, signs) => {
  const { system, asked } = computerThat({ Win32_ComputerSystem: `${said}\r\n` });
  expect(await system.signs()).toEqual(signs);
  expect(asked).toEqual([
    'Get-CimInstance Win32_ComputerSystem | Select-Object Manufacturer, Model | ConvertTo-Json -Compress',
  ]);
});

test('work from a distance is seen by the session', async () => {
  const said = { Win32_ComputerSystem: '{"Manufacturer":"LENOVO","Model":"20XW"}' };
  const signs = (name: string) => computerThat(said, { SESSIONNAME: name }).system.signs();
  expect(await signs('Console')).toEqual([]);
  expect(await signs('RDP-Tcp#12')).toEqual(['Remote Desktop (RDP-Tcp#12)']);
  expect(await signs('ICA-TCP#3')).toEqual(['Remote Desktop (ICA-TCP#3)']);
});

test.each([
  // Entries without a name, as updates and drivers leave them, come as null; one entry alone comes without a list.
  ['["7-Zip 24.08 (x64)",null,"LibreOffice 24.2.5.2","Microsoft Edge","WINWORD.EXE","mspaint.exe"]'],
  ['["LibreOffice 24.2.5.2","winword.exe","mspaint.exe"]\r\n'],
])('installed programs are found by their name or their file: %s', async (said) => {
  const { system, asked } = computerThat({ Uninstall: said });
  expect(await system.installed(['LibreOffice', 'WinWord', 'MSPaint.exe', 'Office', 'Libre'])).toEqual([
    'LibreOffice',
    'WinWord',
    'MSPaint.exe',
  ]);
  // Programs for all users, of 32 bits, of this user, and what can be started by name alone.
  for (const key of [
    'HKLM:\\Software\\Microsoft',
    'HKLM:\\Software\\WOW6432Node',
    'HKCU:\\Software',
    'App Paths',
  ])
    expect(asked[0]).toContain(key);
});

test.each(['', '[]', 'null', '"7-Zip"', '[null]'])('%j holds no such program', async (said) => {
  expect(await computerThat({ Uninstall: said }).system.installed(['LibreOffice'])).toEqual([]);
});

test('what PowerShell does not say as it should is an error, not an empty computer', async () => {
  await expect(computerThat({ Win32: 'Get-CimInstance : Access denied' }).system.signs()).rejects.toThrow(
    'JSON',
  );
  await expect(computerThat({ Uninstall: '["cut' }).system.installed(['x'])).rejects.toThrow('JSON');
});

test.each([
  ['{"hardware":"4C4C4544-0042-3510-8051-B7C04F4D3333","system":"f0a1"}', 1],
  ['{"hardware":"FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF","system":"f0a1"}', 0],
  ['{"hardware":"03000200-0400-0500-0006-000700080009","system":"f0a1"}', 0],
  ['{"hardware":null,"system":"f0a1"}', 0],
])('%s tells one computer from another by its board only where that has a number', async (said, boards) => {
  const { system, hardware } = await computerThat({ MachineGuid: said }).system.computer();
  expect([system, hardware.length]).toEqual(['f0a1', boards]);
});
