/** Where the libraries of tokens lie that are in use, by operating system; shown are those that exist on this computer. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { TokenLibrary } from '../port.ts';

const linuxFolders = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/lib64',
  '/usr/lib',
  '/usr/local/lib',
];

const linux: readonly (readonly [name: string, ...files: string[]])[] = [
  ['OpenSC', 'opensc-pkcs11.so', 'pkcs11/opensc-pkcs11.so'],
  ['Rutoken', 'librtpkcs11ecp.so', '/opt/aktivco/rutokenecp/amd64/librtpkcs11ecp.so'],
  ['JaCarta', 'libjcPKCS11-2.so', 'libjcPKCS11-2.so.2'],
  [
    'Feitian ePass',
    'libcastle.so.1.0.0',
    'libcastle_v2.so',
    '/opt/ePass2003-Castle-20141128/libcastle.so.1.0.0',
  ],
  ['YubiKey', 'libykcs11.so', 'libykcs11.so.2'],
  ['SafeNet eToken', 'libeTPkcs11.so', 'libeToken.so'],
  ['SoftHSM2', 'softhsm/libsofthsm2.so', 'libsofthsm2.so'],
];

const windows: readonly (readonly [name: string, ...files: string[]])[] = [
  ['OpenSC', '%ProgramFiles%/OpenSC Project/OpenSC/pkcs11/opensc-pkcs11.dll'],
  ['Rutoken', '%SystemRoot%/System32/rtPKCS11ECP.dll'],
  ['JaCarta', '%SystemRoot%/System32/jcPKCS11-2.dll'],
  ['Feitian ePass', '%SystemRoot%/System32/eps2003csp11.dll', '%SystemRoot%/System32/ShuttleCsp11_3003.dll'],
  ['YubiKey', '%ProgramFiles%/Yubico/Yubico PIV Tool/bin/libykcs11.dll'],
  ['SafeNet eToken', '%SystemRoot%/System32/eTPKCS11.dll'],
  ['SoftHSM2', '%ProgramFiles%/SoftHSM2/lib/softhsm2-x64.dll'],
];

const mac: readonly (readonly [name: string, ...files: string[]])[] = [
  ['OpenSC', '/Library/OpenSC/lib/opensc-pkcs11.so'],
  ['Rutoken', '/Library/Frameworks/rtpkcs11ecp.framework/rtpkcs11ecp'],
  ['YubiKey', '/opt/homebrew/lib/libykcs11.dylib', '/usr/local/lib/libykcs11.dylib'],
  ['SafeNet eToken', '/usr/local/lib/libeTPkcs11.dylib'],
  ['SoftHSM2', '/opt/homebrew/lib/softhsm/libsofthsm2.so', '/usr/local/lib/softhsm/libsofthsm2.so'],
];

/** The first place of each that exists. */
export function wellKnownLibraries(): TokenLibrary[] {
  return places().flatMap(([name, ...paths]) => {
    const path = paths.find((one) => existsSync(one));
    return path === undefined ? [] : [{ name, path }];
  });
}

function places(): readonly (readonly [name: string, ...paths: string[]])[] {
  if (process.platform === 'darwin') return mac;
  if (process.platform === 'win32')
    return windows.map(([name, ...files]) => [
      name,
      ...files.map((file) =>
        join(file.replace(/%(\w+)%/, (_, variable: string) => process.env[variable] ?? `no-${variable}`)),
      ),
    ]);
  return linux.map(([name, ...files]) => [
    name,
    ...files.flatMap((file) =>
      file.startsWith('/') ? [file] : linuxFolders.map((folder) => join(folder, file)),
    ),
  ]);
}
