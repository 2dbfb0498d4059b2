/** What a desk makes of a request that was read out to it: what is asked, for whom, and whether it may be permitted from here. */
import { ok, refuse, type Result } from '../../base/result.ts';
import type { RoomPackage } from '../package/room-package.ts';
import type { CodeCall, CodeReading } from './desk.ts';
import { decodeRequest, encodeRequest } from './request.ts';

export interface ReadRequest extends CodeReading {
  /** K(room), Base64. */
  readonly codeKey: string;
}

/**
 * @param content of the room that the caller says it is: a request of another room gets an answer that fits nowhere.
 * @returns refusals of `decodeRequest`, and `no-such-session-here`, `no-such-candidate`, `codes-not-published`, `codes-issued-by-nobody`,
 * `codes-issued-by-centre`.
 */
export function readRequest(
  content: RoomPackage,
  { sessionId, challenge }: CodeCall,
  desk: 'centre' | 'site',
): Result<ReadRequest> {
  const session = content.sessions.find((one) => one.id === sessionId);
  if (!session) return refuse({ type: 'no-such-session-here' });
  const decoded = decodeRequest(challenge);
  if (!decoded.ok) return decoded;
  const request = decoded.value;
  const candidate = session.candidates.find((one) => one.index === request.candidate) ?? null;
  if (request.candidate !== 0 && !candidate) return refuse({ type: 'no-such-candidate' });
  const { codesIssuedBy } = session.policy;
  if (codesIssuedBy === 'nobody') return refuse({ type: 'codes-issued-by-nobody' });
  if (desk === 'site' && codesIssuedBy === 'centre') return refuse({ type: 'codes-issued-by-centre' });
  if (session.codeKey === null) return refuse({ type: 'codes-not-published' });
  return ok({
    challenge: encodeRequest(request),
    session: session.id,
    sessionName: session.name,
    room: content.room.code,
    action: request.action,
    amount: request.amount,
    candidate: candidate && {
      index: candidate.index,
      admissionNumber: candidate.admissionNumber,
      name: candidate.name,
    },
    codeKey: session.codeKey,
  });
}
