/**
 * The authorisation station of an exam on paper (станция авторизации): materials and stations, the access key, the section «Monitoring» and the section
 * «Send forms». Browser-safe.
 *
 * ```
 * station   readiness here → admitted → (replaced)
 * key       not here → here → released → written for the stations
 * status    readiness-confirmed → key-received → exam-started → exams-finished → forms-sent      (exam/paper-day/site-day.ts)
 * package   made → sending → received → confirmed | rejected; checking → good | to be scanned again
 * ```
 */
import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { dayStages } from '../../exam/paper-day/hand-up.ts';
import { dayEventSchema } from '../../exam/paper-day/parcels.ts';
import { siteStatuses, stationKinds } from '../../exam/paper-day/site-day.ts';
import { drivesViewSchema } from '../../node/backup/contract.ts';
import { code, id, operation, refusalSchema, shortText, time, uploadId, empty } from '../../node/contract.ts';

const admin = 'administrator' as const;
const path = z.string().min(1).max(4_000);
const dayKinds = [
  'paper-materials',
  'access-key',
  'release',
  'station-readiness',
  'station-journal',
  'answer-sheets',
  'voice-answers',
  'package-words',
] as const;

export const paperEventSchema = z.object({
  event: dayEventSchema,
  startAt: time.nullable(),
  releaseAt: time.nullable(),
  /** Why the centre holds the release back; null: it does not. */
  held: z.string().nullable(),
  /** The centre has newer materials or a newer key than lie here. */
  newer: z.object({ materials: z.boolean(), key: z.boolean() }),
  problem: refusalSchema.nullable(),
});
export type PaperEventView = z.infer<typeof paperEventSchema>;

export const paperStationSchema = z.object({
  id: z.string(),
  kind: z.enum(stationKinds),
  number: z.string(),
  /** null: a reserve. */
  room: z.string().nullable(),
  roomNow: z.string().nullable(),
  program: z.string(),
  fingerprint: z.string(),
  checks: z.array(z.object({ name: z.string(), good: z.boolean(), words: z.string() })),
  takenAt: time,
  admittedAt: time.nullable(),
  /** The site's other console has admitted it. */
  atOther: z.boolean(),
  replacedBy: z.string().nullable(),
  /** Has to be compared and seen to before it is admitted. */
  problem: refusalSchema.nullable(),
  /** Takes part in the event. */
  counts: z.boolean(),
  /** A stick has the newest key for it. */
  hasKey: z.boolean(),
  /** By which its journal is asked for. */
  journalName: z.string(),
  journal: z
    .object({
      fileName: z.string(),
      closing: z.number().int(),
      finishedAt: time,
      takenAt: time,
      counts: z.record(z.string(), z.number().int()),
      handedUpAt: time.nullable(),
      writtenAt: time.nullable(),
      refused: refusalSchema.nullable(),
    })
    .nullable(),
});
export type PaperStationView = z.infer<typeof paperStationSchema>;

export const paperPackageSchema = z.object({
  id: z.string(),
  kind: z.enum(['answer-sheets', 'voice-answers']),
  station: z.string(),
  room: z.string(),
  part: z.number().int(),
  parts: z.number().int(),
  pages: z.number().int().nullable(),
  bytes: z.number().int(),
  fileName: z.string(),
  madeAt: time,
  takenAt: time,
  replaces: z.string().nullable(),
  replacedBy: z.string().nullable(),
  waits: z.boolean(),
  sentAt: time.nullable(),
  sentWay: z.enum(['online', 'stick', 'folder']).nullable(),
  state: z.enum(['made', 'sending', 'received', 'confirmed', 'rejected']),
  quality: z.enum(['checking', 'good', 'rescan']),
  rescan: z.array(z.object({ number: z.string(), side: z.number().int() })),
  reason: z.string(),
  saidAt: time.nullable(),
  refused: refusalSchema.nullable(),
});
export type PaperPackageView = z.infer<typeof paperPackageSchema>;

