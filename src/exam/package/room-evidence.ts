/** What the centre keeps of a room in one session, as it lists it itself: the part `contents.json`; see `formats/parcel/`. */
import * as z from 'zod';

const time = z.number().int();
const count = z.number().int();
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const partName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,80}$/);

export const roomEvidenceSchema = z.object({
  v: z.literal(1),
  madeAt: time,
  by: z.string(),
  project: z.string(),
  session: z.string(),
  site: z.string(),
  room: z.string(),
  /** In the order in which they came. More than one: all are here, one is in force. */
  results: z.array(
    z.object({
      /** The parcel as it came, still sealed to the centre. */
      parcel: partName,
      digest,
      receivedAt: time,
      inForce: z.boolean(),
      /** Type of what is wrong with it; null: nothing. */
      problem: z.string().nullable(),
      /** JWS of the centre; null: it waits for a code. */
      receipt: z.string().nullable(),
      /** Its parts, opened. */
      record: partName,
      entries: partName,
      /** null: made by a version that does not sign which entries a room holds. */
      held: partName.nullable(),
    }),
  ),
  /** What the centre's journal holds of the room's and its seats' chains: as they came over the network, without contents. */
  journal: z.object({
    part: partName,
    heads: z.array(z.object({ origin: z.string(), epoch: z.string(), seq: count, hash: digest })),
  }),
  /** Every part besides this one, in the clear: SHA-256 and bytes. */
  digests: z.array(z.object({ part: partName, sha256: digest, size: count })),
});
export type RoomEvidence = z.infer<typeof roomEvidenceSchema>;

export const roomEvidenceContents = 'contents.json';
