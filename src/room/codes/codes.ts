/** One-time codes at the room: asks for what only centre or site may permit, and does it when the answer is right. */
import { fromBase64 } from '../../base/bytes.ts';
import { randomBytes } from '../../base/ids.ts';
import { ok, refuse, type Result } from '../../base/result.ts';
import { answerGate, codeValidMs, type AskedCode } from '../../exam/code/code-book.ts';
import {
  decodeRequest,
  encodeRequest,
  nonceLimit,
  plainChallenge,
  type CodeAction,
  type CodeRequest,
} from '../../exam/code/request.ts';
import type { PackageSession } from '../../exam/package/room-package.ts';
import { decideSession } from '../../exam/session/session.ts';
import { decideSitting, type SittingCommand } from '../../exam/sitting/sitting.ts';
import { answerIsRight } from '../../trust/one-time-code.ts';
import type { Room } from '../room.ts';
import type { Acting } from '../state/room-state.ts';

export interface Wanted {
  readonly action: CodeAction;
  /** null: the whole room. */
  readonly sittingId: string | null;
  readonly minutes: number;
}

export interface OpenRequest extends Wanted {
  readonly challenge: string;
  readonly sessionId: string;
  readonly reason: string;
  readonly askedAt: number;
  readonly validUntil: number;
}

/** Whether what only a code permits goes without one: a mock exam asks nobody. */
export function goesWithoutCode(room: Room): boolean {
  return room.state.package?.project.mode === 'mock';
}

/**
 * Nobody is asked in vain: what would be refused with the code as well is refused at once. An open request for the same is shown again.
 *
 * @returns the request; null: it was done, because a mock exam asks nobody. Refusals: its refusals, and `codes-issued-by-nobody`, `codes-not-published`, `code-not-needed`.
 */
export async function askForCode(
  room: Room,
  sessionId: string,
  wanted: Wanted,
  { reason, by }: { readonly reason: string; readonly by: string },
): Promise<Result<OpenRequest | null>> {
  const session = room.state.packageSession(sessionId);
  if (!session) return refuse({ type: 'no-such-session-here' });
  if (goesWithoutCode(room)) {
    const done = await carryOut(room, session, wanted, { by });
    return done.ok ? ok(null) : done;
  }
  if (session.policy.codesIssuedBy === 'nobody') return refuse({ type: 'codes-issued-by-nobody' });
  if (session.codeKey === null) return refuse({ type: 'codes-not-published' });
  const possible = tryOut(room, session, wanted);
  if (!possible.ok) return possible;
  const open = openRequests(room).find(
    (one) =>
      one.sessionId === sessionId &&
      one.action === wanted.action &&
      one.sittingId === wanted.sittingId &&
      one.minutes === wanted.minutes,
  );
  if (open) return ok(open);
  const request: CodeRequest = {
    action: wanted.action,
    subject: 1,
    candidate: wanted.sittingId === null ? 0 : (room.state.placed(wanted.sittingId)?.candidate.index ?? 0),
    amount: wanted.action === 'extra-time' ? wanted.minutes : 0,
    nonce: new DataView(randomBytes(4).buffer).getUint32(0) % nonceLimit,
  };
  const asked = await room.state.commandCode({
    type: 'ask',
    request,
    session: sessionId,
    room: room.state.package?.room.code ?? '',
    reason,
    by,
  });
  if (!asked.ok) return asked;
  room.link?.uplink.nudge();
  const challenge = encodeRequest(request);
  const kept = room.state.codes.asked.get(challenge);
  if (!kept) throw new Error('a request that was kept is not in the book');
  return ok(shown(room, challenge, kept));
}

/** Requests of the hour that were not used yet, newest first: they outlive a restart. */
export function openRequests(room: Room): OpenRequest[] {
  const now = room.node.clock.now();
  return [...room.state.codes.asked]
    .filter(([, one]) => one.usedAt === null && now <= one.askedAt + codeValidMs)
    .map(([challenge, one]) => shown(room, challenge, one))
    .toSorted((a, b) => b.askedAt - a.askedAt);
}

