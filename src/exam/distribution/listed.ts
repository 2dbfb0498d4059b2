/**
 * What a distribution folder holds, as `distribution.json` in it says: the program for each role and system, manuals and tools. The list is not signed;
 * whoever fetches a file compares it with the digest that the centre gives on its own connection.
 */
import * as z from 'zod';
import { isVersion, newestVersion } from '../../base/version.ts';
import { stationKinds } from '../paper-day/site-day.ts';

export const listName = 'distribution.json';
/** Of the list itself: ten versions with thirty files each have a tenth of it. */
export const listLimit = 1024 * 1024;

/** Programs that are given out. Stations are one role of the program, with a task that is chosen when it is fetched. */
export const roles = [
  'centre',
  'site',
  'room',
  'seat',
  'print-station',
  'voice-station',
  'scan-station',
] as const;
export type ProgramRole = (typeof roles)[number];

/** What the program is called with. */
export function callOf(role: ProgramRole): readonly string[] {
  const kind = stationKinds.find((one) => role === `${one}-station`);
  return kind === undefined ? [role] : ['station', kind];
}
export const systems = ['linux-x64', 'windows-x64', 'macos-arm64'] as const;
export type ProgramSystem = (typeof systems)[number];

/** A plain name of a file in the folder itself: nothing that leads out of it, and nothing that a system keeps for itself. */
export const fileNameSchema = z
  .string()
  .max(120)
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)+$/)
  .refine((name) => !/^(con|prn|aux|nul|com\d|lpt\d)\./i.test(name));

export const listedFileSchema = z.object({
  name: fileNameSchema,
  kind: z.enum(['program', 'manual', 'tool']),
  /** null: for every role. */
  role: z.enum(roles).nullable(),
  /** null: for every system. */
  system: z.enum(systems).nullable(),
  /** Of a manual. */
  language: z.enum(['en', 'zh', 'ru']).nullable(),
  version: z.string().max(40).refine(isVersion),
  size: z
    .number()
    .int()
    .min(0)
    .max(8 * 1024 ** 3),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of the sources; null: they were in no repository. */
  commit: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .nullable(),
  /** The sources were not quite those of the commit. */
  altered: z.boolean(),
});
export type ListedFile = z.infer<typeof listedFileSchema>;

export const listSchema = z.object({
  v: z.literal(1),
  files: z
    .array(listedFileSchema)
    .max(2_000)
    .refine(
      // Windows takes two names that differ in their capitals for one.
      (files) => new Set(files.map(({ name }) => name.toLowerCase())).size === files.length,
      'two files of one name',
    ),
  /** Systems for which the newest version was not made, and why. */
  without: z.array(z.object({ system: z.enum(systems), why: z.string().max(400) })).max(systems.length),
});
export type DistributionList = z.infer<typeof listSchema>;

/** The newest version of a role's program for whatever system. @returns null: there is none. */
export function newestProgram(files: readonly ListedFile[], role: ProgramRole): string | null {
  return newestVersion(
    files.flatMap((file) => (file.kind === 'program' && file.role === role ? file.version : [])),
  );
}

/** The newest version of each role's program that a centre gives out; null: none. An older centre knows fewer roles. */
export const newestProgramsSchema = z.partialRecord(z.enum(roles), z.string().max(40).nullable());
export type NewestPrograms = z.infer<typeof newestProgramsSchema>;
