/** Every one-time code of a project in one list: who asked, who issued it, why, and whether it was used. Browser-safe. */
import * as z from 'zod';
import { codeActions, type CodeAction } from '../../exam/code/request.ts';
import { downloadSchema, id, operation, time } from '../../node/contract.ts';
import { all } from '../roles.ts';

const act = z.object({ at: time, by: z.string(), reason: z.string() });
const kind = z.enum(Object.keys(codeActions) as [CodeAction, ...CodeAction[]]);

/** `unissued`: used, and nobody is known to have issued it or answers for it. */
export const codeStandings = ['asked', 'issued', 'used', 'unissued'] as const;

export const codeFilterSchema = z.object({
  sessionId: id.nullable().default(null),
  /** Beginnings of the codes; empty: all. */
  siteCode: z.string().trim().max(64).default(''),
  roomCode: z.string().trim().max(64).default(''),
  kind: kind.nullable().default(null),
  standing: z.enum(codeStandings).nullable().default(null),
});
export type CodeFilter = z.infer<typeof codeFilterSchema>;

export const codeRowSchema = z.object({
  challenge: z.string(),
  sessionNumber: z.number().int(),
  sessionName: z.string(),
  /** Empty: the room is not in the roster any more. */
  siteCode: z.string(),
  roomCode: z.string(),
  action: kind,
  /** Minutes of extra time, else 0. */
  amount: z.number().int(),
  /** Place in the room's list; 0: the whole room. */
  candidate: z.number().int(),
  /** null: the whole room, or not in the newest publication. */
  admissionNumber: z.string().nullable(),
  name: z.string().nullable(),
  standing: z.enum(codeStandings),
  asked: act.nullable(),
  issued: act.nullable(),
  used: z.object({ at: time, by: z.string() }).nullable(),
  accepted: act.nullable(),
});
export type CodeRow = z.infer<typeof codeRowSchema>;

const ofProject = z.object({ projectId: id, ...codeFilterSchema.shape });

export const codeRegisterContract = {
  register: operation
    .everything(...all)
    .input(
      ofProject.extend({
        offset: z.number().int().min(0).max(10_000_000).default(0),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ total: z.number().int(), rows: z.array(codeRowSchema) })),
  exportRegister: operation
    .everything(...all)
    .input(ofProject.extend({ format: z.enum(['csv', 'xlsx']), language: z.enum(['en', 'zh', 'ru']) }))
    .output(downloadSchema),
};
