/**
 * What a site and its centre say to each other about exams on paper, over the exchange server. Below `/paper-day`:
 *
 * | | |
 * | --- | --- |
 * | `GET events` | `DayOffers`: what there is for this site |
 * | `GET materials/EVENT/REVISION` | the parcel, from any byte on |
 * | `GET keys/EVENT/NUMBER` | the parcel of an access key |
 * | `GET release/EVENT` | `{secret}`, Base64, once its time has come |
 * | `POST opened` | `KeyOpened`: a member has opened a key at a station |
 *
 * Browser-safe.
 */
import * as z from 'zod';
import { siteDaySchema } from './hand-up.ts';
import { dayEventSchema, packageWordSchema } from './parcels.ts';

const id = z.string().min(1).max(64);
const time = z.number().int();
const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** What the centre has heard of the day from the other consoles of the same site. */
export const elsewhereSchema = z.object({
  statuses: siteDaySchema.shape.statuses,
  /** Where a journal came to the centre from somebody, `journalAt` says so. */
  stations: siteDaySchema.shape.stations,
  packages: z
    .array(packageWordSchema.pick({ state: true, quality: true }).extend({ id, replacedBy: id.nullable() }))
    .max(10_000),
});
export type Elsewhere = z.infer<typeof elsewhereSchema>;

export const dayOffersSchema = z.object({
  /** age recipients of every console of the site: what its stations seal to the site, they seal to each. */
  consoles: z.array(z.string().max(200)).max(16).optional(),
  events: z
    .array(
      z.object({
        event: dayEventSchema,
        startAt: time.nullable(),
        /** null: nobody has said when it starts. */
        releaseAt: time.nullable(),
        /** Why the release is held back; null: it is not. */
        held: z.string().max(400).nullable(),
        materials: z
          .object({
            /** Of the parcel. */
            id: z.string().max(300),
            revision: z.number().int().min(1),
            size: z.number().int().min(0),
            /** Of the sealed parts, as the manifest says. */
            parts: z
              .array(z.object({ name: z.string().max(100), size: z.number().int().min(0), sha256: digest }))
              .max(1_000),
          })
          .nullable(),
        keys: z
          .array(z.object({ id: z.string().max(300), number: z.number().int().min(1), madeAt: time }))
          .max(999),
        /** Why there is none that opens anything, where there were some. */
        problem: z.looseObject({ type: z.string() }).nullable(),
        /** Absent: no other console has told anything. */
        elsewhere: elsewhereSchema.optional(),
      }),
    )
    .max(1_000),
});
export type DayOffers = z.infer<typeof dayOffersSchema>;

export const dayReleaseSchema = z.object({ secret: z.base64() });

export const keyOpenedSchema = z.object({
  eventId: id,
  number: z.number().int().min(1).max(999),
  /** As it stands on the station. */
  station: z.string().min(1).max(16),
  /** null: in a project without tokens. */
  tokenSerial: z.string().max(64).nullable(),
  at: time,
});
export type KeyOpened = z.infer<typeof keyOpenedSchema>;
