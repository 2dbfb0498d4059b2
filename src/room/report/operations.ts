/** The console's operations on what follows a session. */
import { implement } from '@orpc/server';
import type { Backups } from '../../node/backup/backup.ts';
import type { OperationContext } from '../../node/operations.ts';
import { unwrap } from '../../node/refused.ts';
import { readReceiptFile } from '../../parcel/receipt-file.ts';
import { exportList } from '../lists/export-list.ts';
import type { Room } from '../room.ts';
import { reportContract } from './contract.ts';
import { backup, examRecord, exportResult, report, resultCheck, takeReceipts } from './report.ts';

export function reportOperations(room: Room, backups: Backups) {
  const os = implement(reportContract).$context<OperationContext>();
  const upload = (context: OperationContext, id: string): string =>
    unwrap(context.files.take(id, context.account)).path;
  return os.router({
    results: os.results.handler(({ input }) => resultCheck(room, input.sessionId)),
    backup: os.backup.handler(async ({ input, context }) =>
      unwrap(await backup(room, input.sessionId, input.directory, { backups, by: context.account })),
    ),
    report: os.report.handler(async ({ input, context }) => {
      unwrap(await report(room, input.sessionId, context.account));
      return resultCheck(room, input.sessionId);
    }),
    exportResult: os.exportResult.handler(async ({ input, context }) => {
      const made = unwrap(await exportResult(room, input.sessionId));
      return context.files.offer(made.fileName, { file: made.file }, context.account);
    }),
    exportList: os.exportList.handler(async ({ input, context }) => {
      const { fileName, content } = await exportList(room, input.sessionId, input.list, input.language);
      return context.files.offer(fileName, content, context.account);
    }),
    importReceipt: os.importReceipt.handler(async ({ input, context }) => {
      const receipts = unwrap(await readReceiptFile(upload(context, input.uploadId)));
      const taken = unwrap(await takeReceipts(room, receipts));
      return resultCheck(room, taken.sessionId ?? room.chosen() ?? '');
    }),
    record: os.record.handler(({ input }) => examRecord(room, input.sessionId)),
  });
}
