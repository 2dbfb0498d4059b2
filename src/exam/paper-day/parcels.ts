/**
 * What the parcels of a paper exam's day hold, see `formats/parcel/README.md`. In all of them `session` is the event's id.
 *
 * | kind | from → to | |
 * | --- | --- | --- |
 * | `paper-materials` | centre → site | question papers and the plan of kits, sealed to the event's key: days ahead |
 * | `access-key` | centre → site | the event's key under release secret and members' tokens, with its grant |
 * | `station-readiness` | station → site | who a station is, and that it was tried: signed with its own new key |
 * | `station-admission` | site → station | the station's certificate: what it signs from now on is the site's |
 * | `station-key` | site → station | the access key without the outer lock, once the release is known |
 * | `station-journal` | station → centre, by its site | what a station did: END_PRINT, END_VOICE, END_SCAN |
 * | `answer-sheets` | station → centre, by its site | scanned pages of a room |
 * | `voice-answers` | station → centre, by its site | recordings of a seat |
 * | `package-words` | centre → site | what the centre says of packages: received, confirmed, rejected, to be scanned again |
 */
import * as z from 'zod';
import { compositionSchema } from '../form/composition.ts';
import { sheetKinds } from '../form/sheet-code.ts';
import { templateSchema } from '../form/template.ts';
import { grantSchema } from './grant.ts';
import { siteStatuses, stationKinds } from './site-day.ts';
import { pauseCauses, takeEnds } from './voice-run.ts';

const code = z.string().min(1).max(64);
const id = z.string().min(1).max(64);
const time = z.number().int();
/** As large as a whole number of a database column may be. */
const mostCount = 2_147_483_647;
const count = z.number().int().min(0).max(mostCount);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
export const sheetNumberSchema = z.string().regex(/^[0-9]{4,24}$/);
const side = z.union([z.literal(1), z.literal(2)]);

/** What every holder of a parcel of the day may know of the event. */
export const dayEventSchema = z.object({
  id,
  code,
  name: z.string().max(400),
  subjectCode: z.string().max(16),
  subjectName: z.string().max(200),
  subjectLatin: z.string().max(60),
  date: z.iso.date(),
  stage: z.string().max(16),
  /** Where candidates speak: recorded by voice stations. */
  speaking: z.boolean(),
});
export type DayEvent = z.infer<typeof dayEventSchema>;

export const materialsAboutSchema = z.object({
  event: dayEventSchema,
  siteName: z.string().max(400),
  region: z.string().max(100),
  /** Grows with each change: the highest counts. */
  revision: z.number().int().min(1),
  rooms: z.array(z.object({ room: code, kits: count, reserve: count })).max(1_000),
});

/** In `paper-materials`, sealed to the event's key. */
export const planPart = 'plan.json';
export const variantPart = (variant: number): string => `variant-${variant}`;

const plannedSheetSchema = z.object({
  number: sheetNumberSchema,
  kind: z.enum(sheetKinds),
  place: z.number().int().min(1).max(200),
  sides: z.union([z.literal(1), z.literal(2)]),
});

export const plannedKitSchema = z.object({
  kit: z.string().max(24),
  /** '' : a reserve of the whole site. */
  room: z.string().max(64),
  reserve: z.boolean(),
  /** Of the question paper, from 1; null: none is printed (who speaks has it on a screen). */
  variant: z.number().int().min(1).max(999).nullable(),
  sheets: z.array(plannedSheetSchema).max(200),
});
export type PlannedKit = z.infer<typeof plannedKitSchema>;

export const planSchema = z.object({
  v: z.literal(1),
  eventId: id,
  siteCode: code,
  composition: compositionSchema,
  templates: z.array(templateSchema).max(sheetKinds.length),
  /** Forms come preprinted: stations print question papers only. */
  preprinted: z.boolean(),
  kits: z.array(plannedKitSchema).max(50_000),
  /** true: the sealed materials stay on print stations after their work; otherwise they are removed there. */
  keptAfterwards: z.boolean().optional(),
  /** Sheets that belong to no kit until they are given to somebody. */
  additional: z.array(plannedSheetSchema.extend({ room: z.string().max(64) })).max(100_000),
  variants: z
    .array(
      z.object({ variant: z.number().int().min(1).max(999), pages: z.number().int().min(1), size: count }),
    )
    .max(999),
  /** Tasks of a speaking exam, in their order. */
  tasks: z
    .array(
      z.object({
        name: z.string().max(200),
        page: z.number().int().min(1),
        prepareS: z.number().int().min(0).max(3_600),
        answerS: z.number().int().min(1).max(3_600),
      }),
    )
    .max(100),
});
export type Plan = z.infer<typeof planSchema>;

export const accessKeyAboutSchema = z.object({
  event: dayEventSchema,
  number: z.number().int(),
  /** From then on the release comes; ms. */
  releaseAt: time,
});
/** In `access-key`, sealed to the site. `locked`: see `trust/release.ts`. */
export const accessKeyParts = { grant: 'grant.json', locked: 'locked' } as const;

/** The station's certificate, its site's. */
const chainSchema = z.array(z.string().max(8_000)).min(2).max(3);

