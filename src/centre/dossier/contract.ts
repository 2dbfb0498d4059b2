/** A candidate's dossier, and everything that is kept of a room. Whoever makes one is entered in the journal. */
import * as z from 'zod';
import { dossierSchema, tiers } from '../../exam/package/dossier.ts';
import { code, downloadSchema, id, operation, time } from '../../node/contract.ts';

const whoseSchema = z.object({
  projectId: id,
  sessionId: id,
  admissionNumber: z.string().min(1).max(64),
});

export const dossierLineSchema = z.object({
  at: time,
  tier: z.enum(tiers),
  origin: z.string(),
  epoch: z.string(),
  seq: z.number().int(),
  kind: z.string(),
  data: z.record(z.string(), z.unknown()),
  /** What was answered; null: nothing, or it is not at the centre. */
  responses: z.record(z.string(), z.unknown()).nullable(),
  proved: z.boolean(),
  differs: z.boolean(),
});

export const dossierViewSchema = z.object({
  dossier: dossierSchema.omit({ results: true, chains: true }).extend({
    results: z.array(
      dossierSchema.shape.results.element.omit({ receipt: true, held: true }).extend({
        receipt: z.boolean(),
        proved: z.boolean(),
      }),
    ),
  }),
  seatNumber: z.number().int().nullable(),
  /** In the order of time; the first of them, where there are very many. */
  lines: z.array(dossierLineSchema),
});
export type DossierView = z.infer<typeof dossierViewSchema>;

export const dossierContract = {
  /** On the screen. */
  get: operation.everything('administrator', 'operator').input(whoseSchema).output(dossierViewSchema),
  /** To print. */
  pdf: operation
    .everything('administrator', 'operator')
    .input(whoseSchema.extend({ language: z.enum(['en', 'zh', 'ru']) }))
    .output(downloadSchema),
  /** With the proofs: anybody can check it. */
  parcel: operation.everything('administrator', 'operator').input(whoseSchema).output(downloadSchema),
  /** What is kept of a room in a session, with all answers. */
  room: operation
    .everything('administrator')
    .input(z.object({ projectId: id, sessionId: id, roomCode: code }))
    .output(downloadSchema),
};
