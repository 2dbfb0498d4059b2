/** The console's operations on a session. */
import { implement } from '@orpc/server';
import { refuse } from '../../base/result.ts';
import type { OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import { authoriseFromFile, authoriseOnline, openedPaper } from '../authorise/authorise.ts';
import { board, sittingViews } from '../board/board.ts';
import type { Room } from '../room.ts';
import { sessionContract } from './contract.ts';

export function sessionOperations(room: Room) {
  const os = implement(sessionContract).$context<OperationContext>();
  const upload = (context: OperationContext, id: string): string =>
    unwrap(context.files.take(id, context.account)).path;
  const show = () => {
    room.changed.notify();
    return board(room);
  };
  const acting = (context: OperationContext) => ({ by: context.account });
  return os.router({
    choose: os.choose.handler(async ({ input, context }) => {
      unwrap(
        await room.state.commandSession(
          input.sessionId,
          {
            type: 'choose',
            administrator: input.administrator,
            administratorPhone: input.administratorPhone,
            invigilators: input.invigilators,
          },
          acting(context),
        ),
      );
      room.node.settings.write('chosen', input.sessionId);
      return show();
    }),
    authorise: os.authorise.handler(async ({ input, context }) => {
      unwrap(await authoriseOnline(room, input.sessionId, acting(context)));
      return show();
    }),
    importAuthorisation: os.importAuthorisation.handler(async ({ input, context }) => {
      unwrap(await authoriseFromFile(room, upload(context, input.uploadId), acting(context)));
      return show();
    }),
    setAutomatics: os.setAutomatics.handler(async ({ input, context }) => {
      unwrap(
        await room.state.commandSession(input.sessionId, {
          type: 'set-automatics',
          automatics: input.automatics,
          mock: room.state.package?.project.mode === 'mock',
          by: context.account,
        }),
      );
      return show();
    }),
    allowSignIn: os.allowSignIn.handler(async ({ input, context }) => {
      unwrap(await room.state.commandSession(input.sessionId, { type: 'allow-sign-in' }, acting(context)));
      return show();
    }),
    allowStart: os.allowStart.handler(async ({ input, context }) => {
      unwrap(
        await room.state.commandSession(
          input.sessionId,
          { type: 'allow-start', byCode: false },
          acting(context),
        ),
      );
      return show();
    }),
    startPhrase: os.startPhrase.handler(({ input }) => {
      const own = room.state.session(input.sessionId);
      if (own.startsAt === null || own.startsAt > room.node.clock.now())
        unwrap(refuse({ type: 'not-started' }));
      const paper = openedPaper(room, input.sessionId);
      return paper ? { words: paper.words } : unwrap(refuse({ type: 'not-authorised' }));
    }),
    end: os.end.handler(async ({ input, context }) => {
      unwrap(await context.accounts.confirm(context.account, input.password));
      const reasons = new Map(input.reasons.map((one) => [one.sittingId, one.reason]));
      const open = sittingViews(room, input.sessionId).filter(
        (view) =>
          !['handed-in', 'absent'].includes(view.state) && !(view.state === 'closed' && view.collected),
      );
      const unexplained = open.filter((view) => !reasons.has(view.sittingId));
      if (unexplained.length > 0)
        unwrap(
          refuse({
            type: 'end-needs-reasons',
            count: unexplained.length,
            candidates: unexplained.map((view) => view.name),
          }),
        );
      for (const view of open)
        await room.state.commandSitting(
          view.sittingId,
          { type: 'close', reason: reasons.get(view.sittingId) ?? '' },
          acting(context),
        );
      unwrap(
        await room.state.commandSession(input.sessionId, {
          type: 'end',
          reasons: input.reasons,
          by: context.account,
        }),
      );
      room.link?.uplink.nudge();
      return show();
    }),
  });
}
