/** FTP and SFTP for sites: the centre's system page, and the replies that lie beside archives. */
export const gatewayReplies = {
  'reply.received': '{name}: received {at:time}, {size:bytes}.',
  'reply.reading': 'It is being read: {done} of {files} pages so far. Look again later.',
  'reply.good': 'All {done} pages were read. Quality: good.',
  'reply.rescan':
    '{done} pages were read. Quality: {count} could not be read or are bad. Scan these again and send them in a further archive:',
  'reply.refused': 'The archive was not taken:',
  'reply.password': 'The archive waits for its password. Tell it to the centre.',
  'gateway.title': 'FTP and SFTP for sites',
  'gateway.about':
    'Sites fetch materials and keys and send archives, packages and journals with the tools that they have, by the accounts of sites.',
  'gateway.off': 'Both are off: the centre is started with --ftp-port or --sftp-port to open them.',
  'gateway.ftp': 'FTP with TLS: port {port}',
  'gateway.ftpPassive': 'data ports {first}–{last}',
  'gateway.plain': 'FTP without encryption is allowed: passwords and files go unprotected.',
  'gateway.sftp': 'SFTP: port {port}',
  'gateway.hostKey': 'Host key, to compare at the first connection',
} as const;