export const paperDaySchema = z.object({
  now: time,
  online: z.boolean(),
  mode: z.enum(['formal', 'mock']),
  event: paperEventSchema,
  /** Of the centre, as each station shows it at its admission. */
  rootFingerprint: z.string(),
  materials: z
    .object({
      revision: z.number().int(),
      bytes: z.number().int(),
      receivedAt: time,
      rooms: z.array(z.object({ room: z.string(), kits: z.number().int(), reserve: z.number().int() })),
    })
    .nullable(),
  keys: z.array(
    z.object({
      number: z.number().int(),
      opens: z.enum(['token', 'password']),
      members: z.array(z.object({ name: z.string(), serial: z.string() })),
      rooms: z.array(z.object({ room: z.string(), kits: z.number().int() })),
      stations: z.array(z.string()),
      notBefore: time,
      notAfter: time,
      reason: z.string(),
      receivedAt: time,
      openedAt: time.nullable(),
    }),
  ),
  copies: z.array(
    z.object({
      id: z.string(),
      number: z.number().int(),
      stick: z.string(),
      stations: z.number().int(),
      begunAt: time,
      writtenAt: time.nullable(),
      by: z.string(),
    }),
  ),
  stations: z.array(paperStationSchema),
  /** What only the site's other console has met, as the centre says. */
  elsewhere: z.object({
    stations: z.array(
      z.object({
        id: z.string(),
        kind: z.enum(stationKinds),
        number: z.string(),
        room: z.string().nullable(),
        journalName: z.string(),
        journalAt: time.nullable(),
      }),
    ),
    packages: z.number().int(),
    confirmed: z.number().int(),
  }),
  statuses: z.array(
    z.object({
      status: z.enum(siteStatuses),
      toldAt: time.nullable(),
      reason: z.string(),
      by: z.string().nullable(),
      /** What it still lacks; what it lacked when it was told all the same. */
      gaps: z.array(refusalSchema),
      /** It may be told over these with a reason. */
      reasonHelps: z.boolean(),
    }),
  ),
  packages: z.array(paperPackageSchema),
  /** What the centre says of them lies here for the scan station. */
  hasWords: z.boolean(),
  stages: z.array(
    z.object({
      stage: z.enum(dayStages),
      at: time.nullable(),
      said: z.boolean(),
      /** Who said so. */
      by: z.string().nullable(),
      /** Nothing here can tell: somebody says it. */
      sayable: z.boolean(),
    }),
  ),
  sending: z.object({ name: z.string(), sent: z.number(), total: z.number() }).nullable(),
});
export type PaperDayView = z.infer<typeof paperDaySchema>;

export const stickFileSchema = z.object({
  path,
  name: z.string(),
  kind: z.enum(dayKinds),
  createdAt: time,
  subject: z.string(),
  /** Of a station. */
  station: z.string(),
  room: z.string(),
  /** Of a key, of materials; part of a package. */
  number: z.string(),
});
export type StickFileView = z.infer<typeof stickFileSchema>;

const takenSchema = z.object({
  kind: z.enum(dayKinds),
  eventId: z.string().nullable(),
  name: z.string(),
  known: z.boolean(),
});
export type TakenView = z.infer<typeof takenSchema>;

const ofEvent = z.object({ eventId: id });
const toStick = ofEvent.extend({ drive: path });
const written = z.object({ path });

export const paperDayContract = {
  /** Asked for by every page: is there any, and which? */
  events: operation(admin, 'observer').output(z.array(paperEventSchema)),
  /** Asks the centre now. */
  ask: operation(admin).output(z.array(paperEventSchema)),
  get: operation(admin, 'observer').input(ofEvent).output(paperDaySchema),
  live: operation(admin, 'observer').input(ofEvent).output(eventIterator(paperDaySchema)),
  stick: {
    /** What is plugged in, and what is on it for this site. */
    look: operation(admin).output(drivesViewSchema.extend({ files: z.array(stickFileSchema) })),
    take: operation(admin)
      .input(z.object({ paths: z.array(path).min(1).max(500) }))
      .output(
        z.array(
          z.object({
            path,
            name: z.string(),
            taken: takenSchema.nullable(),
            refusal: refusalSchema.nullable(),
          }),
        ),
      ),
  },
  takeFile: operation(admin).input(z.object({ uploadId })).output(takenSchema),
  materials: {
    fetch: operation(admin).input(ofEvent).output(takenSchema),
    write: operation(admin).input(toStick).output(written),
  },
  key: {
    fetch: operation(admin).input(ofEvent).output(takenSchema),
    /** Asks the centre for the release. */
    release: operation(admin).input(ofEvent).output(empty),
    /** As it was read out: twelve words or forty digits. */
    enterRelease: operation(admin)
      .input(ofEvent.extend({ text: z.string().min(1).max(400) }))
      .output(empty),
    write: operation(admin).input(toStick).output(written),
  },
  station: {
    /** Certifies the station whose fingerprint was compared, and writes its admission to a stick. The same again writes it again. */
    admit: operation(admin)
      .input(
        z.object({
          stationId: id,
          fingerprint: z.string().min(1).max(60),
          /** The station whose computer it replaces; null: none. */
          replaces: id.nullable(),
          drive: path,
        }),
      )
      .output(written),
    takeRoom: operation(admin)
      .input(z.object({ stationId: id, room: code, replaces: id.nullable(), reason: shortText }))
      .output(empty),
    /** One that was never admitted. */
    remove: operation(admin)
      .input(z.object({ stationId: id }))
      .output(empty),
  },
  status: {
    tell: operation(admin)
      .input(ofEvent.extend({ status: z.enum(siteStatuses), reason: shortText.default('') }))
      .output(empty),
    /** Statuses and journals for the centre, on a stick. */
    write: operation(admin).input(toStick).output(written),
  },
  stage: {
    say: operation(admin)
      .input(ofEvent.extend({ stage: z.enum(dayStages), done: z.boolean() }))
      .output(empty),
  },
  package: {
    send: operation(admin).input(ofEvent).output(empty),
    write: operation(admin)
      .input(
        ofEvent.extend({
          to: z.union([
            z.object({ drive: path }),
            z.object({ directory: z.string().trim().min(1).max(500) }),
          ]),
        }),
      )
      .output(written),
    fetchWords: operation(admin).input(ofEvent).output(empty),
    /** What the centre has said, for the scan station. */
    writeWords: operation(admin).input(toStick).output(written),
  },
};
