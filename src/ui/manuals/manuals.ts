/** Which manuals there are, and where a console has them. Browser-safe. */
import type { ProgramRole } from '../../exam/distribution/listed.ts';
import type { Language } from '../language.ts';

/** Each program has one, by its role's name. */
export type ManualName = ProgramRole;

/** Of one console: its own manuals, and those to which they lead. */
export const manualsOfConsole = {
  centre: ['centre', 'site', 'room', 'seat', 'print-station', 'voice-station', 'scan-station'],
  site: ['site', 'room', 'seat', 'print-station', 'voice-station', 'scan-station'],
  room: ['room', 'seat', 'site'],
  station: ['print-station', 'voice-station', 'scan-station'],
} as const satisfies Readonly<Record<string, readonly ManualName[]>>;

/** Seen from the console's page. */
export const manualPath = (name: ManualName, language: Language): string =>
  `manuals/${manualFile(name, language)}`;
export const manualFile = (name: ManualName, language: Language): string => `${name}.${language}.html`;
