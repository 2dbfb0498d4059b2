/** What programs for FTP and SFTP are told. They show it in English, and nothing but ASCII of it: names of commands stay as they are. */
export const refusalGateway = {
  'refusal.gateway-path-impossible':
    'This name is not possible here.|Use letters, digits, spaces, dots, hyphens and underscores.',
  'refusal.gateway-path-outside': 'This folder is above your own ones.|Stay below “/”.',
  'refusal.gateway-not-a-folder': 'This is a file, not a folder.',
  'refusal.gateway-not-a-file': 'This is a folder, not a file.|Name a file in it.',
  'refusal.gateway-name-not-utf8':
    'The name is not in UTF-8.|Switch UTF-8 on in the settings of your program’s connection.',
  'refusal.gateway-not-possible':
    'Here files can be listed, fetched and sent, and nothing else.|Nothing was changed.',
  'refusal.gateway-tls-first':
    'Nobody signs in unencrypted here.|Choose “explicit TLS” in the settings of your program’s connection.',
  'refusal.gateway-tls-for-data':
    'Files go encrypted, too.|Switch the encryption of data connections (PROT P) on in your program.',
  'refusal.gateway-passive-only': 'Only passive mode is possible.|Switch it on in your program.',
  'refusal.gateway-no-port':
    'No port for files is free at the moment.|Try again in a minute; if it stays, tell the centre.',
  'refusal.gateway-binary-only':
    'Files are taken in binary mode only: text mode would damage them.|Switch binary mode on in your program.',
  'refusal.gateway-temporary-name':
    'Files are not taken under a temporary name: nothing is renamed here.|Switch temporary file names off in your program.',
  'refusal.gateway-upload-under-way':
    'This file is being sent already.|If that was cut off, wait a minute and send it again.',
  'refusal.gateway-is-there': 'There is such a file already.|Send it under another name.',
  'refusal.gateway-nothing-to-resume':
    'There is no upload of this file that could go on at byte {start}: {held} bytes of one are here.|Send it from its beginning.',
  'refusal.gateway-out-of-order':
    'A piece of the file came out of its order.|Send the file from its beginning, in one connection.',
  'refusal.gateway-not-whole':
    'The file did not come whole: {came} of {expected} bytes.|Send it again, or go on with it.',
  'refusal.gateway-nothing-sent':
    'Nothing of the file came.|Send it again; a part of before is kept for a day.',
  'refusal.gateway-nothing-open': 'This file is not open any more.|Begin again.',
  'refusal.gateway-too-many-open': 'Too many files are open.|Close some of them.',
  'refusal.gateway-disk-full':
    'The server has no room for the file; nothing of it was kept.|Tell the centre, and send it again later.',
  'refusal.gateway-disk-failed':
    'The server could not write the file; nothing of it was kept.|Tell the centre, and send it again later.',
  'refusal.gateway-certificate-unusable':
    'The certificate of the FTP gateway and its key cannot be used, or do not belong together.|Give both as PEM files.',
  'refusal.gateway-host-key-damaged':
    'The key of the SFTP gateway ({path}) is damaged or is none.|Put it back from a backup; delete it only if there is none: every program will warn of the new one.',
} as const;
