import { implement } from '@orpc/server';
import { refuse } from '../../base/result.ts';
import type { OperationContext } from '../../node/operations.ts';
import type { Served } from '../../node/reachable.ts';
import { unwrap } from '../../node/refused.ts';
import type { Centre } from '../centre.ts';
import { lockContract } from './contract.ts';
import { helperSystems, makeHelper } from './helper-download.ts';
import { revokeLock } from './locks.ts';
import { newLockCode } from './register.ts';
import { locksOfProject } from './view.ts';

export function lockOperations(centre: Centre, served: () => Served) {
  const os = implement(lockContract).$context<OperationContext>();
  return os.router({
    list: os.list.handler(({ input }) => locksOfProject(centre, input.projectId)),
    newCode: os.newCode.handler(async ({ input, context }) =>
      unwrap(await newLockCode(centre, input, context.account)),
    ),
    saveNote: os.saveNote.handler(async ({ input }) => {
      const written = await centre.db
        .updateTable('site_lock')
        .set({ note: input.note })
        .where('project_id', '=', input.projectId)
        .where('site_code', '=', input.siteCode)
        .where('serial', '=', input.serial)
        .executeTakeFirst();
      if (written.numUpdatedRows === 0n) unwrap(refuse({ type: 'no-such-lock', serial: input.serial }));
      centre.changed.notify();
      return {};
    }),
    revoke: os.revoke.handler(async ({ input, context }) => {
      const { serial, reason, ...of } = input;
      return unwrap(await revokeLock(centre, of, serial, { reason, by: context.account }));
    }),
    helper: os.helper.handler(() => ({
      addresses: [...served().addresses],
      fingerprint: centre.node.keys.tls.fingerprint,
      ...helperSystems(),
    })),
    downloadHelper: os.downloadHelper.handler(async ({ input, context }) => {
      const { system, address } = input;
      const { fingerprint } = centre.node.keys.tls;
      const where = `https://${address}#${fingerprint}`;
      // What stands in it is pinned: a mistyped address reaches nobody else.
      if (!URL.canParse(where)) unwrap(refuse({ type: 'bad-request', problem: address }));
      const { file, fileName, sha256 } = unwrap(
        await makeHelper(centre.node.staging, { system, centre: where }),
      );
      await centre.node.journal.append([
        { kind: 'lock-helper-made', subject: 'journal', data: { system, sha256, by: context.account } },
      ]);
      return { download: await context.files.offer(fileName, { file }, context.account), sha256 };
    }),
  });
}
