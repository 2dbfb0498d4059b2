/**
 * What a site hands up to its centre of an exam on paper, beside what it asks for (`exchange.ts`):
 *
 * | | |
 * | --- | --- |
 * | `POST /deliveries`, kind `answer-sheets`, `voice-answers`, `station-journal`, `site-day` | the parcel, as by stick; answers `HandedUp` |
 * | `GET /paper-day/words/EVENT` | a `package-words` parcel: what the centre says of this site's packages |
 *
 * Browser-safe.
 */
import * as z from 'zod';
import { dayEventSchema, packageWordSchema, statusToldSchema } from './parcels.ts';
import { stationKinds } from './site-day.ts';

const time = z.number().int();

/** A package may be opened later than it is taken: its word then comes with the others. */
export const handedUpSchema = z.object({ word: packageWordSchema.nullable().default(null) });

/** In `package-words`: `words.json`. */
export const packageWordsSchema = z.object({
  v: z.literal(1),
  words: z.array(packageWordSchema).max(10_000),
});
export type PackageWords = z.infer<typeof packageWordsSchema>;
export const packageWordsPart = 'words.json';

/** How far a site is, as its sites' handbooks ask it to report. */
export const dayStages = [
  'software-installed',
  // Two readiness checks: about two weeks before by a member of the commission, and the day before by the site's head.
  'checked-by-member',
  'materials-received',
  'checked-by-head',
  'key-received',
  'decrypted',
  'printed',
  'scanned',
  'sent',
  'confirmed',
] as const;
export type DayStage = (typeof dayStages)[number];

export const siteDayAboutSchema = z.object({
  event: dayEventSchema,
  /** Of the statuses told: more of them is newer. */
  statuses: z.number().int().min(0).max(5),
});

/** In `site-day`, sealed to the centre: `day.json`. The newest `at` counts. */
export const siteDaySchema = z.object({
  v: z.literal(1),
  at: time,
  statuses: z.array(statusToldSchema.extend({ toldAt: time, by: z.string().max(64) })).max(5),
  stages: z
    .array(z.object({ stage: z.enum(dayStages), at: time.nullable(), said: z.boolean() }))
    .max(dayStages.length),
  stations: z
    .array(
      z.object({
        id: z.string().max(64),
        kind: z.enum(stationKinds),
        number: z.string().max(16),
        room: z.string().max(64).nullable(),
        replacedBy: z.string().max(64).nullable(),
        admittedAt: time.nullable(),
        journalAt: time.nullable(),
      }),
    )
    .max(2_000),
});
export type SiteDayReport = z.infer<typeof siteDaySchema>;
export const siteDayPart = 'day.json';
