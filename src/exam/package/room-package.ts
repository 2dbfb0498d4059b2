/** What a room gets for its exam (考场数据包): who sits when, under which policy, and the sealed papers' digests. Signed by the centre. */
import * as z from 'zod';
import { accommodationsSchema } from '../accommodation/accommodations.ts';
import { policySchema } from '../project/policy.ts';
import { photoLimit, photoTypes } from '../roster/photos.ts';

const id = z.string().min(1).max(64);
const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** Travels beside the package. */
export const packagePhotoSchema = z.object({
  sha256: digest,
  size: z.number().int().min(1).max(photoLimit),
  mediaType: z.enum(photoTypes),
});

export const packageCandidateSchema = z.object({
  id,
  /** Place in the room's list, from 1. */
  index: z.number().int().min(1).max(1023),
  admissionNumber: z.string().min(1).max(40),
  name: z.string().min(1).max(200),
  seatNumber: z.number().int().nullable(),
  extraTimePercent: z.number().min(0).max(300),
  /** null: none, or `extraTimePercent` alone, from before there were others. */
  accommodations: accommodationsSchema.nullable().default(null),
  photo: packagePhotoSchema.nullable().default(null),
});
export type PackageCandidate = z.infer<typeof packageCandidateSchema>;

export const packageSessionSchema = z.object({
  id,
  number: z.number().int(),
  name: z.string(),
  startAt: z.number().int(),
  subjects: z
    .array(
      z.object({
        number: z.number().int(),
        name: z.string(),
        durationMin: z.number().int(),
        paperSha256: digest,
        paperSize: z.number().int(),
        items: z.number().int(),
      }),
    )
    .min(1)
    .max(2),
  policy: policySchema,
  /** K(room), Base64: proves answers to the room's one-time code requests in this session; null: published before there were codes. */
  codeKey: z.string().length(44).nullable().default(null),
  candidates: z.array(packageCandidateSchema).max(1023),
});
export type PackageSession = z.infer<typeof packageSessionSchema>;

export const roomPackageSchema = z.object({
  v: z.literal(1),
  project: z.object({
    id,
    code: z.string(),
    name: z.string(),
    mode: z.enum(['formal', 'mock']),
    supportPhone: z.string(),
  }),
  publication: z.object({ number: z.number().int(), at: z.number().int() }),
  site: z.object({ code: z.string(), name: z.string() }),
  room: z.object({ code: z.string(), name: z.string() }),
  sessions: z.array(packageSessionSchema).min(1).max(99),
  /** age recipient of the centre: answers are sealed to it. */
  centreSealingKey: z.string(),
});
export type RoomPackage = z.infer<typeof roomPackageSchema>;

export const roomPackageTyp = 'invigil-room-package+jws';

/** Selection, order and templates of a candidate's paper follow from this, at the seat and when scoring. */
export function candidateSeed(
  projectId: string,
  sessionId: string,
  subject: number,
  admissionNumber: string,
): string {
  return JSON.stringify([projectId, sessionId, subject, admissionNumber]);
}