/** In `station-readiness`: `readiness.json`, in the clear, signed with the key that it names. */
export const readinessSchema = z.object({
  v: z.literal(1),
  stationId: id,
  kind: z.enum(stationKinds),
  siteCode: code,
  room: code.nullable(),
  number: z.string().min(1).max(16),
  program: z.string().max(40),
  signingKey: z.string().max(64),
  sealingKey: z.string().max(128),
  /** Of the computer: what was tried, and whether it was good. */
  checks: z
    .array(z.object({ name: z.string().max(60), good: z.boolean(), words: z.string().max(400) }))
    .max(50),
  at: time,
  /** Of one that was admitted: with its certificate, leaf first, the site's other console knows it without comparing again. */
  admitted: z.object({ project: id, chain: chainSchema }).optional(),
});
export type Readiness = z.infer<typeof readinessSchema>;
export const readinessPart = 'readiness.json';

/** age recipients of the site's other consoles, main and reserve: whichever of them is left reads what a station seals to its site. */
const consoleRecipients = z.array(z.string().max(200)).max(16).optional();

/** What a station reads before it can believe anything: whose key it is asked to trust. People compare its fingerprint once. */
export const admissionAboutSchema = z.object({ number: z.string().max(16), root: z.string().max(64) });
/** In `station-admission`, sealed to the station. */
export const admissionPart = 'admission.json';
export const admissionSchema = z.object({
  v: z.literal(1),
  stationId: id,
  siteCode: code,
  siteName: z.string().max(400),
  region: z.string().max(100),
  project: z.object({ id, code, name: z.string().max(400), mode: z.enum(['formal', 'mock']) }),
  /** Leaf first: the station's, the site's. */
  chain: chainSchema,
  centreCode: z.string().max(64),
  /** The centre's public key, as the site knows it. */
  root: z.string().max(64),
  /** age recipients to which a station seals what it sends. */
  centreRecipient: z.string().max(200),
  siteRecipient: z.string().max(200),
  consoles: consoleRecipients,
});
export type Admission = z.infer<typeof admissionSchema>;

export const stationKeyAboutSchema = z.object({
  event: dayEventSchema,
  number: z.number().int(),
  consoles: consoleRecipients,
});
/** In `station-key`, sealed to the stations that the site knows. `inner`: sealed to the members' tokens, or the keys themselves. */
export const stationKeyParts = { grant: 'grant.json', inner: 'inner' } as const;

export const stationJournalAboutSchema = z.object({
  event: dayEventSchema,
  station: z.object({ id, kind: z.enum(stationKinds), number: z.string().max(16), room: code.nullable() }),
  program: z.string().max(40),
  keyNumber: count.nullable(),
  tokenSerial: z.string().max(64).nullable(),
  /** A later one of the same station takes its place. */
  closing: z.number().int().min(1).max(mostCount),
  finishedAt: time,
});
/**
 * In `station-journal`, sealed to centre and site. `fates.json` says in one place what the entries say one by one; it is sealed to the event's
 * key, too: a scan station at which a member has opened that key learns from it which kits were printed.
 */
export const stationJournalParts = {
  entries: 'entries.jsonl',
  head: 'head.jws',
  fates: 'fates.json',
} as const;

export const printFatesSchema = z.object({
  v: z.literal(1),
  kits: z
    .array(
      z.object({
        kit: z.string().max(24),
        room: z.string().max(64),
        fate: z.enum(['good', 'spoiled', 'unused']),
        copy: z.number().int().min(1),
        replaces: z.string().max(24).nullable(),
        reason: z.string().max(500).nullable(),
        sheets: z.array(plannedSheetSchema).max(200),
      }),
    )
    .max(50_000),
  /** Additional sheets that came out of this station. */
  additional: z.array(plannedSheetSchema.extend({ room: z.string().max(64) })).max(100_000),
});
export type PrintFates = z.infer<typeof printFatesSchema>;

/** What a room declares when its paper comes to the scan station. */
export const roomCountsSchema = z.object({
  kitsIssued: count,
  registrations: count,
  additional: count,
  absent: count,
  unfinished: count,
});

export const scanFatesSchema = z.object({
  v: z.literal(1),
  rooms: z
    .array(
      roomCountsSchema.extend({
        room: code,
        /** Why it was closed although something did not fit; null: everything did. */
        reason: z.string().max(500).nullable(),
        pages: z
          .array(z.object({ number: sheetNumberSchema, side, kit: z.string().max(24).nullable() }))
          .max(50_000),
        packages: z.array(id).max(1_000),
      }),
    )
    .max(1_000),
});
export type ScanFates = z.infer<typeof scanFatesSchema>;

