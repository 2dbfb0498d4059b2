/**
 * What a desk (the centre's, or a site's where the policy lets it) knows of one-time codes: who asked, who issued, what was used. A fold over
 * the entries of rooms and desks, in whatever order they arrive; a code that was used and never issued is an alarm.
 */
import * as z from 'zod';
import { codeActions, decodeRequest, type CodeAction } from './request.ts';

const time = z.number().int();
const act = z.object({ at: time, by: z.string(), reason: z.string() });

export const deskCodeSchema = z.object({
  challenge: z.string(),
  session: z.string(),
  room: z.string(),
  action: z.enum(Object.keys(codeActions) as [CodeAction, ...CodeAction[]]),
  /** Place in the room's list; 0: the whole room. */
  candidate: z.number().int(),
  /** Minutes of extra time, else 0. */
  amount: z.number().int(),
  /** null: it was read out before the room's entry arrived, or the room is cut off. */
  asked: act.nullable(),
  issued: act.nullable(),
  used: act.omit({ reason: true }).nullable(),
  /** Somebody at the centre answers for its use without an issue. */
  accepted: act.nullable(),
});
export type DeskCode = z.infer<typeof deskCodeSchema>;

/** A request in words, before anybody answers it. */
export const codeReadingSchema = z.object({
  challenge: z.string(),
  session: z.string(),
  sessionName: z.string(),
  room: z.string(),
  action: deskCodeSchema.shape.action,
  amount: z.number().int(),
  /** null: the whole room. */
  candidate: z.object({ index: z.number().int(), admissionNumber: z.string(), name: z.string() }).nullable(),
});
export type CodeReading = z.infer<typeof codeReadingSchema>;

/** What was read out: the room as the caller says it, the request in any way of typing. */
export const codeCallSchema = z.object({
  roomCode: z.string().min(1).max(64),
  sessionId: z.string().min(1).max(64),
  challenge: z.string().max(40),
});
export type CodeCall = z.infer<typeof codeCallSchema>;

export type DeskCodes = ReadonlyMap<string, DeskCode>;

export interface CodeName {
  readonly session: string;
  readonly room: string;
  readonly challenge: string;
}

export function codeName({ session, room, challenge }: CodeName): string {
  return `${session} ${room} ${challenge}`;
}

const dataSchema = z.object({
  challenge: z.string().max(20),
  session: z.string().max(64),
  room: z.string().max(64),
  by: z.string().max(200),
  reason: z.string().max(1000).default(''),
});

/** @param entry any entry; others than those of codes, and nonsense, change nothing. */
export function evolveDesk(
  codes: DeskCodes,
  entry: { readonly kind: string; readonly at: number; readonly data: unknown },
): DeskCodes {
  const field = fieldOf[entry.kind];
  if (field === undefined) return codes;
  const said = dataSchema.safeParse(entry.data);
  const request = said.success ? decodeRequest(said.data.challenge) : null;
  if (!said.success || !request?.ok) return codes;
  const { challenge, session, room, by, reason } = said.data;
  const { action, candidate, amount } = request.value;
  const before: DeskCode = codes.get(codeName(said.data)) ?? {
    challenge,
    session,
    room,
    action,
    candidate,
    amount,
    asked: null,
    issued: null,
    used: null,
    accepted: null,
  };
  // The first counts: a second issue of the same request is the same answer.
  if (before[field] !== null) return codes;
  const made = field === 'used' ? { at: entry.at, by } : { at: entry.at, by, reason };
  return new Map(codes).set(codeName(said.data), { ...before, [field]: made });
}

const fieldOf: Record<string, 'asked' | 'issued' | 'used' | 'accepted' | undefined> = {
  'code-asked': 'asked',
  'code-issued': 'issued',
  'code-used': 'used',
  'code-accepted': 'accepted',
};

/** Of the codes that a room used, those that nobody is known to have issued or answered for. */
export function unissued(codes: DeskCodes, used: readonly CodeName[]): CodeName[] {
  return used.filter((one) => {
    const known = codes.get(codeName(one));
    return !known || (known.issued === null && known.accepted === null);
  });
}