function shown(room: Room, challenge: string, asked: AskedCode): OpenRequest {
  const { action, candidate, amount } = asked.request;
  const session = room.state.packageSession(asked.session);
  return {
    challenge,
    sessionId: asked.session,
    action,
    sittingId: session?.candidates.find((one) => one.index === candidate)?.id ?? null,
    minutes: amount,
    reason: asked.reason,
    askedAt: asked.askedAt,
    validUntil: asked.askedAt + codeValidMs,
  };
}

/**
 * Checks the answer and does what was asked for. The code is used up in the same commit.
 *
 * @returns refusals of `answerGate`, `code-wrong`, and those of what was asked for; the code stays good then.
 */
export async function answerCode(
  room: Room,
  challenge: string,
  typed: string,
  by: string,
): Promise<Result<void>> {
  const read = decodeRequest(challenge);
  const plain = plainChallenge(challenge);
  if (!read.ok) return read;
  if (!plain.ok) return plain;
  const name = encodeRequest(read.value);
  const gate = answerGate(room.state.codes, name, room.node.clock.now());
  if (!gate.allowed) return refuse(gate.reason);
  const asked = room.state.codes.asked.get(name) as AskedCode;
  const session = room.state.packageSession(asked.session);
  if (!session || session.codeKey === null) return refuse({ type: 'codes-not-published' });
  if (!answerIsRight(fromBase64(session.codeKey), plain.value, typed)) {
    const mistaken = await room.state.commandCode({ type: 'answer', challenge: name, right: false, by });
    return mistaken.ok ? refuse({ type: 'code-wrong' }) : mistaken;
  }
  return carryOut(room, session, shown(room, name, asked), { challenge: name, by });
}

async function carryOut(
  room: Room,
  session: PackageSession,
  { action, sittingId, minutes }: Wanted,
  acting: Acting,
): Promise<Result<void>> {
  const { state } = room;
  if (action === 'late-start') {
    const started = await state.commandSession(session.id, { type: 'allow-start', byCode: true }, acting);
    return started.ok ? ok() : started;
  }
  const command = commandFor(action, minutes);
  if (sittingId !== null) {
    const done = await state.commandSitting(sittingId, command, acting);
    return done.ok ? ok() : done;
  }
  // For the whole room: the code is used with the first, the others follow.
  let used = false;
  for (const candidate of concerned(room, session)) {
    const done = await state.commandSitting(candidate, command, used ? { by: acting.by } : acting);
    if (done.ok) used = true;
    else if (!used) return done;
  }
  return used ? ok() : refuse({ type: 'nobody-in-exam' });
}

/** Who is at work now; a code for the whole room is for them. */
function concerned(room: Room, session: PackageSession): string[] {
  return session.candidates
    .filter(({ id }) => ['signed-in', 'in-exam', 'resumable'].includes(room.state.sitting(id).status))
    .map(({ id }) => id);
}

function commandFor(action: Exclude<CodeAction, 'late-start'>, minutes: number): SittingCommand {
  switch (action) {
    case 'late-candidate':
      return { type: 'admit-late', byCode: true };
    case 'extra-time':
      return { type: 'give-extra-time', minutes, byCode: true };
    case 'reinitialise':
      return { type: 'reinitialise', byCode: true };
  }
}

/** Would it be done, if it were permitted? `code-not-needed`: it is done without. */
function tryOut(room: Room, session: PackageSession, { action, sittingId, minutes }: Wanted): Result<void> {
  const { state, node } = room;
  const now = node.clock.now();
  if (action === 'late-start') {
    const start = (byCode: boolean) =>
      decideSession(state.session(session.id), session, { type: 'allow-start', byCode }, now);
    if (start(false).ok) return refuse({ type: 'code-not-needed' });
    const late = start(true);
    return late.ok ? ok() : late;
  }
  const ids = sittingId === null ? concerned(room, session) : [sittingId];
  if (ids.length === 0) return refuse({ type: 'nobody-in-exam' });
  let possible: Result<void> = refuse({ type: 'nobody-in-exam' });
  for (const id of ids) {
    const context = state.context(id, now);
    if (!context) return refuse({ type: 'no-such-candidate' });
    const decided = decideSitting(state.sitting(id), commandFor(action, minutes), context);
    if (decided.ok) return ok();
    possible = decided;
  }
  return possible;
}
