/** Spoken answers, as the candidate's screen gives them to its agent. */
import { implement } from '@orpc/server';
import type { OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import type { SeatAgent } from '../agent/seat-agent.ts';
import { recordingContract } from './contract.ts';

export function recordingOperations(agent: SeatAgent) {
  const os = implement(recordingContract).$context<OperationContext>();
  return os.router({
    kept: os.kept.handler(({ input }) => unwrap(agent.spoken.kept(input))),
    piece: os.piece.handler(async ({ input }) => {
      unwrap(await agent.answering.takeRecording(input));
      return {};
    }),
    finish: os.finish.handler(async ({ input }) => unwrap(await agent.answering.finishRecording(input))),
  });
}
