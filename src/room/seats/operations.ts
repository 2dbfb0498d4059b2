/** The console's operations on seats. */
import { implement } from '@orpc/server';
import { refuse } from '../../base/result.ts';
import { liveView, type OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import { seatViews, sittingViews } from '../board/board.ts';
import type { Room } from '../room.ts';
import { seatContract } from './contract.ts';
import { renewPairingCode } from './pairing-code.ts';
import { readSeatPlanFile, seatsAsXlsx } from './seat-plan-file.ts';
import { showNumbers } from './shown-numbers.ts';

export function seatOperations(room: Room) {
  const os = implement(seatContract).$context<OperationContext>();
  const { journal } = room.node;
  const upload = (context: OperationContext, id: string): string =>
    unwrap(context.files.take(id, context.account)).path;
  const awaited = () => {
    room.changed.notify();
    return room.seats.awaited();
  };
  const seats = () => {
    room.changed.notify();
    return seatViews(room);
  };
  return os.router({
    list: os.list.handler(() => seatViews(room)),
    live: os.live.handler(({ signal }) =>
      liveView(signal, room.changed.subscribe, () => seatViews(room), 500),
    ),
    approve: os.approve.handler(async ({ input, context }) => {
      const approved = room.seats.approve(input.seatIds);
      await journal.append(
        approved.map(({ id, number }) => ({
          kind: 'seat-approved',
          subject: `seat:${id}`,
          data: { number, by: context.account },
        })),
      );
      return seats();
    }),
    edit: os.edit.handler(({ input }) => {
      unwrap(room.seats.edit(input.seatId, input));
      return seats();
    }),
    order: os.order.handler(({ input }) => {
      room.seats.order(input.seatIds);
      return seats();
    }),
    remove: os.remove.handler(async ({ input, context }) => {
      if (
        sittingViews(room, room.chosen() ?? '').some(
          (view) =>
            view.seatId === input.seatId && ['signed-in', 'in-exam', 'away', 'locked'].includes(view.state),
        )
      )
        unwrap(refuse({ type: 'seat-in-use' }));
      room.seats.remove(input.seatId);
      room.environment.forget(input.seatId);
      room.remoteControl.orders.forget(input.seatId);
      await journal.append([
        { kind: 'seat-removed', subject: `seat:${input.seatId}`, data: { by: context.account } },
      ]);
      return seats();
    }),
    awaited: os.awaited.handler(() => room.seats.awaited()),
    addPlanned: os.addPlanned.handler(({ input }) => {
      if (input.address === '' && input.computer === '')
        unwrap(refuse({ type: 'planned-seat-without-computer' }));
      const { number } = input;
      const other = [...room.seats.all(), ...room.seats.plan()].find((one) => one.number === number);
      if (other)
        unwrap(refuse({ type: 'seat-number-taken', number, computer: other.computer || other.address }));
      room.seats.addPlanned(input);
      return awaited();
    }),
    removePlanned: os.removePlanned.handler(({ input }) => {
      room.seats.removePlanned(input.number);
      return awaited();
    }),
    importPlan: os.importPlan.handler(async ({ input, context }) => {
      room.seats.usePlan(unwrap(await readSeatPlanFile(upload(context, input.uploadId))));
      return awaited();
    }),
    export: os.export.handler(async ({ input, context }) =>
      context.files.offer(
        `${room.state.package?.room.code ?? (room.settings()?.roomCode || 'room')}_seats.xlsx`,
        await seatsAsXlsx(room.seats, input.language),
        context.account,
      ),
    ),
    renewPairingCode: os.renewPairingCode.handler(async ({ context }) => {
      const code = renewPairingCode(room.node);
      await journal.append([
        { kind: 'pairing-code-renewed', subject: 'room', data: { by: context.account } },
      ]);
      room.changed.notify();
      return { pairingCode: code };
    }),
    showNumbers: os.showNumbers.handler(({ input }) => {
      showNumbers(room.node, input.show);
      room.changed.notify();
      return {};
    }),
  });
}
