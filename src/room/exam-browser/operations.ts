/** The console's operations on Safe Exam Browser. */
import { implement } from '@orpc/server';
import { startUrl } from '../../exam/exam-browser/settings.ts';
import type { OperationContext } from '../../node/operations.ts';
import { sebFile } from '../../trust/exam-browser.ts';
import { roomCodeOf, type Room } from '../room.ts';
import { examBrowserContract, type ExamBrowserView } from './contract.ts';
import { examBrowserOf, examBrowserOrder, keepExamBrowser, sebSettings } from './exam-browser.ts';

export function examBrowserOperations(room: Room) {
  const os = implement(examBrowserContract).$context<OperationContext>();
  const { node } = room;
  const view = (): ExamBrowserView => {
    const { examKeySalt: _, ...stored } = examBrowserOf(node);
    const { required, configKey } = examBrowserOrder(room);
    const policy = room.state.packageSession(room.chosen() ?? '')?.policy;
    return {
      ...stored,
      required,
      configKey,
      startUrl: startUrl(stored.seatPort),
      policyKeys: policy?.browserExamKeys ?? [],
    };
  };
  return os.router({
    get: os.get.handler(view),
    save: os.save.handler(async ({ input, context }) => {
      keepExamBrowser(node, { ...examBrowserOf(node), ...input });
      const { configKey, browserExamKeys } = view();
      await node.journal.append([
        {
          kind: 'exam-browser-changed',
          subject: 'room',
          data: { by: context.account, configKey, browserExamKeys },
        },
      ]);
      room.changed.notify();
      return view();
    }),
    file: os.file.handler(({ input, context }) =>
      context.files.offer(
        `${roomCodeOf(room) || 'room'}.seb`,
        sebFile(sebSettings(examBrowserOf(node)), input.password),
        context.account,
      ),
    ),
  });
}
