/** What makes a role start with its computer: files and commands, worked out before anything is touched, so that they can be read first. */

import type { ProgramRole } from '../../exam/distribution/listed.ts';

/** What is to start, and for whom. */
export interface Wanted {
  readonly role: ProgramRole;
  /** `system`: for the computer, by its administrator; `user`: for the account that installs. */
  readonly scope: 'system' | 'user';
  /** Under which a system service runs; of the person who installs otherwise. */
  readonly account: string;
  /** Program and parameters, one by one. */
  readonly command: readonly [program: string, ...parameters: string[]];
  /** Where the program lies. */
  readonly folder: string;
  /** What the desktop's shortcut opens. */
  readonly page: string;
}

/** Where this system keeps such things. */
export interface Places {
  readonly home: string;
  /** null: none was found, no shortcut is laid there. */
  readonly desktop: string | null;
}

export interface InstalledFile {
  readonly path: string;
  readonly content: string | Uint8Array;
  /** May be started: desktops ask for it. */
  readonly executable?: boolean;
}

export interface Command {
  readonly program: string;
  readonly parameters: readonly string[];
  /** Where it fails, nothing is lost: the rest is done all the same. */
  readonly optional?: boolean;
}

/** Files are written, then `install` runs; `uninstall` runs, then the files go. Each can be done again and changes nothing then. */
export interface Installation {
  readonly files: readonly InstalledFile[];
  readonly install: readonly Command[];
  /** In place of `install` where an older program of the role runs: it ends, and this one begins. */
  readonly renew: readonly Command[];
  readonly uninstall: readonly Command[];
  /** Once the files are gone. */
  readonly forget: readonly Command[];
  /** In place of `uninstall` where the role itself takes its start away: it still runs then. */
  readonly leave: readonly Command[];
  /** Then, last of all: the system is told that it ends. */
  readonly left: readonly Command[];
}

export const titles: Readonly<Record<ProgramRole, Readonly<Record<'en' | 'zh' | 'ru', string>>>> = {
  centre: { en: 'Invigil centre', zh: 'Invigil 监控平台', ru: 'Invigil: центр' },
  site: { en: 'Invigil site', zh: 'Invigil 考点', ru: 'Invigil: пункт' },
  room: { en: 'Invigil room', zh: 'Invigil 考场', ru: 'Invigil: аудитория' },
  seat: { en: 'Invigil seat', zh: 'Invigil 机位', ru: 'Invigil: место' },
  'print-station': { en: 'Invigil print station', zh: 'Invigil 打印站', ru: 'Invigil: станция печати' },
  'voice-station': {
    en: 'Invigil voice station',
    zh: 'Invigil 录音站',
    ru: 'Invigil: станция записи ответов',
  },
  'scan-station': { en: 'Invigil scan station', zh: 'Invigil 扫描站', ru: 'Invigil: станция сканирования' },
};

/** As a person would type it; only for reading. */
export function readable({ program, parameters }: Command): string {
  return [program, ...parameters]
    .map((part) => (/^[\w@%+=:,./\\-]+$/.test(part) ? part : `"${part}"`))
    .join(' ');
}
