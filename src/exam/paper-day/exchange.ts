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
import { dayEventSchema } from './parcels.ts';

const id = z.string().min(1).max(64);
const time = z.number().int();
const digest = z.string().regex(/^[0-9a-f]{64}$/);

export const dayOffersSchema = z.object({
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
