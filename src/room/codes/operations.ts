/** The console's operations on one-time codes. */
import { implement } from '@orpc/server';
import type { OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import { board } from '../board/board.ts';
import type { Room } from '../room.ts';
import { answerCode, askForCode, openRequests } from './codes.ts';
import { codeContract } from './contract.ts';

export function codeOperations(room: Room) {
  const os = implement(codeContract).$context<OperationContext>();
  const show = () => {
    room.changed.notify();
    return board(room);
  };
  return os.router({
    list: os.list.handler(() => openRequests(room)),
    ask: os.ask.handler(async ({ input, context }) => {
      const { sessionId, reason, ...wanted } = input;
      const request = unwrap(await askForCode(room, sessionId, wanted, { reason, by: context.account }));
      return { request, board: show() };
    }),
    answer: os.answer.handler(async ({ input, context }) => {
      unwrap(await answerCode(room, input.challenge, input.answer, context.account));
      return show();
    }),
  });
}
