/** The hand-in: the room takes it only when it has every answer, so that what is handed in is complete. */
import { refuse, type Result } from '../../base/result.ts';
import type { Node } from '../../node/node.ts';
import type { PracticalWork } from '../practical/practical-work.ts';
import type { Answering } from './answering.ts';
import type { CandidateWork } from './candidate-work.ts';
import type { OwnRoom } from './own-room.ts';
import type { TimeOver } from './time-over.ts';

export interface HandInOptions {
  readonly node: Node;
  readonly work: CandidateWork;
  readonly room: OwnRoom;
  readonly answering: Answering;
  readonly timeOver: TimeOver;
  readonly practical: PracticalWork;
}

/** Of a working folder it is what lies there now. */
export async function handIn(options: HandInOptions): Promise<Result<void>> {
  const { answering, timeOver, practical } = options;
  const allowed = answering.allowed();
  if (!allowed.ok) return allowed;
  const settled = await timeOver.settleSpoken();
  if (!settled.ok) return settled;
  try {
    const taken = await practical.takeEverything();
    return taken.ok ? await handInKept(options) : taken;
  } finally {
    practical.release();
  }
}

async function handInKept({ node, work, room }: HandInOptions): Promise<Result<void>> {
  const shipped = await room.ask((link) => link.shipEverything());
  if (!shipped.ok) return shipped;
  const { origin, epoch } = node.journal.self;
  const head = node.journal.head(origin, epoch);
  if (!head) throw new Error('a journal without its first entry');
  const claim = work.claim;
  if (!claim?.confirmed) return refuse({ type: 'not-signed-in' });
  const { sittingId, lease } = claim;
  // Before the question: when its answer is lost, the room's next word still ends the exam with its receipt.
  work.hold({ ...claim, handInHead: head.hash });
  const told = await room.command('/sitting/hand-in', { sittingId, lease, head });
  if (told.ok || told.refusal.type !== 'answer-files-missing') return told;
  const again = await room.ask((link) => link.sendFilesAgain(told.refusal));
  return again.ok ? room.command('/sitting/hand-in', { sittingId, lease, head }) : again;
}
