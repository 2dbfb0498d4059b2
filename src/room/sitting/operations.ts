/** The console's operations on candidates: each hands its input to the rules of a sitting. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { implement } from '@orpc/server';
import type * as z from 'zod';
import { newId } from '../../base/ids.ts';
import { refuse, type Result } from '../../base/result.ts';
import { violationTypes } from '../../exam/incident/violation-types.ts';
import type { SittingCommand } from '../../exam/sitting/sitting.ts';
import { readStored, type Journal } from '../../journal/journal.ts';
import type { OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import { missingFiles } from '../answer-files/answer-files.ts';
import { board } from '../board/board.ts';
import type { Room } from '../room.ts';
import { photoOf } from '../state/photo.ts';
import { sittingContract, type logLineSchema } from './contract.ts';

export function sittingOperations(room: Room) {
  const os = implement(sittingContract).$context<OperationContext>();
  const show = () => {
    room.changed.notify();
    return board(room);
  };
  const acting = (context: OperationContext) => ({ by: context.account });
  const command = async (context: OperationContext, sittingId: string, act: SittingCommand) => {
    unwrap(await room.state.commandSitting(sittingId, act, acting(context)));
    return show();
  };
  /** All or, when one is refused, those before it: the refusal names the candidate. */
  const commandEach = async (
    context: OperationContext,
    sittingIds: readonly string[],
    act: (id: string) => SittingCommand,
  ) => {
    for (const id of sittingIds) {
      const done: Result<unknown> = await room.state.commandSitting(id, act(id), acting(context));
      if (!done.ok)
        unwrap(refuse({ ...done.refusal, candidate: room.state.placed(id)?.candidate.name ?? id }));
    }
    return show();
  };
  const lastWork = (id: string): number | null => {
    const seat = room.state.sitting(id).seat;
    const heard = seat === null ? undefined : room.heard.get(seat)?.at;
    const change = room.state.answers(id)?.lastChangeAt;
    return Math.max(heard ?? 0, change ?? 0) || null;
  };
  return os.router({
    extraTime: os.extraTime.handler(({ input, context }) =>
      commandEach(context, input.sittingIds, () => ({
        type: 'give-extra-time',
        minutes: input.minutes,
        byCode: false,
      })),
    ),
    resume: os.resume.handler(({ input, context }) =>
      commandEach(context, input.sittingIds, (id) => ({
        type: 'resume',
        reason: input.reason,
        lastWorkAt: lastWork(id),
      })),
    ),
    lock: os.lock.handler(({ input, context }) =>
      command(context, input.sittingId, { type: 'lock', message: input.message }),
    ),
    unlock: os.unlock.handler(({ input, context }) => command(context, input.sittingId, { type: 'unlock' })),
    absent: os.absent.handler(({ input, context }) =>
      commandEach(context, input.sittingIds, () => ({ type: 'register-absence' })),
    ),
    cancelAbsent: os.cancelAbsent.handler(({ input, context }) =>
      command(context, input.sittingId, { type: 'cancel-absence' }),
    ),
    violation: os.violation.handler(({ input, context }) =>
      command(context, input.sittingId, {
        type: 'register-violation',
        id: newId(),
        code: input.code,
        description: input.description,
      }),
    ),
    cancelViolation: os.cancelViolation.handler(({ input, context }) =>
      command(context, input.sittingId, { type: 'cancel-violation', id: input.violationId }),
    ),
    collect: os.collect.handler(({ input, context }) => {
      const missing = missingFiles(room, input.sittingId);
      if (missing.length > 0)
        unwrap(refuse({ type: 'answer-files-missing', files: missing.map((one) => one.name) }));
      return command(context, input.sittingId, { type: 'collect' });
    }),
    photo: os.photo.handler(async ({ input }) => ({ url: await photoOf(room, input.sittingId) })),
    log: os.log.handler(({ input }) => logOf(room.node.journal, `sitting:${input.sittingId}`)),
    violationTypes: os.violationTypes.handler(() => violationTypes.map((type) => ({ ...type }))),
  });
}

/** Every entry on one subject, of every origin, in the order in which the room has kept them. */
async function logOf(journal: Journal, subject: string): Promise<z.infer<typeof logLineSchema>[]> {
  const lines = [];
  for (let after = 0; ;) {
    const rows = journal.after(after, 2_000);
    for (const row of rows) {
      if (!row.header.includes(subject)) continue;
      const entry = readStored(row);
      if (entry.subject === subject)
        lines.push({
          at: entry.at,
          origin: entry.place.origin,
          seq: entry.place.seq,
          kind: entry.kind,
          data: { ...entry.data },
        });
    }
    const last = rows.at(-1);
    if (!last) return lines;
    after = last.position;
    // A long journal is read through between heartbeats, not before them.
    await nextTurn();
  }
}
