/**
 * What a lock carries from the centre to its site (校时): the releases of the sessions whose time had come, each a parcel as the centre exports it, and
 * the centre's signed word of when that was. Whoever has the lock may read it: the secrets inside are sealed to the site.
 */
import * as z from 'zod';
import { jsonIn } from '../../base/json.ts';

export const calibrationSchema = z.object({
  format: z.literal('invigil-lock-calibration-1'),
  /** Of the lock to which they were given. */
  serial: z.string().max(64),
  /** The centre's wall clock, ms. */
  at: z.number().int(),
  /** JWS typ `invigil-time+jws` over this nonce: that the centre said so. */
  time: z.object({ nonce: z.string().max(64), jws: z.string().max(2_000) }),
  sites: z
    .array(
      z.object({
        siteCode: z.string().max(64),
        siteName: z.string().max(400),
        projectName: z.string().max(400),
        supportPhone: z.string().max(40),
      }),
    )
    .max(100),
  releases: z
    .array(
      z.object({
        sessionId: z.string().max(64),
        sessionNumber: z.number().int(),
        name: z.string().max(400),
        startAt: z.number().int(),
        /** Base64. */
        parcel: z.string().max(64 * 1024),
      }),
    )
    .max(99),
});
export type Calibration = z.infer<typeof calibrationSchema>;

/** The newest of what lies on a lock; what is no calibration of this lock counts for nothing. */
export function newestCalibration(contents: readonly Uint8Array[], serial: string): Calibration | null {
  const read = contents.flatMap((content) => {
    const parsed = calibrationSchema.safeParse(jsonIn(content));
    return parsed.success && parsed.data.serial === serial ? [parsed.data] : [];
  });
  return read.toSorted((a, b) => b.at - a.at)[0] ?? null;
}
