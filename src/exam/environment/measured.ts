/** What a seat measures of itself for the environment check. A measurement that could not be made says why. */
import * as z from 'zod';

const text = (most: number) => z.string().max(most);
const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const ms = z.number().min(-1e15).max(1e15);

export const measuredValues = {
  /** Of the seat's program. */
  version: text(40),
  system: z.object({ platform: text(40), name: text(200), release: text(100) }),
  /** Of the page on the candidate's screen, as it names itself; null: no screen is open. */
  browser: z.object({ userAgent: text(500), language: text(40) }).nullable(),
  /** In the pixels of a page. */
  screen: z.object({ width: count, height: count }),
  /** Bytes. */
  memory: count,
  disk: z.object({ free: count }),
  /** The room's clock minus the seat's, ms. */
  clock: z.object({ offsetMs: ms }),
  network: z.object({ roundTripMs: ms, bytes: count, tookMs: ms }),
  /** The room that the seat was paired with. */
  room: z.object({ roomCode: text(64), signingKey: text(100) }),
  /** A write that was made durable and read back; `problem`: the system's code for what went wrong. */
  storage: z.object({ fsyncMs: ms.nullable(), problem: text(100).nullable() }),
  /** Signs of a virtual machine or of work from a distance. */
  machine: z.object({ signs: z.array(text(100)).max(20) }),
  programs: z.object({ found: z.array(text(100)).max(20), missing: z.array(text(100)).max(20) }),
  keyboard: z.object({ asked: text(100), typed: text(100) }),
  /** Loudest moment, 0 to 1; `problem`: why the page got no sound. */
  microphone: z.object({ level: z.number().min(0).max(1), problem: text(100).nullable() }),
  playback: z.object({ heard: z.boolean() }),
} as const;

export type EnvironmentCheckId = keyof typeof measuredValues;
export type MeasuredValues = { [C in EnvironmentCheckId]: z.infer<(typeof measuredValues)[C]> };
export type Measurement<T> = { readonly value: T } | { readonly problem: string };
export type Measured = { readonly [C in EnvironmentCheckId]?: Measurement<MeasuredValues[C]> | undefined };

/** In the order in which they are shown. */
export const environmentChecks = Object.keys(measuredValues) as EnvironmentCheckId[];

/** A person at the seat has to do something for these: they may come after everything else. */
export const personalChecks = ['keyboard', 'microphone', 'playback'] as const;
export type PersonalCheck = (typeof personalChecks)[number];

const measurement = <T extends z.ZodType>(value: T) =>
  z.union([z.strictObject({ value }), z.strictObject({ problem: text(100) })]);

const v = measuredValues;
export const measuredSchema: z.ZodType<Measured> = z
  .strictObject({
    version: measurement(v.version),
    system: measurement(v.system),
    browser: measurement(v.browser),
    screen: measurement(v.screen),
    memory: measurement(v.memory),
    disk: measurement(v.disk),
    clock: measurement(v.clock),
    network: measurement(v.network),
    room: measurement(v.room),
    storage: measurement(v.storage),
    machine: measurement(v.machine),
    programs: measurement(v.programs),
    keyboard: measurement(v.keyboard),
    microphone: measurement(v.microphone),
    playback: measurement(v.playback),
  })
  .partial();

/** What the room asks a seat to measure; part of its order. */
export const environmentOrderSchema = z.object({
  run: z.string().max(64),
  programs: z.array(z.string().max(100)).max(20),
  asks: z.array(z.enum(personalChecks)),
});
export type EnvironmentOrder = z.infer<typeof environmentOrderSchema>;

/** From the seat to the room, each time that something more is measured. */
export const environmentReportSchema = z.strictObject({
  run: z.string().min(1).max(64),
  /** Whose it is: the room compares it with the connection. */
  seat: z.string().min(1).max(64),
  measured: measuredSchema,
  /** Everything that needs no person is there. */
  done: z.boolean(),
});
export type EnvironmentReport = z.infer<typeof environmentReportSchema>;

export const echoSchema = z.strictObject({ run: z.string().min(1).max(64) });
/** Bytes of the probe that a seat fetches from its room. */
export const probeBytes = 1_000_000;