const gapSchema = z.object({ from: count, to: count });
/** A take as journal and package tell it. Lengths in samples of `rate` a second. */
const spokenTakeSchema = z.object({
  /** From 1, as in the plan. */
  task: z.number().int().min(1).max(100),
  /** From 1, of this task. */
  take: z.number().int().min(1).max(1_000),
  /** It goes on where the take before it was interrupted; false: the answer begins with it. */
  goesOn: z.boolean(),
  rate: z.union([z.literal(16_000), z.literal(48_000)]),
  samples: count,
  /** What did not reach the disk: silence in the file. */
  gaps: z.array(gapSchema).max(1_000),
  beganAt: time,
  endedAt: time,
  how: z.enum(takeEnds),
  /** SHA-256 of the FLAC; null: nothing of it reached the disk. */
  digest: digest.nullable(),
});
const spokenCandidateSchema = z.object({
  /** Number of the registration form. */
  form: sheetNumberSchema,
  kit: z.string().max(24),
  variant: z.number().int().min(1).max(999),
  signedInAt: time,
  finishedAt: time,
  /** Every task was answered. */
  whole: z.boolean(),
  /** Why not every task was answered. */
  reason: z.string().max(500),
  pauses: z
    .array(
      z.object({
        task: z.number().int().min(1).max(100),
        cause: z.enum(pauseCauses),
        words: z.string().max(500),
        from: time,
        /** null: the candidate left during it. */
        to: time.nullable(),
      }),
    )
    .max(1_000),
  /** Tasks that were answered from their beginning once more, and why. */
  again: z
    .array(z.object({ task: z.number().int().min(1).max(100), reason: z.string().max(500), at: time }))
    .max(1_000),
  takes: z.array(spokenTakeSchema).max(1_000),
});

/** What a voice station's journal says of its day. */
export const voiceFatesSchema = z.object({
  v: z.literal(1),
  candidates: z.array(spokenCandidateSchema).max(10_000),
  packages: z.array(id).max(1_000),
});
export type VoiceFates = z.infer<typeof voiceFatesSchema>;

export const voiceAnswersAboutSchema = z.object({
  event: dayEventSchema,
  station: z.object({ id, number: z.string().max(16) }),
  /** `0000`: of a reserve station, as in the names of journals. */
  room: code,
  part: z.number().int().min(1).max(1_000),
  parts: z.number().int().min(1).max(1_000),
  candidates: count,
  takes: count,
  /** The package whose place it takes: somebody spoke after that one was made; null: none. */
  replaces: id.nullable(),
});
/** In `voice-answers`, sealed to the centre: `contents.json`, and each take as FLAC, named by it. A candidate is whole in one package. */
export const voiceAnswersContentsSchema = z.object({
  v: z.literal(1),
  /** As the plan has them. */
  tasks: planSchema.shape.tasks,
  candidates: z
    .array(
      spokenCandidateSchema.extend({
        takes: z
          .array(
            spokenTakeSchema.extend({
              /** null: nothing of it reached the disk. */
              part: z
                .string()
                .regex(/^take-[0-9]{1,6}$/)
                .nullable(),
            }),
          )
          .max(1_000),
      }),
    )
    .max(1_000),
});
export type VoiceAnswersContents = z.infer<typeof voiceAnswersContentsSchema>;

export const answerSheetsAboutSchema = z.object({
  event: dayEventSchema,
  station: z.object({ id, number: z.string().max(16) }),
  room: code,
  part: z.number().int().min(1).max(1_000),
  parts: z.number().int().min(1).max(1_000),
  pages: count,
  /** The package whose place it takes, after the centre asked for it; null: none. */
  replaces: id.nullable(),
});
/** Pages without a number. */
export const siteForms = ['room-protocol', 'site-protocol', 'absence', 'violation', 'other'] as const;
/** In `answer-sheets`, sealed to the centre: `contents.json`, and each page as it came from the scanner, named by it. */
export const answerSheetsContentsSchema = z.object({
  v: z.literal(1),
  pages: z
    .array(
      z.object({
        part: z.string().regex(/^page-[0-9]{1,6}$/),
        digest,
        name: z.string().max(300),
        /** As the station says it; null: a page of no sheet (a protocol of the room, a form of the site). */
        number: sheetNumberSchema.nullable(),
        side,
        kit: z.string().max(24).nullable(),
        /** What a page without a number is, as a person at the station says; absent or null: nobody said. */
        form: z.enum(siteForms).nullish(),
      }),
    )
    .max(9_000),
  counts: roomCountsSchema.extend({ reason: scanFatesSchema.shape.rooms.element.shape.reason }),
});
export type AnswerSheetsContents = z.infer<typeof answerSheetsContentsSchema>;
export const contentsPart = 'contents.json';

/** In `package-words`, sealed to the site and to the event's key. The newest of each package counts. */
export const packageWordSchema = z.object({
  packageId: id,
  state: z.enum(['received', 'confirmed', 'rejected']),
  quality: z.enum(['checking', 'good', 'rescan']),
  /** Sheets to be scanned again. */
  rescan: z.array(z.object({ number: sheetNumberSchema, side })).max(10_000),
  reason: z.string().max(1_000),
  at: time,
});
export type PackageWord = z.infer<typeof packageWordSchema>;

/** What a site tells of its day, an entry of its journal each. */
export const statusToldSchema = z.object({
  eventId: id,
  status: z.enum(siteStatuses),
  reason: z.string().max(500),
  gaps: z.array(z.looseObject({ type: z.string() })).max(20),
});
export { grantSchema };
