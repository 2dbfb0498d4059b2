/** The short name of an event (one subject on one day): it stands in names of files and folders on every system. Browser-safe. */
import * as z from 'zod';

/** Names that Windows keeps for devices. */
const devices = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/i;

/** Letters, digits, `-` and `_`: no dot, no blank, nothing that a file system takes for something else. */
export const eventCodeSchema = z
  .string()
  .trim()
  .normalize('NFC')
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]{0,39}$/u)
  .refine((code) => !devices.test(code));

/** Latin, lower case: as names of archives have it (`801_matem_…`). */
export const subjectLatinSchema = z
  .string()
  .trim()
  .regex(/^[a-z0-9]{1,20}$/);
