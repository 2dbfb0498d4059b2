/** What a computer must have to be a candidate's seat; part of a session's policy. */
import * as z from 'zod';

/** A program as its users call it: never a path, because it is looked for in folders. */
export const programNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(100)
  // oxlint-disable-next-line no-control-regex -- control characters are what it refuses
  .regex(/^(?!\.+$)[^/\\:*?"<>|\u0000-\u001f]+$/);

export const requirementsSchema = z.object({
  screenWidth: z.number().int().min(0).max(10_000).default(1280),
  screenHeight: z.number().int().min(0).max(10_000).default(720),
  memoryGB: z.number().min(0).max(1_024).default(2),
  diskGB: z.number().min(0).max(10_000).default(2),
  clockOffsetS: z.number().int().min(1).max(86_400).default(60),
  /** Slowest write that is safe on the disk, ms. */
  fsyncMs: z.number().int().min(1).max(60_000).default(500),
  /** Slowest million bytes from the room, ms. */
  megabyteMs: z.number().int().min(1).max(60_000).default(2_000),
  keyboard: z.boolean().default(false),
  microphone: z.boolean().default(false),
  playback: z.boolean().default(false),
  programs: z.array(programNameSchema).max(20).default([]),
});
export type Requirements = z.infer<typeof requirementsSchema>;

export const defaultRequirements: Requirements = requirementsSchema.parse({});

/** A seat is for every session of its room: of each requirement the hardest counts. Without a session the usual ones. */
export function strictest(all: readonly Requirements[]): Requirements {
  const [first = defaultRequirements, ...others] = all;
  return others.reduce(
    (a, b) => ({
      screenWidth: Math.max(a.screenWidth, b.screenWidth),
      screenHeight: Math.max(a.screenHeight, b.screenHeight),
      memoryGB: Math.max(a.memoryGB, b.memoryGB),
      diskGB: Math.max(a.diskGB, b.diskGB),
      clockOffsetS: Math.min(a.clockOffsetS, b.clockOffsetS),
      fsyncMs: Math.min(a.fsyncMs, b.fsyncMs),
      megabyteMs: Math.min(a.megabyteMs, b.megabyteMs),
      keyboard: a.keyboard || b.keyboard,
      microphone: a.microphone || b.microphone,
      playback: a.playback || b.playback,
      programs: [...new Set([...a.programs, ...b.programs])],
    }),
    first,
  );
}
