/**
 * A station of a paper exam, for the page on its own computer. What it is told comes by stick: admission, materials, access key; what it
 * has to say goes by stick: readiness, journal, packages. See `docs/paper-day.md`.
 *
 * ```
 * not set → set → admitted → materials here → key here → open (a member's token; in memory) → closed (journal on a stick)
 * ```
 * Nobody signs in: the page belongs to whoever sits at this computer, and a token guards what matters.
 */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { dayEventSchema } from '../exam/paper-day/parcels.ts';
import { stationKinds } from '../exam/paper-day/site-day.ts';
import { drivesViewSchema } from '../node/backup/contract.ts';
import { code, empty, operation, refusalSchema, time } from '../node/contract.ts';
import { voiceContract } from './voice/contract.ts';
import { scanContract } from './scan/contract.ts';
import { printContract } from './print/contract.ts';
import { removalContract } from './removal/contract.ts';

const person = operation('everyone');
const path = z.string().min(1).max(4_000);

export const stationSettingsInput = z.object({
  siteCode: code,
  room: code.nullable(),
  number: z
    .string()
    .trim()
    .regex(/^[\p{L}\p{N}-]{1,16}$/u),
});

export const stationViewSchema = z.object({
  kind: z.enum(stationKinds),
  id: z.string(),
  now: time,
  settings: stationSettingsInput.nullable(),
  /** To be compared with what the site's console shows: of this station's own key. */
  fingerprint: z.string(),
  admission: z
    .object({
      siteName: z.string(),
      projectName: z.string(),
      mode: z.enum(['formal', 'mock']),
      rootFingerprint: z.string(),
    })
    .nullable(),
  materials: z
    .object({
      event: dayEventSchema,
      revision: z.number().int(),
      rooms: z.array(z.object({ room: z.string(), kits: z.number().int(), reserve: z.number().int() })),
      loadedAt: time,
      /** The work is done, and they are gone from this computer; null: they are here. */
      removedAt: time.nullable(),
    })
    .nullable(),
  key: z
    .object({
      number: z.number().int(),
      opens: z.enum(['token', 'password']),
      notBefore: time,
      notAfter: time,
      members: z.array(z.string()),
      /** Why it cannot be used here and now; null: it can. */
      problem: refusalSchema.nullable(),
    })
    .nullable(),
  /** Of this kind's own work. */
  stepsDone: z.array(z.string()),
  open: z.object({ kits: z.number().int(), token: z.string().nullable() }).nullable(),
  /** Of a voice station: somebody has heard what its microphone records. */
  microphoneHeard: z.boolean(),
  /** Why the disk takes nothing any more; null: it does. */
  failing: refusalSchema.nullable(),
});
export type StationView = z.infer<typeof stationViewSchema>;

const foundSchema = z.object({
  path,
  name: z.string(),
  createdAt: time,
  /** The subject, as far as it says. */
  about: z.string(),
  /** Of a key or a station, or the revision of materials. */
  number: z.string().nullable(),
  /** Of the key that an admission asks to trust. */
  rootFingerprint: z.string().nullable(),
});
export type FoundFile = z.infer<typeof foundSchema>;

export const stationContract = {
  state: {
    get: person.output(stationViewSchema),
    live: person.output(eventIterator(stationViewSchema)),
  },
  stick: {
    live: person.output(eventIterator(drivesViewSchema)),
  },
  settings: { save: person.input(stationSettingsInput).output(stationViewSchema) },
  admission: {
    /** Writes READY_… to a stick. */
    writeReadiness: person
      .input(
        z.object({
          drive: path,
          checks: z
            .array(z.object({ name: z.string().max(60), good: z.boolean(), words: z.string().max(400) }))
            .max(50),
        }),
      )
      .output(z.object({ path })),
    find: person.output(z.array(foundSchema)),
    /** @param rootFingerprint of the one that `find` names, as a person has compared it: the file may say something else by now */
    take: person.input(z.object({ path, rootFingerprint: z.string().max(100) })).output(stationViewSchema),
  },
  materials: {
    find: person.output(z.array(foundSchema)),
    load: person.input(z.object({ path })).output(stationViewSchema),
  },
  key: {
    find: person.output(z.array(foundSchema)),
    load: person.input(z.object({ path })).output(stationViewSchema),
    tokens: person.output(
      z.array(
        z.object({
          serial: z.string(),
          kind: z.enum(['key-file', 'pkcs11']),
          member: z.string().nullable(),
          problem: z.string().nullable(),
        }),
      ),
    ),
    /** `serial` null: in a project that opens with the key alone. */
    activate: person
      .input(z.object({ serial: z.string().max(64).nullable(), pin: z.string().max(200) }))
      .output(stationViewSchema),
    forget: person.output(empty),
  },
  voice: voiceContract,
  scan: scanContract,
  print: printContract,
  removal: removalContract,
};
