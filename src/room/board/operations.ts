/** The console's operations on what is shown during the exam. */
import { implement } from '@orpc/server';
import { liveView, type OperationContext } from '../../node/operations.ts';
import type { Room } from '../room.ts';
import { board } from './board.ts';
import { boardContract } from './contract.ts';

export function boardOperations(room: Room) {
  const os = implement(boardContract).$context<OperationContext>();
  return os.router({
    get: os.get.handler(() => board(room)),
    live: os.live.handler(({ signal }) => liveView(signal, room.changed.subscribe, () => board(room), 500)),
  });
}
