import pino, { type Logger } from 'pino';

/** Structured lines on standard error; standard output belongs to what a command was asked for. What could be a secret is never written. */
export function openLogger(role: string, level: string): Logger {
  const destination = pino.destination({ fd: 2, sync: true });
  // A terminal that was closed takes nothing more: that is no reason for a role to end.
  destination.on('error', () => undefined);
  return pino(
    {
      level,
      base: { role },
      redact: {
        paths: [
          'password',
          'pin',
          'code',
          'words',
          'token',
          '*.password',
          '*.pin',
          '*.code',
          '*.words',
          '*.token',
          'headers.cookie',
          '*.headers.cookie',
        ],
        remove: true,
      },
    },
    destination,
  );
}

export type { Logger };
