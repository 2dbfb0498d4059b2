/** What a candidate's dossier says of itself: the part `dossier.json`. The entries lie beside it, byte for byte; see `formats/parcel/`. */
import * as z from 'zod';

const time = z.number().int();
const count = z.number().int();
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const named = z.object({ code: z.string(), name: z.string() });
const partName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,80}$/);

export const tiers = ['centre', 'site', 'room', 'seat'] as const;
export type Tier = (typeof tiers)[number];

export const dossierChainSchema = z.object({
  origin: z.string(),
  epoch: z.string(),
  tier: z.enum(tiers),
  /** Part with the hashes of all entries, and part with the room's word of it; null: the centre alone says so. */
  hashes: partName.nullable(),
  held: partName.nullable(),
});

export const dossierSchema = z.object({
  v: z.literal(1),
  madeAt: time,
  by: z.string(),
  project: named.extend({ id: z.string(), mode: z.enum(['formal', 'mock']) }),
  session: z.object({ id: z.string(), number: count, name: z.string(), startAt: time }),
  site: named,
  room: named,
  candidate: z.object({
    /** The entries' subject is `sitting:` and this. */
    sitting: z.string(),
    admissionNumber: z.string(),
    name: z.string(),
    /** Place in the room's list: how one-time codes name a candidate. */
    index: count,
    photo: z.object({ sha256: digest, mediaType: z.string() }).nullable(),
  }),
  /** How the sitting ended, as the room's record says; null: no result has come. */
  state: z.string().nullable(),
  results: z.array(
    z.object({
      digest,
      receivedAt: time,
      entries: count,
      inForce: z.boolean(),
      /** JWS of the centre; null: it waits for a code. */
      receipt: z.string().nullable(),
      held: partName.nullable(),
    }),
  ),
  chains: z.array(dossierChainSchema),
  /** Entries in the dossier, and copies that differ from them at the same place. */
  entries: count,
  differing: count,
  answers: z.array(
    z.object({
      item: z.string(),
      responses: z.record(z.string(), z.json()),
      changes: count,
      keptAt: time,
    }),
  ),
  files: z.array(
    z.object({
      item: z.string(),
      response: z.string(),
      name: z.string(),
      mediaType: z.string(),
      size: count,
      sha256: digest,
      kept: z.boolean(),
    }),
  ),
  score: z
    .object({ score: z.number().nullable(), maxScore: z.number().nullable(), needsMarking: count })
    .nullable(),
});
export type Dossier = z.infer<typeof dossierSchema>;

export const dossierParts = {
  about: 'dossier.json',
  entries: 'entries.jsonl',
  differing: 'differing.jsonl',
  photo: 'photo',
} as const;

/** What happened to the whole room in a session and belongs to each of its candidates; nobody is named in it. */
const ofTheRoom = new Set([
  'session-authorised',
  'sign-in-opened',
  'start-allowed',
  'session-reported',
  'result-backed-up',
  'result-collected',
  'receipt-received',
  'result-received',
  'receipt-released',
]);

export interface About {
  readonly sitting: string;
  readonly admissionNumber: string;
  readonly session: string;
  readonly room: string;
}

/**
 * Does an entry belong into this candidate's dossier? Never one that says something of another candidate.
 * @param codeFor the place in the room's list for which a code was asked; 0: the whole room; null: it is no code
 */
export function belongsTo(
  entry: {
    readonly kind: string;
    readonly subject: string;
    readonly data: Readonly<Record<string, unknown>>;
  },
  about: About & { readonly index: number },
  codeFor: (challenge: string) => number | null,
): boolean {
  const { kind, subject, data } = entry;
  if (subject === `sitting:${about.sitting}`) return true;
  const ofThisRoom = data['room'] === undefined || data['room'] === about.room;
  if (subject.startsWith('code:')) {
    if (data['session'] !== about.session || data['room'] !== about.room) return false;
    const place = codeFor(subject.slice('code:'.length));
    return place === 0 || place === about.index;
  }
  if (kind === 'answer-file-taken' || kind === 'dossier-made')
    return subject === `session:${about.session}` && data['candidate'] === about.admissionNumber;
  if (!ofTheRoom.has(kind)) return false;
  if (subject === `session:${about.session}`) return ofThisRoom;
  return subject === `room:${about.room}` && data['session'] === about.session;
}
